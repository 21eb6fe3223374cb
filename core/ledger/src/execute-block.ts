import { byteText } from "@acta/bytes";
import type { Change, LedgerAction, Transaction } from "@acta/protocol";
import { findInadmissible, openAdmission } from "./admit.ts";
import { type BlockDraft, type BlockPlace, openBlock } from "./block-draft.ts";
import { firstDueTime } from "./due-queue.ts";
import type { Environment } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { executeDeadlines } from "./execute-deadlines.ts";
import { executeTransaction, type TransactionResult } from "./execute-transaction.ts";
import type { InadmissibleCode } from "./inadmissible.ts";
import { type SpentIdentities, spendIdentities } from "./replay.ts";
import { CachedState } from "./state-layer.ts";

/** A block to execute. The signatures of its transactions have been verified; nothing else is taken on trust. */
export type BlockInput = BlockPlace & { readonly transactions: readonly Transaction[] };

/** A key's bytes with its value after the block, null where it is removed; the hashes of both are made when asked for. */
export type BlockWrite = readonly [key: Uint8Array, value: Uint8Array | null, hashes: WriteHashes];

/** SHA-256 of a key and of the value that is written under it. */
export type WriteHashes = { readonly key: { readonly hash: Uint8Array }; readonly valueHash: Uint8Array | null };

/** What a block does: a function of the state before it, its height, its time and its transactions, and of nothing else. */
export type BlockExecution = SpentIdentities & {
  /** One for each transaction, in order. */
  readonly results: readonly TransactionResult[];
  /** What the ledger did by itself, before the transactions. */
  readonly actions: readonly LedgerAction[];
  /** For each of these, the records it left different; none unless accepted. */
  readonly actionChanges: readonly (readonly Change[])[];
  /** Every key whose value differs after the block, once, in the order of the keys' bytes; null removes it. */
  readonly writes: readonly BlockWrite[];
};

/**
 * Executes a block in memory; the environment is not changed.
 *
 * A block that holds an inadmissible transaction throws LedgerError `block-inadmissible`. So does, as it is, any error
 * that is no refusal: overflow, memory, a fault in a contract or in the ledger. Then the node must halt.
 */
export function executeBlock(environment: Environment, block: BlockInput): BlockExecution {
  const draft = openBlock(environment, block);
  assertAdmissible(draft, block);
  const { actions, changes: actionChanges } = executeDeadlines(draft);
  const results = block.transactions.map((transaction) => executeTransaction(draft, transaction));
  draft.historic.close(draft.before, draft.state, draft.place);
  const spent = spendIdentities(draft.state, block.time.seconds, block.transactions);
  const writes = draft.state.changes().map((write): BlockWrite => [write.key.bytes, write.value, write]);
  return { ...spent, results, actions, actionChanges, writes };
}

/**
 * When the next deadline passes, whole seconds since 1970; undefined where none is set. A block is to be made at the
 * first time that reaches it, transactions or none, and again while it stays in the past. Costs one read of the state.
 */
export function nextDue({ state }: Environment): number | undefined {
  return firstDueTime(state);
}

/** A proposed block's transactions, told apart: those that may be in it, in order, and those that may not, with the reason. */
export type Selection = {
  readonly admissible: readonly Transaction[];
  readonly inadmissible: readonly { readonly transaction: Transaction; readonly code: InadmissibleCode }[];
};

/** Chooses for a block with the time `now` (whole seconds) among transactions whose signatures have been verified. */
export function selectTransactions(
  environment: Environment,
  transactions: readonly Transaction[],
  now: number,
): Selection {
  const check = admissibilityInBlock(environment, new CachedState(environment.state), now);
  const admissible: Transaction[] = [];
  const inadmissible: { transaction: Transaction; code: InadmissibleCode }[] = [];
  for (const transaction of transactions) {
    const code = check(transaction);
    if (code === undefined) admissible.push(transaction);
    else inadmissible.push({ transaction, code });
  }
  return { admissible, inadmissible };
}

function assertAdmissible({ environment, before }: BlockDraft, { height, time, transactions }: BlockInput): void {
  const check = admissibilityInBlock(environment, before, time.seconds);
  for (const [index, transaction] of transactions.entries()) {
    const code = check(transaction);
    if (code === undefined) continue;
    throw new LedgerError(
      "block-inadmissible",
      `Block ${height}: its transaction ${index} is inadmissible (${code}). Reject such a block when it is proposed.`,
    );
  }
}

/** Admissibility by the state before the block, and at most once in the block itself. */
function admissibilityInBlock(environment: Environment, before: CachedState, now: number) {
  const desk = openAdmission(environment, before, now);
  const seen = new Set<string>();
  return (transaction: Transaction): InadmissibleCode | undefined => {
    const identity = byteText(transaction.identity);
    const code = findInadmissible(desk, transaction) ?? (seen.has(identity) ? "replayed" : undefined);
    if (code === undefined) seen.add(identity);
    return code;
  };
}
