import { readFileSync, writeFileSync } from "node:fs";

/** The cases of one file under vectors/draft/crypto, in the shape that write-vectors.ts gives them. */
export function readVectors<T>(name: string): T[] {
  return (JSON.parse(readFileSync(vectorFile(name), "utf8")) as { cases: T[] }).cases;
}

/** Writes a file under vectors/draft/crypto, one case a line. */
export function writeVectors(name: string, about: string, cases: readonly object[]): void {
  const lines = cases.map((each) => `  ${JSON.stringify(each)}`).join(",\n");
  writeFileSync(vectorFile(name), `{"about":${JSON.stringify(about)},"cases":[\n${lines}\n]}\n`);
}

function vectorFile(name: string): URL {
  return new URL(`../../../vectors/draft/crypto/${name}`, import.meta.url);
}
