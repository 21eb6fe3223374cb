import { buildSlip, parseTransaction, parseTrustFile, type TrustFile, type Verdict } from "@acta/protocol";
import {
  type ActingKey,
  compose,
  EXPIRY_SECONDS,
  enter,
  fromHex,
  type NodeClient,
  type RandomBytes,
  SdkError,
  type SubmissionAnswer,
  toHex,
} from "@acta/sdk";
import { checkSlip } from "./check-slip.ts";
import type { KeptRefusal, Memory, Result, StoredDeposit, StoredTransaction } from "./memory.ts";
import { decodeOpening } from "./opening.ts";

/** Where sending is: on its way into a block, or its receipts being verified; of all deposits that wait, so many are done. */
export type Stage =
  | { readonly kind: "sending"; readonly done: number; readonly count: number }
  | { readonly kind: "proving"; readonly done: number; readonly count: number };

/** What sending needs of the world. */
export type SendWorld = {
  readonly memory: Memory;
  readonly node: NodeClient;
  /** The same node, speaking a language. */
  readonly nodeIn: (language: "en" | "zh") => NodeClient;
  /** Hex: other ledgers' transactions stay where they are. */
  readonly ledgerId: string;
  readonly key: () => Promise<ActingKey>;
  readonly random: RandomBytes;
  readonly onStage: (stage: Stage) => void;
};

const RECEIPTS_AT_ONCE = 500;
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * Sends whatever waits in the browser's memory until it is entered, verifies each receipt, and keeps the slips.
 *
 * What the node turns away for good is kept with its reason, and the rest goes on. It may be interrupted anywhere and
 * begun again. Throws SdkError in the node's words.
 */
export async function sendWaiting(world: SendWorld): Promise<void> {
  const transactions = await waiting(world);
  const all = await world.memory.deposits();
  const batches = transactions.map((transaction) => ({
    transaction,
    deposits: all.filter((each) => each.transaction === transaction.identity),
  }));
  const count = batches.reduce((sum, { deposits }) => sum + deposits.length, 0);
  let before = 0;
  for (const batch of batches) {
    const start = before;
    const onStage = ({ kind, done }: Stage): void => world.onStage({ kind, done: start + done, count });
    await finish({ ...world, onStage }, batch);
    before += batch.deposits.length;
  }
}

/** A signed transaction with the deposits in it. */
type Batch = { readonly transaction: StoredTransaction; readonly deposits: readonly StoredDeposit[] };

/** The transactions that wait for the world's ledger. */
export async function waiting({ memory, ledgerId }: Pick<SendWorld, "memory" | "ledgerId">) {
  return (await memory.transactions()).filter((each) => each.ledgerId === ledgerId);
}

async function finish(world: SendWorld, batch: Batch): Promise<void> {
  const { transaction, deposits } = batch;
  world.onStage({ kind: "sending", done: 0, count: deposits.length });
  try {
    const height = await enteredAt(world.node, transaction);
    await collect(world, transaction, deposits, height);
  } catch (error) {
    if (isExpired(error)) return finish(world, await signAnew(world, transaction, deposits));
    if (!(isTurnedAway(error) && (await turnAway(world, batch)))) throw error;
  }
}

async function enteredAt(node: NodeClient, { identity, bytes }: StoredTransaction): Promise<number> {
  const known = await node.transaction(fromHex(identity));
  // Asked first: what was entered long ago may look expired when it is sent once more.
  if (known?.status === "entered" && known.height !== undefined) return known.height;
  return (await enter(node, { bytes, identity: fromHex(identity) })).height;
}

async function collect(
  { memory, node, nodeIn, onStage }: SendWorld,
  { identity }: StoredTransaction,
  deposits: readonly StoredDeposit[],
  height: number,
): Promise<void> {
  const trust = parseTrustFile(await node.trustFile());
  const { nowSeconds } = await node.status();
  const byCall = new Map(deposits.map((each) => [each.call, each]));
  const finished: StoredDeposit[] = [];
  for (let from = 0; from < deposits.length; from += RECEIPTS_AT_ONCE) {
    const receipts = await node.receipts(fromHex(identity), from, RECEIPTS_AT_ONCE);
    for (const [offset, receipt] of receipts.entries()) {
      const deposit = byCall.get(from + offset);
      if (deposit === undefined) continue;
      finished.push({ ...deposit, result: await resultOf(nodeIn, deposit, receipt, trust, nowSeconds, height) });
      onStage({ kind: "proving", done: finished.length, count: deposits.length });
    }
  }
  await memory.write({ deposits: finished, done: [identity] });
}

