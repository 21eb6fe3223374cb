import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../apps/node/src/main.ts");

/** A node of its own process that is measured. */
export type NodeUnderTest = { readonly url: string; readonly pid: number; readonly stop: () => Promise<void> };

/** Starts a node with a new, empty demo ledger. With `profile` its main thread writes a CPU profile there when it ends. */
export async function startNodeUnderTest(data: string, profile: string | undefined): Promise<NodeUnderTest> {
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${resolve(profile)}`];
  const args = [...profiling, PROGRAM, "--port", "0", "--data", data, "--empty"];
  // The channel lets the node notice that the measurement was killed.
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const url = await addressOf(child);
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, "close");
      child.kill("SIGTERM");
      await ended;
    },
  };
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
