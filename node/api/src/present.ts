import { toHex } from "@acta/bytes";
import { decodeOutcome, type LedgerAction, type Outcome, parseTransaction, type Refusal } from "@acta/protocol";
import type { StoredBlock } from "@acta/store";
import { timeToText } from "./routes/status.ts";
import type { Words } from "./words.ts";

/** A block as JSON: its header's main fields and, for each transaction, its identity, acts and verdicts. */
export function blockToJson(block: StoredBlock): object {
  return {
    height: block.height,
    time: timeToText(block.header.time),
    headerHash: toHex(block.headerHash),
    appHash: toHex(block.header.appHash),
    transactions: block.transactions.map((bytes, index) => ({
      identity: toHex(block.results[index]?.identity ?? new Uint8Array(0)),
      bytes: bytes.length,
      ...countVerdicts(block.results[index]?.outcomeBytes ?? []),
    })),
    actions: block.actions.length,
  };
}

function countVerdicts(outcomes: readonly Uint8Array[]): object {
  const counts = { calls: outcomes.length, accepted: 0, refused: 0, undone: 0 };
  for (const bytes of outcomes) counts[decodeOutcome(bytes).verdict] += 1;
  return counts;
}

/** Outcomes shown with a transaction's status; a larger transaction's are read from its receipts. */
const MOST_OUTCOMES = 100;

/** The first outcomes of a transaction with what each call was and why it was refused, in words. */
export function outcomesToJson(
  block: StoredBlock,
  index: number,
  words: Words,
  language: "zh" | "en",
): readonly object[] {
  const bytes = block.transactions[index];
  if (bytes === undefined) return [];
  const { calls } = parseTransaction(bytes, { maxBytes: bytes.length, maxCalls: Number.MAX_SAFE_INTEGER });
  const shown = (block.results[index]?.outcomeBytes ?? []).slice(0, MOST_OUTCOMES);
  return shown.map((each, call) => {
    const { contract = "", action = "" } = calls[call] ?? {};
    return { contract, action, ...outcomeToJson(decodeOutcome(each), { contract, action }, words, language) };
  });
}

/** One outcome as JSON. */
export function outcomeToJson(
  { index, verdict, refusal }: Outcome,
  at: { readonly contract: string; readonly action: string },
  words: Words,
  language: "zh" | "en",
): object {
  return { index, verdict, ...refusalToJson(refusal, at, words, language) };
}

/** What the ledger did by itself as one deadline passed, as JSON: when it was due, and what came of it. */
export function actionToJson(
  { index, due, contract, action, name, verdict, refusal }: LedgerAction,
  words: Words,
  language: "zh" | "en",
): object {
  const at = { contract, action };
  const dueText = `${new Date(due * 1000).toISOString().slice(0, 19)}Z`;
  return { index, due: dueText, ...at, name, verdict, ...refusalToJson(refusal, at, words, language) };
}

function refusalToJson(
  refusal: Refusal | null,
  at: { readonly contract: string; readonly action: string },
  words: Words,
  language: "zh" | "en",
): object {
  if (refusal === null) return {};
  const { contract, code, blanks } = refusal;
  const message = words.ofRefusal(at, refusal, language);
  const filled = Object.fromEntries([...blanks].map(([name, value]) => [String(name), blankToJson(value)]));
  return { refusal: { contract, code, blanks: filled, message } };
}

function blankToJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  return typeof value === "bigint" || typeof value === "number" ? String(value) : value;
}