async function resultOf(
  nodeIn: SendWorld["nodeIn"],
  deposit: StoredDeposit,
  receipt: Uint8Array,
  trust: TrustFile,
  now: number,
  height: number,
): Promise<Result> {
  const slip = buildSlip(decodeOpening(deposit.opening), receipt);
  const verdict = await checkSlip(slip, trust, now);
  if (verdict.verdict !== "valid") throw new SdkError("not-proved", verdict.reason, { detail: verdict.reason });
  const { seconds = 0, nanoseconds = 0 } = verdict.noLaterThan ?? {};
  // A begun second counts as a whole one, so that "no later than" stays true.
  const noLaterThan = seconds + (nanoseconds > 0 ? 1 : 0);
  const refusal = await refusalOf(nodeIn, deposit, verdict);
  return { verdict: verdict.outcome?.verdict ?? "undone", slip, height, noLaterThan, ...refusal };
}

/** The refusal's sentence in both languages; its code alone where the node has no sentence to show. */
async function refusalOf(
  nodeIn: SendWorld["nodeIn"],
  { transaction, call }: StoredDeposit,
  { outcome }: Verdict,
): Promise<{ readonly refusal?: KeptRefusal }> {
  if (!outcome?.refusal) return {};
  const { contract, code } = outcome.refusal;
  const [en, zh] = await Promise.all((["en", "zh"] as const).map((language) => sentence(language)));
  return { refusal: { contract, code, en: en ?? code, zh: zh ?? code } };

  async function sentence(language: "en" | "zh"): Promise<string | undefined> {
    const answer = await nodeIn(language).get(`/v1/transactions/${transaction}`);
    // The node's own route: outcomes of the first calls, with their refusals in words.
    const { outcomes = [] } = (await answer.json()) as { outcomes?: { refusal?: { message?: string } }[] };
    return outcomes[call]?.refusal?.message;
  }
}

function isExpired(error: unknown): boolean {
  if (!(error instanceof SdkError)) return false;
  return (error.code === "left-out" || error.code === "inadmissible") && error.detail === "expired";
}

/** Whether sending the same bytes again can never help. What was entered before is somewhere: that is no reason to give up. */
function isTurnedAway(error: unknown): boolean {
  if (!(error instanceof SdkError)) return false;
  return (error.code === "left-out" || error.code === "inadmissible") && error.detail !== "replayed";
}

/** Keeps the node's reason in both languages; false where the node, asked again, does not say no. */
async function turnAway({ memory, nodeIn }: SendWorld, { transaction, deposits }: Batch): Promise<boolean> {
  const [en, zh] = await Promise.all(
    (["en", "zh"] as const).map(async (language) => (await nodeIn(language).submit([transaction.bytes]))[0]),
  );
  if (en?.status !== "inadmissible" || zh?.status !== "inadmissible") return false;
  const { code = "" } = en;
  const turnedAway = { code, en: inWords(en, " "), zh: inWords(zh, "") };
  await memory.write({ deposits: deposits.map((each) => ({ ...each, turnedAway })), done: [transaction.identity] });
  return true;
}

function inWords({ code = "", message = code, remedy = "" }: SubmissionAnswer, between: string): string {
  return [message, ...(remedy === "" ? [] : [remedy])].join(between);
}

/** The same calls, commitments included, in a new payload. The old transaction can never be entered: it expired. */
async function signAnew(
  { memory, node, key, random }: SendWorld,
  { identity, ledgerId, bytes }: StoredTransaction,
  deposits: readonly StoredDeposit[],
): Promise<Batch> {
  const { payload, calls } = parseTransaction(bytes, { maxBytes: MOST_BYTES, maxCalls: deposits.length });
  const { nowSeconds } = await node.status();
  const { mode } = payload;
  const renewed = await compose(
    { ledgerId: payload.ledgerId, expiry: nowSeconds + EXPIRY_SECONDS, mode, calls, signers: [await key()] },
    random,
  );
  const transaction = { identity: toHex(renewed.identity), ledgerId, bytes: renewed.bytes };
  const moved = deposits.map((each) => ({ ...each, transaction: transaction.identity }));
  await memory.write({ deposits: moved, transactions: [transaction], done: [identity] });
  return { transaction, deposits: moved };
}
