import { join } from "node:path";
import { bootstrap, root } from "./bootstrap.mjs";
import { runChild } from "./child.mjs";

// npm start -- [arguments]: serves a ledger and ends when its node has closed.
const node = await bootstrap();
// The node serves without the verifier page too; only a Ctrl-C meanwhile (above 128) means: do not start at all.
const built = await runChild(node, join(root, "tools/build.ts"), ["--if-needed"]);
const program = join(root, "apps/node/src/main.ts");
process.exitCode = built > 128 ? built : await runChild(node, program, process.argv.slice(2));
