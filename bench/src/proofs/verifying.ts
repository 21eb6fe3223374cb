import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** What a verifying thread is given. */
export type VerifyingTask = {
  readonly proofs: readonly Uint8Array[];
  readonly trust: Uint8Array;
  /** Native code, or the plain code that a browser runs. */
  readonly isNative: boolean;
  readonly seconds: number;
};

/** What it found, on one core. */
export type VerifyingResult = {
  readonly perSecond: number;
  /** The same proofs' signatures and nothing else: the most that there could be. */
  readonly signaturesAlonePerSecond: number;
  /** In one proof. */
  readonly signatures: number;
};

/** Verifies proofs on a thread of its own, each whole. Throws where one is not valid. */
export async function measureVerifying(task: VerifyingTask): Promise<VerifyingResult> {
  const worker = new Worker(new URL("./verify-worker.ts", import.meta.url), { workerData: task });
  const [[result]] = await Promise.all([once(worker, "message"), once(worker, "exit")]);
  return result as VerifyingResult; // what the worker posts
}
