import { fromHex, toHex, uint64 } from "@acta/bytes";
import { ALGORITHM, sha256, tagged } from "@acta/crypto";
import { encodeGenesis } from "@acta/protocol";
import { builtIn } from "../src/contracts/built-in.ts";
import type { BlockTime, ContractLookup } from "../src/environment.ts";
import type { BlockExecution } from "../src/execute-block.ts";
import { memoryGenesis } from "../src/memory-genesis.ts";
import { MemoryLedger } from "../src/memory-ledger.ts";
import { asRegistered, asStranger, signingKey } from "../src/sign-transaction.ts";
import { testContracts } from "./contracts.ts";
import { ann, asAnn, asBob, asRegistrar, bank, bob, partyOfKey, registrar, secondKey } from "./ledger.ts";

/** A recorded block: what the ledger was given, and what it must come to. Bytes are in hexadecimal. */
export type RecordedBlock = {
  readonly height: number;
  readonly time: BlockTime;
  readonly headerHash: string;
  readonly transactions: readonly string[];
  /** The CBOR of each outcome, by transaction and call. */
  readonly outcomes: readonly (readonly string[])[];
  /** The data of each transaction's result. */
  readonly data: readonly string[];
  readonly stateRoot: string;
  readonly appHash: string;
};

/** A recorded stream: the bytes of a genesis, the app hash of height 0, and the blocks in order. */
export type RecordedStream = {
  readonly genesis: string;
  readonly appHash: string;
  readonly blocks: readonly RecordedBlock[];
};

/**
 * The contracts of a recorded genesis, by name: bundles are named by hashes of manifests that may grow, while what the
 * recorded calls do must stay.
 */
export const recordedContracts: ContractLookup = (name) =>
  [...builtIn.contracts, ...testContracts.contracts].find((contract) => contract.name === name);

/** Executes a recorded block and says what it came to, in the form of a record; with the execution itself. */
export function replay(
  ledger: MemoryLedger,
  block: Pick<RecordedBlock, "time" | "headerHash" | "transactions">,
): RecordedBlock & { readonly execution: BlockExecution } {
  const { time, headerHash, transactions } = block;
  const execution = ledger.execute(transactions.map(fromHex), { time, headerHash: fromHex(headerHash) });
  const { results } = execution;
  return {
    execution,
    height: ledger.height,
    time,
    headerHash,
    transactions,
    outcomes: results.map(({ outcomeBytes }) => outcomeBytes.map(toHex)),
    data: results.map(({ data }) => toHex(data)),
    stateRoot: toHex(ledger.stateRoot),
    appHash: toHex(ledger.appHash),
  };
}

/** Makes the stream anew: thirty-two blocks in which everything happens that a ledger can do. */
export function makeStream(): RecordedStream {
  const operator = [["operation", "operator"]] as const;
  const { genesis } = memoryGenesis({
    contracts: [testContracts],
    demo: true,
    institutions: {
      registrar: { keys: [registrar, secondKey], roles: [["register", "registrar"], ...operator] },
      bank: { keys: [bank] },
    },
  });
  const ledger = new MemoryLedger({ genesisBytes: encodeGenesis(genesis), contracts: recordedContracts });
  const appHash = toHex(ledger.appHash);
  const blocks = recipe(ledger).map(({ after, transactions }, index) => {
    const time = { seconds: ledger.time + after, nanoseconds: (index * 37_000_001) % 1_000_000_000 };
    const headerHash = toHex(tagged("acta/test-header", uint64(index + 1)));
    const { execution: _, ...recorded } = replay(ledger, { time, headerHash, transactions: transactions().map(toHex) });
    return recorded;
  });
  return { genesis: toHex(ledger.genesisBytes), appHash, blocks };
}

type Planned = { readonly after: number; readonly transactions: () => Uint8Array[] };

