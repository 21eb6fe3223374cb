import {
  type Call,
  type Change,
  encodeOutcome,
  type Outcome,
  outcomesRoot,
  resultData,
  type Transaction,
} from "@acta/protocol";
import type { BlockDraft } from "./block-draft.ts";
import { type CallVerdict, executeCall } from "./execute-call.ts";
import { type RecordChanges, recordChanges } from "./record-changes.ts";
import { type Signing, signingOf } from "./signing.ts";
import { StateLayer } from "./state-layer.ts";

/** What came of a transaction: one outcome for each call, in order, and what of it receipts are made of. */
export type TransactionResult = {
  readonly identity: Uint8Array;
  readonly signaturesHash: Uint8Array;
  readonly outcomes: readonly Outcome[];
  /** Each outcome's CBOR: the leaves of the outcomes root. */
  readonly outcomeBytes: readonly Uint8Array[];
  readonly outcomesRoot: Uint8Array;
  /** The data of the block's ExecTxResult. */
  readonly data: Uint8Array;
  /** For each call, the records it left different, in the order of their keys' encoding; none unless accepted. */
  readonly changes: readonly (readonly Change[])[];
};

/** Executes a transaction's calls in order, each on its predecessors' writes, and keeps what was accepted (FORMATS §4). */
export function executeTransaction(draft: BlockDraft, transaction: Transaction): TransactionResult {
  const signing = signingOf(transaction);
  const execute = transaction.payload.mode === "together" ? executeTogether : executeEach;
  return resultOf(transaction, execute(draft, signing, transaction.calls));
}

/** What one call comes to inside its transaction. `changes` are null unless accepted. */
export type CallEnd = CallVerdict & { readonly isUndone: boolean; readonly changes: RecordChanges | null };

/** Every call has its own verdict. */
function executeEach(draft: BlockDraft, signing: Signing, calls: readonly Call[]): CallEnd[] {
  return calls.map((call) => executeInto(draft, signing, call, draft.state));
}

/** All calls take effect or none: the first refusal ends the run, and undoes every other call. */
function executeTogether(draft: BlockDraft, signing: Signing, calls: readonly Call[]): CallEnd[] {
  const layer = new StateLayer(draft.state);
  const ends: CallEnd[] = [];
  for (const call of calls) {
    const end = executeInto(draft, signing, call, layer);
    ends.push(end);
    if (end.refusal !== null) return undoOthers(ends, calls.length);
  }
  layer.mergeInto(draft.state);
  return ends;
}

/** Executes a call on what the layer holds, and merges its writes there if it was accepted. */
export function executeInto(draft: BlockDraft, signing: Signing, call: Call, below: StateLayer): CallEnd {
  const layer = new StateLayer(below);
  const verdict = executeCall(draft, signing, call, layer);
  if (verdict.refusal !== null) return { ...verdict, isUndone: false, changes: null };
  const changes = recordChanges(layer);
  layer.mergeInto(below);
  return { ...verdict, isUndone: false, changes };
}

// Calls before the refused one keep the bundle that ran; for those after it none was chosen.
function undoOthers(ends: readonly CallEnd[], count: number): CallEnd[] {
  const whole = ends.map((end) => (end.refusal === null ? { ...end, isUndone: true, changes: null } : end));
  while (whole.length < count) whole.push({ refusal: null, bundleHash: null, isUndone: true, changes: null });
  return whole;
}

function resultOf(transaction: Transaction, ends: readonly CallEnd[]): TransactionResult {
  const { identity, signaturesHash, callHashes } = transaction;
  const outcomes = ends.map((end, index) => outcomeOf(end, index, callHashes[index] as Uint8Array)); // one for each call
  const outcomeBytes = outcomes.map(encodeOutcome);
  const root = outcomesRoot(outcomeBytes);
  const data = resultData(identity, signaturesHash, root);
  const changes = ends.map((end) => end.changes?.changes ?? []);
  return { identity, signaturesHash, outcomes, outcomeBytes, outcomesRoot: root, data, changes };
}

/** The outcome that a call's end is entered as. */
export function outcomeOf(end: CallEnd, index: number, callHash: Uint8Array): Outcome {
  const verdict = end.isUndone ? "undone" : end.refusal === null ? "accepted" : "refused";
  const { refusal, bundleHash } = end;
  return { index, callHash, verdict, refusal, bundleHash, changesRoot: end.changes?.root ?? null };
}
