import { Worker } from "node:worker_threads";
import type { SignatureCheck } from "@acta/crypto";
import { packChecks } from "./signature-batch.ts";

/** Verifies signatures off the thread that orders and executes. */
export type SignatureVerifier = {
  /** One verdict for each check, in order. Rejects when the verifier was closed or a worker died. */
  readonly verify: (checks: readonly SignatureCheck[]) => Promise<readonly boolean[]>;
  /** Microseconds of CPU that the workers have used since they started. */
  readonly cpuMicroseconds: () => number;
  readonly close: () => Promise<void>;
};

type Waiting = {
  readonly checks: readonly SignatureCheck[];
  readonly resolve: (verdicts: readonly boolean[]) => void;
  readonly reject: (error: Error) => void;
};

/** Checks sent to a worker at once: small enough that one batch never makes others wait long, large enough that handing over costs nothing. */
const BATCH_CHECKS = 256;

/**
 * Starts `count` worker threads. Requests are joined into batches in order of arrival; a batch is one transferred
 * buffer, so handing over costs well under a hundredth of the verification itself.
 */
export function startSignatureWorkers(count: number): SignatureVerifier {
  const workers = Array.from({ length: count }, () => startWorker());
  const queue: Waiting[] = [];
  let closed = false;

  function feed(): void {
    for (const worker of workers) {
      while (queue.length > 0 && worker.inFlight.size < 2) worker.send(takeBatch(queue));
    }
  }

  function startWorker() {
    const thread = new Worker(new URL("./signature-worker.ts", import.meta.url), { name: "signatures" });
    const inFlight = new Map<number, readonly Waiting[]>();
    let next = 0;
    let cpuMicroseconds = 0;
    thread.on("message", (message: { batch: number; verdicts: Uint8Array; cpuMicroseconds: number }) => {
      cpuMicroseconds = message.cpuMicroseconds;
      const batch = inFlight.get(message.batch) ?? [];
      inFlight.delete(message.batch);
      settle(batch, message.verdicts);
      feed();
    });
    thread.on("error", (error: Error) => {
      for (const batch of inFlight.values()) for (const waiting of batch) waiting.reject(error);
      inFlight.clear();
    });
    thread.unref();
    return {
      thread,
      inFlight,
      cpu: () => cpuMicroseconds,
      send(batch: readonly Waiting[]): void {
        const bytes = packChecks(batch.flatMap((waiting) => waiting.checks));
        next += 1;
        inFlight.set(next, batch);
        thread.postMessage({ batch: next, bytes }, [bytes.buffer]);
      },
    };
  }

  return {
    verify(checks) {
      if (closed) return Promise.reject(new Error("The signature workers are closed."));
      if (checks.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        queue.push({ checks, resolve, reject });
        // Requests of the same turn of the event loop share a batch.
        if (queue.length === 1) setImmediate(feed);
        else if (queue.length >= BATCH_CHECKS) feed();
      });
    },
    cpuMicroseconds: () => workers.reduce((sum, worker) => sum + worker.cpu(), 0),
    async close() {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.reject(new Error("The signature workers are closed."));
      await Promise.all(workers.map((worker) => worker.thread.terminate()));
    },
  };
}

function takeBatch(queue: Waiting[]): Waiting[] {
  let checks = 0;
  let taken = 0;
  while (taken < queue.length && checks < BATCH_CHECKS) checks += queue[taken++]?.checks.length ?? 0;
  return queue.splice(0, taken);
}

function settle(batch: readonly Waiting[], verdicts: Uint8Array): void {
  let offset = 0;
  for (const waiting of batch) {
    const end = offset + waiting.checks.length;
    waiting.resolve(Array.from(verdicts.subarray(offset, end), (verdict) => verdict === 1));
    offset = end;
  }
}
