import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { root } from "./root.ts";

const verifier = join(root, "apps/verifier");

/** Builds what is served or handed out as it is: the verifier page. Prints its size and the hash that it shows. */
await build({ configFile: join(verifier, "vite.config.ts") });
const page = readFileSync(join(verifier, "dist/verifier.html"));
console.log(`apps/verifier/dist/verifier.html  ${page.length.toLocaleString("en")} bytes`);
console.log(readFileSync(join(verifier, "dist/verifier.sha256"), "utf8").trimEnd());
