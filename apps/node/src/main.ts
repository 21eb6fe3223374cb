import { enableCompileCache } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

// Reading and compiling the sources is half of a start; what was compiled once is kept, under the hash of its source. So
// nothing else may be imported before.
enableCompileCache(resolve(fileURLToPath(new URL(".", import.meta.url)), "../../../.cache/compiled"));
const { runProgram } = await import("./program.ts");
await runProgram();
