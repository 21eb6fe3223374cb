import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { threadTimes } from "../measure/thread-times.ts";
import { BENCH_APPLICATIONS } from "./bench-ledger.ts";

const PROGRAM = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../../apps/node/src/main.ts");

/** A node of its own process that is measured. */
export type NodeUnderTest = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Asks it to close and waits until it has. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, as a power cut would; waits until it is gone. */
  readonly kill: () => Promise<void>;
};

/** How a node is started: by default on a free port, with the applications of the measurements. */
export type NodeOptions = {
  readonly port?: number;
  /** Writes a CPU profile of its main thread to this folder when it ends. */
  readonly profile?: string | undefined;
  /** Serves a new demo ledger, as `npm start` makes one, with no samples. */
  readonly isDemo?: boolean;
};

/** Starts the node program over a folder and does not wait. */
export function spawnNode(data: string, { port = 0, profile, isDemo = false }: NodeOptions): ChildProcess {
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${resolve(profile)}`];
  const applications = isDemo ? [] : ["--applications", BENCH_APPLICATIONS];
  const args = [...profiling, PROGRAM, "--port", String(port), "--data", data, "--empty", ...applications];
  // The channel lets the node notice that the measurement was killed.
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  child.once("close", () => process.off("exit", end));
  return child;
}

/** Starts a node over a folder and waits until it serves. */
export async function startNodeUnderTest(data: string, options: NodeOptions = {}): Promise<NodeUnderTest> {
  const child = spawnNode(data, options);
  const ended = once(child, "close");
  const url = await addressOf(child);
  const endBy = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  const port = Number(new URL(url).port);
  return { url, port, pid: child.pid ?? 0, stop: () => endBy("SIGTERM"), kill: () => endBy("SIGKILL") };
}

/** What the node says of itself. */
export async function statusOf({
  url,
}: Pick<NodeUnderTest, "url">): Promise<{ height: number; waiting: number; nowSeconds: number }> {
  const status = (await (await fetch(`${url}/v1/status`)).json()) as {
    height: number;
    waiting: { count: number };
    nowSeconds: number;
  }; // of the same release
  return { height: status.height, waiting: status.waiting.count, nowSeconds: status.nowSeconds };
}

/** Keys in the node's state. */
export async function stateKeysOf({ url }: Pick<NodeUnderTest, "url">): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const keys = /^acta_state_keys (\d+)$/m.exec(metrics)?.[1];
  if (keys === undefined) throw new Error("The node's metrics do not say how many keys its state has.");
  return Number(keys);
}

/** Waits until nothing waits at the node any more. */
export async function untilDrained(node: Pick<NodeUnderTest, "url">): Promise<void> {
  while ((await statusOf(node)).waiting > 0) await sleep(100);
}

/** Waits until the node rests, compactions and all; at most a minute. */
export async function untilResting({ pid }: Pick<NodeUnderTest, "pid">): Promise<void> {
  const used = (): number => Object.values(threadTimes(pid)).reduce((sum, seconds) => sum + seconds, 0);
  let before = used();
  for (let second = 0; second < 60; second++) {
    await sleep(1000);
    const now = used();
    if (now - before < 0.05) return;
    before = now;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  let printed = "";
  return new Promise((found, failed) => {
    child.stdout?.on("data", (part: Buffer) => {
      printed += part.toString("utf8");
      const address = /http:\/\/\S+:\d+/.exec(printed);
      if (address) found(address[0]);
    });
    child.on("close", (code) => failed(new Error(`The node ended with ${code} before it served.`)));
  });
}
