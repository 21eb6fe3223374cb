import { toHex, uint64, utf8Encode } from "@acta/bytes";
import { tagged } from "@acta/crypto";
import {
  asRegistered,
  asStranger,
  type MemoryGenesis,
  MemoryLedger,
  type SignerWithKey,
  type SigningKey,
} from "@acta/ledger";
import type { Call, Mode } from "@acta/protocol";
import { releasedApplications } from "../applications.ts";
import { type RandomNumbers, randomNumbers } from "../random.ts";
import { keyOf } from "../sample-ledger.ts";

/** What a ledger was given, bytes in hexadecimal: enough to come to the same app hashes. */
export type BlockStream = {
  readonly genesis: string;
  readonly blocks: readonly {
    readonly time: { readonly seconds: number; readonly nanoseconds: number };
    readonly headerHash: string;
    readonly transactions: readonly string[];
  }[];
};

/** A stream, and what its ledger came to after each block. */
export type MadeStream = {
  readonly stream: BlockStream;
  readonly appHashes: readonly string[];
  readonly verdicts: ReadonlyMap<string, number>;
};

/** So many blocks of deposits, custody lists, holds, releases and withdrawals, accepted and refused; the same for the same seed. */
export async function makeEvidenceBlocks(count: number, seed: number): Promise<MadeStream> {
  const random = randomNumbers(seed);
  const ledger = new MemoryLedger(await parts());
  const verdicts = new Map<string, number>();
  const appHashes: string[] = [];
  const blocks = Array.from({ length: count }, (_, index) => {
    const after = random(20) === 0 ? 86_400 : random(3);
    const time = { seconds: ledger.time + after + 1, nanoseconds: random(1_000_000_000) };
    const headerHash = tagged("acta/test-header", uint64(index + 1));
    const transactions = Array.from({ length: random(5) }, () => transactionOf(ledger, time.seconds, random));
    const { results } = ledger.execute(transactions, { time, headerHash });
    for (const { verdict, refusal } of results.flatMap(({ outcomes }) => outcomes)) {
      const word = refusal?.code ?? verdict;
      verdicts.set(word, (verdicts.get(word) ?? 0) + 1);
    }
    appHashes.push(toHex(ledger.appHash));
    return { time, headerHash: toHex(headerHash), transactions: transactions.map(toHex) };
  });
  return { stream: { genesis: toHex(ledger.genesisBytes), blocks }, appHashes, verdicts };
}

const KEYS = ["first court", "second court", "registered", "one stranger", "another stranger"].map(keyOf);
const COURT = [["evidence", "court"]] as const;

async function parts(): Promise<MemoryGenesis> {
  const [first, second, registered] = KEYS as [SigningKey, SigningKey, SigningKey]; // three of five
  return {
    contracts: await releasedApplications(),
    institutions: {
      first: { keys: [first], roles: COURT },
      second: { keys: [second], roles: COURT },
      registered: { keys: [registered] },
    },
  };
}

function signerOf(key: SigningKey, index: number): SignerWithKey {
  if (index < 2) return asRegistered(key, { institution: key.party, roles: COURT });
  return index === 2 ? asRegistered(key) : asStranger(key);
}

const SIGNERS = KEYS.map(signerOf);

function transactionOf(ledger: MemoryLedger, seconds: number, random: RandomNumbers): Uint8Array {
  const number = random(50);
  const isCourt = random(3) === 0;
  // Mostly whoever may do it: a deposit's number says who makes it.
  const likely = isCourt ? number % 2 : number % SIGNERS.length;
  const first = random(5) === 0 ? random(SIGNERS.length) : likely;
  // Never the same signer twice in one transaction.
  const signers = [SIGNERS[first], ...(random(8) === 0 ? [SIGNERS[(first + 1) % SIGNERS.length]] : [])];
  const calls = Array.from({ length: random(4) === 0 ? 1 + random(5) : 1 }, () =>
    callOf(ledger, seconds, { number, isCourt }, random),
  );
  const mode: Mode = random(3) === 0 ? "together" : "each";
  const nonce = Uint8Array.from({ length: 16 }, () => random(256));
  return ledger.sign({ signers: signers as SignerWithKey[], calls, mode, nonce, expiry: seconds + 300 }); // within the five
}

const EVENTS = ["collected", "copied", "transferred", "examined", "destroyed"];

type Choice = { readonly number: number; readonly isCourt: boolean };

function callOf(ledger: MemoryLedger, seconds: number, { number, isCourt }: Choice, random: RandomNumbers): Call {
  const deposit = toHex(tagged("acta/test-deposit", uint64(number))).slice(0, 32);
  const hash = toHex(tagged("acta/test-file", uint64(random(1000))));
  const file = { size: BigInt(random(2 ** 30)), sha256: hash, root: hash };
  const call = (action: string, given: object): Call =>
    ledger.call(
      "evidence",
      action,
      { deposit, ...given },
      {
        seal: (place) =>
          tagged("acta/test-seal", utf8Encode(`${place.record} ${place.field.join(".")}`), uint64(random(2 ** 30))),
      },
    );
  const handedTo = random(3) === 0 ? { handedTo: toHex((KEYS[random(KEYS.length)] ?? keyOf("nobody")).party) } : {};
  const entry = {
    number: random(4) === 0 ? BigInt(1 + random(3)) : next(ledger, deposit),
    event: EVENTS[random(EVENTS.length)],
    statedAt: BigInt(seconds - random(9000) + 1000),
  };
  const makers: readonly (() => Call)[] = [
    () => call("deposit", { file }),
    () => call("deposit", { file, description: "what it shows", device: "a telephone" }),
    () => call("custody", { ...entry, ...handedTo }),
    () => call("custody", { ...entry, note: "sealed, too", ...handedTo }),
    () => call("custody", entry),
    () => call("withdraw", {}),
  ];
  const courtsMakers = [() => call("hold", { order: file }), () => call("release", { order: file })];
  const chosen = isCourt ? courtsMakers : makers;
  return (chosen[random(chosen.length)] ?? (() => call("withdraw", {})))();
}

/** The number of a deposit's next custody entry; 1 where there is no deposit. */
function next(ledger: MemoryLedger, deposit: string): bigint {
  const entries = ledger.record("evidence", "deposit", { deposit })?.["custodyEntries"];
  return typeof entries === "bigint" ? entries + 1n : 1n;
}
