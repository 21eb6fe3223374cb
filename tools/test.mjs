import { join } from "node:path";
import { bootstrap, root } from "./bootstrap.mjs";
import { runChild } from "./child.mjs";

// npm test [ring …]: runs the rings core, system and world, or the named ones.
const node = await bootstrap();
process.exitCode = await runChild(node, join(root, "tools/test.ts"), process.argv.slice(2));
