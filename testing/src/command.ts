import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const program = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../apps/cli/src/main.ts");

/** What a command line printed and how it ended. */
export type CommandResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs `acta` with these words in a process of its own, in a folder, against a node. */
export function acta(
  words: readonly string[],
  { node, folder }: { readonly node?: string; readonly folder: string },
): Promise<CommandResult> {
  const env = { ...process.env, LANG: "C.UTF-8", LC_ALL: "", ...(node === undefined ? {} : { ACTA_NODE: node }) };
  return new Promise((done) => {
    const options = { cwd: folder, env, maxBuffer: 256 * 1024 * 1024 };
    execFile(process.execPath, [program, ...words], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      done({ code, stdout, stderr });
    });
  });
}
