import { resolve } from "node:path";
import { bootstrap, root } from "./bootstrap.mjs";
import { runChild } from "./child.mjs";

// node tools/run.mjs ENTRY [arguments]: runs a TypeScript entry, named from the project's folder, in the present folder.
const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error("Say what to run: node tools/run.mjs ENTRY [arguments]");
  process.exit(2);
}
const program = resolve(root, entry);
const node = await bootstrap();
// Where this Node can become the other one, there is no parent that has to pass on signals.
if (process.execve) process.execve(node, [node, program, ...args], process.env);
process.exitCode = await runChild(node, program, args);
