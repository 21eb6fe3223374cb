import { Worker } from "node:worker_threads";

/** A merge of journals in a thread of its own. */
export type MergeThread = {
  /** The number of pairs in the new file; undefined where the merge failed or was stopped, and the old files stand. */
  readonly count: Promise<number | undefined>;
  readonly stop: () => Promise<unknown>;
};

/** Starts to merge all journals up to the one given. Does not keep the process alive. */
export function startMerge(folder: string, through: number): MergeThread {
  const worker = new Worker(new URL("./merge-worker.ts", import.meta.url), { workerData: { folder, through } });
  worker.unref();
  const count = new Promise<number | undefined>((resolve) => {
    worker.once("message", resolve);
    // What went wrong in there is not what matters: a cache was not written.
    worker.once("error", () => resolve(undefined));
    worker.once("exit", () => resolve(undefined));
  });
  return { count, stop: () => worker.terminate() };
}
