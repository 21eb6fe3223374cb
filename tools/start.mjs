import { join } from "node:path";
import { bootstrap, root } from "./bootstrap.mjs";
import { runChild } from "./child.mjs";

// npm start -- [arguments]: serves a ledger and ends when its node has closed.
const node = await bootstrap();
process.exitCode = await runChild(node, join(root, "apps/node/src/main.ts"), process.argv.slice(2));