function recipe(ledger: MemoryLedger): Planned[] {
  const add = (name: string, by: bigint) => ledger.call("counter", "add", { name, by });
  const open = (thing: string, owner = ann) => ledger.call("register", "open", { thing, owner: partyOfKey(owner) });
  const transfer = (thing: string, to = bob) =>
    ledger.call("register", "transfer", { thing, newOwner: partyOfKey(to) });
  const note = (thing: string, text?: string) => {
    const given = { thing, by: partyOfKey(ann), ...(text === undefined ? {} : { note: text }) };
    return ledger.call("register", "note", given);
  };
  const seal = () => sha256(new Uint8Array([1, 2, 3]));
  const keep = (id: string) => ledger.call("drawer", "keep", { id, words: "unread" }, { seal });
  const advance = ledger.call("operation", "advanceDemoClock", { seconds: 86_400n });
  const confirm = (time: number) => ledger.call("operation", "confirmClock", { time: BigInt(time) });
  const asOperator = asRegistered(registrar, { institution: registrar.party, roles: [["operation", "operator"]] });
  const bySecondKey = asRegistered(secondKey, { party: registrar.party, roles: [["register", "registrar"]] });
  const p256 = asStranger(signingKey(sha256(new Uint8Array(1)), ALGORITHM.esp256));
  const lattice = asStranger(signingKey(sha256(new Uint8Array(2)), ALGORITHM.mlDsa65));
  const sign = ledger.sign.bind(ledger);
  const soon = () => ledger.time + 700;
  const empty = () => [];
  const counterAt = { contract: "counter", record: "counter", key: ["a"] };

  const planned: [after: number, ...transactions: (() => Uint8Array)[]][] = [
    [0],
    [1, () => sign({ signers: [asAnn], calls: [add("a", 1n)] })],
    [1],
    [1, () => sign({ signers: [asAnn], calls: [add("a", 2n), add("a", -9n), add("b", 1n)], mode: "each" })],
    [1, () => sign({ signers: [asAnn], calls: [add("a", 2n), add("a", -9n), add("b", 1n)], mode: "together" })],
    [1, () => sign({ signers: [asBob], calls: [add("a", 2n), add("c", 0n)], mode: "together" })],
    [1, () => sign({ signers: [asRegistrar], calls: [open("flat"), open("flat"), open("house")] })],
    [1, () => sign({ signers: [bySecondKey], calls: [open("barn", bob)] })],
    [
      1,
      () => sign({ signers: [asAnn], calls: [open("shed")] }),
      () => sign({ signers: [asRegistered(registrar)], calls: [open("shed")] }),
    ],
    [1, () => sign({ signers: [asRegistered(bank, { roles: [["register", "registrar"]] })], calls: [open("shed")] })],
    [
      1,
      () => sign({ signers: [asBob], calls: [transfer("flat")] }),
      () => sign({ signers: [asAnn], calls: [transfer("flat")] }),
      () => sign({ signers: [asAnn], calls: [transfer("flat", ann)] }),
    ],
    [1, () => sign({ signers: [asAnn], calls: [note("house", "a garden"), note("house"), note("nothing", "x")] })],
    [
      1,
      () =>
        sign({
          signers: [asAnn, asRegistrar],
          calls: [transfer("house"), open("mill", bob)],
          mode: "together",
          expiry: ledger.time + 864_000,
        }),
    ],
    [
      1,
      () => sign({ signers: [asRegistrar, asBob], calls: [transfer("barn", ann)], expiry: soon() }),
      () => sign({ signers: [asAnn, asBob], calls: [add("b", 3n)], expiry: soon() }),
    ],
    [1, () => sign({ signers: [asAnn], calls: [keep("one")] }), () => sign({ signers: [asAnn], calls: [keep("one")] })],
    [
      1,
      () =>
        sign({
          signers: [asAnn],
          calls: [{ ...keep("two"), input: new Map([...keep("two").input, ["id", "three"]]) }],
        }),
    ],
    [
      1,
      () => sign({ signers: [p256], calls: [add("p", 1n)] }),
      () => sign({ signers: [lattice], calls: [add("q", 1n)] }),
    ],
    [
      1,
      () =>
        sign({
          signers: [asAnn],
          calls: [
            { ...add("a", 1n), contract: "nowhere" },
            { ...add("a", 1n), version: 9 },
            { ...add("a", 1n), action: "none" },
            { ...add("a", 1n), input: new Map() },
          ],
        }),
    ],
    [1, () => sign({ signers: [asAnn], calls: [{ ...add("a", 1n), expects: [{ ...counterAt, valueHash: null }] }] })],
    [
      1,
      () =>
        sign({
          signers: [asAnn],
          calls: [{ ...add("z", 1n), expects: [{ ...counterAt, key: ["z"], valueHash: null }] }],
        }),
    ],
    [1, () => sign({ signers: [asOperator], calls: [advance] }), () => sign({ signers: [asAnn], calls: [advance] })],
    [86_400],
    [1, () => sign({ signers: [asOperator], calls: [confirm(ledger.time), confirm(ledger.time + 9_999)] })],
    [
      1,
      () =>
        sign({
          signers: [asAnn],
          calls: [ledger.call("counter", "remove", { name: "a" }), add("a", 5n)],
          mode: "together",
        }),
    ],
    [
      1,
      () =>
        sign({
          signers: [asAnn],
          calls: [ledger.call("counter", "remove", { name: "b" }), ledger.call("counter", "remove", { name: "b" })],
        }),
    ],
    [3_600],
    [60, () => sign({ signers: [asBob], calls: [add("late", 1n)] })],
    [60, () => sign({ signers: [asBob], calls: [add("late", 1n)], expiry: ledger.time + 60 })],
    [900_000],
    [1, () => sign({ signers: [asAnn], calls: [add("later", 1n)] })],
    [31_536_000],
    [
      1,
      () => sign({ signers: [asAnn], calls: [add("next-year", 1_000n), add("next-year", -1_000n)], mode: "together" }),
    ],
  ];
  return planned.map(([after, ...made]) => ({
    after,
    transactions: made.length === 0 ? empty : () => made.map((make) => make()),
  }));
}
