import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.ts";

/** What a command left behind: its exit code, and all it printed when it was asked to be quiet. */
export type Ending = { readonly code: number; readonly output: string };

/** How a command runs: where, with which variables beside the present ones, and whether its output is kept. */
export type RunOptions = {
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly keepOutput?: boolean;
  readonly timeoutMs?: number;
};

/** Runs a command of node_modules/.bin in the project's folder and answers its exit code. */
export async function runTool(name: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return (await run(join(root, "node_modules/.bin", name), args, options)).code;
}

/**
 * Runs a command to its end. A command that cannot be started ends with code 127 and says why in its output; a signal
 * counts as 128 and more, as in a shell.
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ending> {
  const child = spawn(command, args, {
    cwd: options.directory ?? root,
    env: { ...process.env, ...pathWithLocalNode(), ...options.environment },
    stdio: options.keepOutput ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  });
  const parts: Buffer[] = [];
  child.stdout?.on("data", (part: Buffer) => parts.push(part));
  child.stderr?.on("data", (part: Buffer) => parts.push(part));
  const output = () => Buffer.concat(parts).toString("utf8");
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 127, output: `${command}: ${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 137, output: output() }));
  });
}

// Tools start with "#!/usr/bin/env node": they must meet the project's Node, not the machine's.
function pathWithLocalNode(): Record<string, string> {
  return { PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}` };
}
