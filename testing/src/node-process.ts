import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");

/** A node of its own process, as `npm start` runs it. */
export type NodeProcess = {
  /** Where it serves, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly pid: number;
  /** Asks it to close and waits until it has; answers its exit code. */
  stop(): Promise<number | null>;
  /** Kills it as a power cut would (SIGKILL) and waits until it is gone. */
  kill(): Promise<void>;
};

/**
 * Starts a node on a free port over the data folder, and waits until it has printed its address.
 *
 * Further arguments are those of `npm start`. Throws an Error with all it printed when it ends before that.
 */
export async function startNodeProcess(data: string, ...args: readonly string[]): Promise<NodeProcess> {
  return startProgram(resolve(root, "apps/node/src/main.ts"), "--port", "0", "--data", data, ...args);
}

/** Starts a program that prints the address at which it serves, and waits for that. Throws as `startNodeProcess` does. */
export async function startProgram(program: string | URL, ...args: readonly string[]): Promise<NodeProcess> {
  const path = program instanceof URL ? fileURLToPath(program) : program;
  // The channel lets the node notice that a test run was killed, so that it does not stay behind.
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  const ended = once(child, "close");
  const url = await printedAddress(child);
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      return child.exitCode;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function printedAddress(child: ChildProcess): Promise<string> {
  let printed = "";
  return new Promise((found, failed) => {
    const read = (part: Buffer) => {
      printed += part.toString("utf8");
      const address = /http:\/\/[\w.[\]:-]+:\d+/.exec(printed);
      if (address) found(address[0]);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("error", failed);
    child.on("close", (code) => failed(new Error(`The node ended with ${code} before it served:\n${printed}`)));
  });
}
