import { fromHex, toHex, uint64 } from "@acta/bytes";
import { tagged } from "@acta/crypto";
import { type Call, encodeGenesis, encodeLedgerAction } from "@acta/protocol";
import { builtIn } from "../src/contracts/built-in.ts";
import type { ContractLookup } from "../src/environment.ts";
import { memoryGenesis } from "../src/memory-genesis.ts";
import { MemoryLedger } from "../src/memory-ledger.ts";
import { archive } from "./archive.ts";
import { census } from "./census.ts";
import { grants, invoices } from "./invoices.ts";
import { ann, asAnn, partyOfKey } from "./ledger.ts";
import { rent } from "./rent.ts";
import { type RecordedBlock, replay } from "./stream.ts";
import { deal, parcelRegister, trader, traderInstitution } from "./trade.ts";

/** A recorded block, with what the ledger did by itself: the CBOR of each action, in hexadecimal. */
export type RecordedActsBlock = RecordedBlock & { readonly actions: readonly string[] };

/** A recorded stream in which contracts call one another, deadlines pass, and totals, versions and scopes are kept. */
export type RecordedActs = {
  readonly genesis: string;
  readonly appHash: string;
  readonly blocks: readonly RecordedActsBlock[];
};

const contracts = [archive, census, grants, invoices, parcelRegister, deal, rent];

/** The contracts of the recorded genesis, by name. */
export const recordedActors: ContractLookup = (name) =>
  [...builtIn.contracts, ...contracts].find((contract) => contract.name === name);

/** Executes a recorded block and says what it came to, in the form of a record. */
export function replayActs(
  ledger: MemoryLedger,
  block: Pick<RecordedBlock, "time" | "headerHash" | "transactions">,
): RecordedActsBlock {
  const { execution, ...recorded } = replay(ledger, block);
  return { ...recorded, actions: execution.actions.map((action) => toHex(encodeLedgerAction(action))) };
}

/** Makes the stream anew. */
export function makeActs(): RecordedActs {
  const { genesis } = memoryGenesis({
    contracts: [{ contracts, wording: {} }],
    institutions: { registrar: traderInstitution },
    parameters: { actionsPerBlock: 3 },
  });
  const ledger = new MemoryLedger({ genesisBytes: encodeGenesis(genesis), contracts: recordedActors });
  const appHash = toHex(ledger.appHash);
  const blocks = recipe(ledger).map(({ after, calls }, index) => {
    const time = { seconds: ledger.time + after, nanoseconds: index };
    const made = calls();
    const bytes =
      made.length === 0 ? [] : [ledger.sign({ signers: [trader, asAnn], calls: made, expiry: time.seconds + 60 })];
    const headerHash = toHex(tagged("acta/test-header", uint64(index + 1)));
    return replayActs(ledger, { time, headerHash, transactions: bytes.map(toHex) });
  });
  return { genesis: toHex(ledger.genesisBytes), appHash, blocks };
}

function recipe(ledger: MemoryLedger): { readonly after: number; readonly calls: () => Call[] }[] {
  const owner = partyOfKey(ann);
  const open = (thing: string) => ledger.call("parcels", "open", { thing, owner });
  const agree = (number: string, thing: string) => ledger.call("deal", "agree", { number, thing });
  const lease = (number: string, after: number, renews = false) =>
    ledger.call("rent", "let", { number, until: BigInt(ledger.time + after), renews });
  const member = (id: string, branch: string, points: bigint, status = "full") =>
    ledger.call("census", "put", { id, branch, status, points, pays: true, dues: { amount: points, currency: "CNY" } });
  const file = (holder: string) => ledger.call("archive", "put", { row: 1n, place: 1n, holder });
  const refund = (number: string) => ledger.call("invoices", "refund", { seller: owner, number, fails: false });
  const claim = (number: string, year: bigint) => ledger.call("grants", "claim", { seller: owner, number, year });
  const many = Array.from({ length: 70 }, (_, index) => (index * 37) % 70);

  const planned: [after: number, calls?: () => Call[]][] = [
    [1, () => [open("flat"), open("house"), agree("1", "flat"), agree("2", "flat"), agree("3", "barn")]],
    [1, () => [ledger.call("parcels", "merge", { things: ["flat", "house"] })]],
    [1, () => [lease("1", 60), lease("bad", 60), lease("2", 61), lease("kills", 62), lease("victim", 63)]],
    [1, () => many.map((index) => lease(`many/${index}`, 5_000 + (index % 3)))],
    [100],
    [1],
    [1, () => [ledger.call("rent", "keep", { number: "many/5" }), lease("again", 10, true)]],
    [86_400, () => [member("a", "44/03", 3n), member("b", "44/04", 4n), member("c", "44/03/01", 5n, "former")]],
    [1, () => [member("a", "45", 3n), ledger.call("census", "leave", { id: "b" }), member("d", "44", 13n)]],
    [86_400, () => [member("a", "44/03", 9n), member("c", "44/03/01", 5n), file("ann")]],
    [1, () => [file("bob"), file("cy")]],
    [1, () => [ledger.call("archive", "take", { row: 1n, place: 1n })]],
    [1, () => [file("dan"), refund("1"), refund("1"), claim("1", 2026n), claim("2", 2026n), claim("3", 2026n)]],
    [1, () => [ledger.call("grants", "claimLater", { seller: owner, number: "2" })]],
    ...Array.from({ length: 30 }, (): [number] => [1]),
  ];
  return planned.map(([after, calls = () => []]) => ({ after, calls }));
}

/** Executes a whole record from its genesis, block by block. */
export function replayAll(recorded: RecordedActs): RecordedActs {
  const ledger = new MemoryLedger({ genesisBytes: fromHex(recorded.genesis), contracts: recordedActors });
  const appHash = toHex(ledger.appHash);
  return { genesis: recorded.genesis, appHash, blocks: recorded.blocks.map((block) => replayActs(ledger, block)) };
}
