import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Plan } from "./transactions.ts";

/** What one signing worker makes, and the file it writes. */
export type SigningTask = {
  readonly plan: Plan;
  readonly transactions: number;
  /** Most transactions in one POST. */
  readonly perRequest: number;
  readonly path: string;
};

/** Requests that wait in files, signed. */
export type SignedLoad = { readonly files: readonly string[]; readonly transactions: number };

const WORKERS = 2;

/** Signs transactions by a plan on two threads and writes them into files of `folder`, as the POSTs that they will be. */
export async function signAhead(
  plan: Plan,
  load: { readonly transactions: number; readonly perRequest: number; readonly folder: string; readonly name: string },
): Promise<SignedLoad> {
  const share = Math.ceil(load.transactions / WORKERS);
  const tasks = Array.from({ length: WORKERS }, (_, index): SigningTask => {
    const path = join(load.folder, `${load.name}-${index}.requests`);
    return {
      plan,
      transactions: Math.min(share, load.transactions - index * share),
      perRequest: load.perRequest,
      path,
    };
  }).filter(({ transactions }) => transactions > 0);
  await Promise.all(tasks.map(signShare));
  return { files: tasks.map(({ path }) => path), transactions: load.transactions };
}

async function signShare(task: SigningTask): Promise<void> {
  const worker = new Worker(new URL("./sign-ahead-worker.ts", import.meta.url), { workerData: task });
  const [code] = await once(worker, "exit");
  if (code !== 0) throw new Error(`A signing worker ended with ${code}.`);
}
