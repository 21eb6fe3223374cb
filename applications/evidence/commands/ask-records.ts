import {
  type CommandHost,
  explain,
  fromHex,
  SdkError,
  type TrustFile,
  toHex,
  type Verdict,
  verifyProof,
} from "@acta/sdk";
import { evidence } from "../evidence.ts";
import { custodyEntriesOf } from "../report/custody.ts";
import type { RecordFacts } from "../report/facts.ts";

/** Most custody entries that a report shows. */
const MOST_ENTRIES = 200;

/** What is asked for, and what the answers are verified under. */
export type RecordQuestion = {
  readonly node: string;
  /** Number of the deposit, 32 hex digits. */
  readonly number: string;
  readonly trust: TrustFile;
  /** Seconds since 1970. */
  readonly now: number;
};

/** Asks the host's node for a deposit's record and custody list, with proofs. The node itself is not believed. */
export async function askRecords(host: CommandHost, question: RecordQuestion): Promise<RecordFacts> {
  const { node, number } = question;
  try {
    const deposit = await provedRecord(host, question, "deposit", [number]);
    if ("meaning" in deposit) return { kind: "not-proved", node, meaning: deposit.meaning };
    const { value, height, time } = deposit;
    if (value === null) return { kind: "absent", node, height };
    const custody: [number, Uint8Array][] = [];
    const shown = Math.min(custodyEntriesOf(value), MOST_ENTRIES);
    for (let entry = 1; entry <= shown; entry++) {
      const found = await provedRecord(host, question, "custody", [number, String(entry)]);
      if ("meaning" in found) return { kind: "not-proved", node, meaning: found.meaning };
      // Entries are never removed, and the deposit counts them: an absent one is a false answer.
      if (found.value === null) return { kind: "not-proved", node, meaning: wrongState(host) };
      custody.push([entry, found.value]);
    }
    return { kind: "proved", node, height, ...(time && { time }), deposit: value, custody };
  } catch (error) {
    if (error instanceof SdkError && error.code === "node-away") return { kind: "no-answer", node };
    if (error instanceof SdkError) return { kind: "not-proved", node, meaning: error.message };
    throw error;
  }
}

type ProvedValue = {
  readonly value: Uint8Array | null;
  readonly height: number;
  readonly time?: NonNullable<Verdict["asOf"]>["time"];
};

async function provedRecord(
  host: CommandHost,
  { trust, now }: RecordQuestion,
  record: string,
  key: readonly string[],
): Promise<ProvedValue | { readonly meaning: string }> {
  const proof = await host.node.stateProof(evidence.name, record, key);
  const verdict = verifyProof(proof, trust, { now, verify: host.verifySignature });
  const { asOf, records: [proved, ...others] = [] } = verdict;
  if (verdict.verdict !== "valid" || asOf === undefined)
    return { meaning: explain(verdict.reason, host.language).meaning };
  if (proved === undefined || others.length > 0 || !isKey(proved.key, record, key))
    return { meaning: wrongState(host) };
  return { value: proved.valueBytes, height: asOf.height, ...(asOf.time && { time: asOf.time }) };
}

function wrongState({ language }: CommandHost): string {
  return explain("wrong-state", language).meaning;
}

/** Whether a proved key is the one that was asked for: [2, contract, record, …]. FORMATS §5. */
function isKey(proved: unknown, record: string, [number = "", entry]: readonly string[]): boolean {
  if (!Array.isArray(proved)) return false;
  const [space, contract, name, deposit, custody] = proved;
  return (
    proved.length === (entry === undefined ? 4 : 5) &&
    space === 2 &&
    contract === evidence.name &&
    name === record &&
    deposit instanceof Uint8Array &&
    toHex(deposit) === toHex(fromHex(number)) &&
    (entry === undefined || String(custody) === entry)
  );
}
