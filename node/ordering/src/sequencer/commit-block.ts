import { type Environment, executeBlock } from "@acta/ledger";
import { parseTransaction } from "@acta/protocol";
import type { SignedBlock, Store } from "@acta/store";
import type { Candidate, Tip } from "./produce-block.ts";

/**
 * Makes a candidate durable: first its vote with the whole block, then block and state in one batch.
 *
 * Only when this has resolved may anyone see the vote. Throws StoreError; the same candidate may be committed again.
 */
export async function commitBlock(store: Store, candidate: Candidate): Promise<void> {
  await store.recordSigned(candidate);
  await store.commit(candidate);
}

/** The newest durable block, as the next one needs it. */
export function tipOf(store: Store): Tip | undefined {
  const { last } = store;
  if (last === undefined) return undefined;
  const { height, blockId, commit, appHash, resultsHash } = last;
  return { height, blockId, commit, appHash, resultsHash };
}

/**
 * Finishes the block that was signed before a crash and did not reach the store: exactly that one, executed again.
 *
 * Does nothing where there is none.
 */
export async function finishSignedBlock(environment: Environment, store: Store): Promise<void> {
  const signed: SignedBlock | undefined = store.pendingCandidate();
  if (signed === undefined) return;
  const { maxTransactionBytes, maxCalls } = environment.parameters;
  const transactions = signed.transactions.map((bytes) =>
    parseTransaction(bytes, { maxBytes: maxTransactionBytes, maxCalls }),
  );
  const execution = executeBlock(environment, { height: signed.height, time: signed.header.time, transactions });
  await store.commit({ ...signed, execution });
}
