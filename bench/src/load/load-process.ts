import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a load is made of. */
export type LoadOrder = {
  readonly port: number;
  /** Files of requests, as `writeRequests` writes them. */
  readonly files: readonly string[];
  readonly connections: number;
  /** When it ends, milliseconds since 1970; `EVERYTHING` to send all there is, or until `halt`. */
  readonly untilMs: number;
  /** Transactions that wait at the node at most; undefined to send as fast as it answers. */
  readonly waitingMost: number | undefined;
};

/** No time at which a load ends. */
export const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** What a load came to. */
export type LoadSummary = {
  /** Requests that were answered, and the transactions or answers in them. */
  readonly requests: number;
  readonly sent: number;
  /** How often the node was too busy to take a request. */
  readonly waits: number;
  /** Whether the requests ran out before the time did. */
  readonly isExhausted: boolean;
  /** From sending a request to its whole answer. */
  readonly p50Ms: number;
  readonly p99Ms: number;
};

/** The process that makes load. */
export type LoadProcess = {
  readonly pid: number;
  /** Carries out one order. Throws where the node refuses something. */
  readonly send: (order: LoadOrder) => Promise<LoadSummary>;
  /** Ends the order under way: nothing more is sent, and `send` resolves when all is answered. */
  readonly halt: () => void;
  readonly stop: () => Promise<void>;
};

/** Starts it; it ends with this process. */
export async function startLoadProcess(): Promise<LoadProcess> {
  const program = fileURLToPath(new URL("load-program.ts", import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  // From the first moment: one that has ended will not end again.
  const ended = once(child, "close");
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    send: (order) => carriedOut(child, ended, order),
    halt: () => void child.send("halt"),
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function carriedOut(child: ChildProcess, ended: Promise<unknown>, order: LoadOrder): Promise<LoadSummary> {
  const broken = ended.then(() => ({ error: "The process that makes load ended." }));
  child.send(order);
  const answered = once(child, "message").then(([message]) => message);
  // What load-program.ts sends, and nobody else has the channel.
  const answer = (await Promise.race([answered, broken])) as { summary?: LoadSummary; error?: string };
  if (answer.summary === undefined) throw new Error(answer.error);
  return answer.summary;
}
