import { flushCompileCache } from "node:module";
import { startNode } from "./node.ts";
import { HELP, parseOptions, UsageError } from "./options.ts";

/** Runs the node until it is asked to stop, and ends the process: 0 after a clean stop, 2 for words that mean nothing, 1 otherwise. */
export async function runProgram(): Promise<void> {
  try {
    await main();
    process.exit(0);
  } catch (error) {
    const usage = error instanceof UsageError;
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(usage ? `${text}\n\n${HELP}` : `${text}\n`);
    process.exit(usage ? 2 : 1);
  }
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd());
  if (options === undefined) {
    process.stdout.write(HELP);
    return;
  }
  // Heard from the first moment: whoever stops a node that is still starting finds a closed store, too.
  const asked = stopAsked();
  const node = await startNode(options, (message, details) => {
    const more = Object.entries(details ?? {}).map(([name, value]) => ` ${name}=${value}`);
    process.stderr.write(`${new Date().toISOString()} ${message}${more.join("")}\n`);
  });
  process.stdout.write(`${node.greeting}\n`);
  // Now, because a node that is killed writes nothing at its end.
  flushCompileCache();
  await Promise.race([asked, node.failed]);
  process.stdout.write("Stopping: finishing the block under way.\n");
  await node.close();
  process.stdout.write("Stopped. Nothing that was acknowledged as entered is lost.\n");
}

/** Resolves at Ctrl-C, SIGTERM, or when the parent that started this process is gone. A second Ctrl-C ends at once. */
function stopAsked(): Promise<void> {
  return new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    process.once("disconnect", () => resolve());
  });
}
