import { mkdirSync, writeFileSync } from "node:fs";
import { makeVectors } from "./vectors.ts";

// Run by hand after a change of format, before the formats are frozen: node core/protocol/test/write-vectors.ts
const folder = new URL("../../../vectors/draft/protocol/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, vectors] of Object.entries(makeVectors()))
  writeFileSync(new URL(name, folder), `${JSON.stringify(vectors, null, 1)}\n`);
