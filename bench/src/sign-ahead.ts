import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Depositor } from "./deposits.ts";

/** The body of one POST to `/v1/transactions`. */
export type Body = { readonly bytes: Uint8Array<ArrayBuffer>; readonly transactions: number; readonly records: number };

/** What one signing worker makes. */
export type SigningTask = { readonly depositor: Depositor; readonly per: number; readonly transactions: number };

const WORKERS = 2;

/** Signs transactions of `per` deposits each, on two threads, and packs them 500 to a body. */
export async function signAhead(depositor: Depositor, per: number, transactions: number): Promise<Body[]> {
  const bodies: Body[] = [];
  const share = Math.ceil(transactions / WORKERS);
  const workers = Array.from({ length: WORKERS }, () => startWorker({ depositor, per, transactions: share }, bodies));
  await Promise.all(workers);
  return bodies;
}

async function startWorker(task: SigningTask, bodies: Body[]): Promise<void> {
  const worker = new Worker(new URL("./sign-ahead-worker.ts", import.meta.url), { workerData: task });
  worker.on("message", (body: Body) => bodies.push(body));
  const [code] = await once(worker, "exit");
  if (code !== 0) throw new Error(`A signing worker ended with ${code}.`);
}
