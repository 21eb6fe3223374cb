import { root } from "./root.ts";
import { runTool } from "./run-tool.ts";

// npm run format [file …]: writes every file in the house form and mends what the linter can mend safely.
const files = process.argv.slice(2);
process.exitCode = await runTool("biome", ["check", "--write", ...(files.length > 0 ? files : [root])]);
