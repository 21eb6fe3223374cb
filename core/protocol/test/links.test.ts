import { readFileSync } from "node:fs";
import { type CborValue, decode, encode, fromBase64, isArray } from "@acta/bytes";
import { expect, test } from "vitest";
import { parseProof } from "../src/index.ts";

const cases = readFileSync(new URL("../../../vectors/draft/formats/cases.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): { note: string; bytes: string } => JSON.parse(line));
const renewed = decode(fromBase64(cases.find(({ note }) => note === "one link to the anchor")?.bytes ?? ""));

/** The renewed receipt with another log path in its one link. */
function withLogPath(logPath: CborValue): Uint8Array {
  if (!isArray(renewed)) throw new Error("The case is no receipt.");
  const [headers, links, end] = renewed.at(-1) as [CborValue, CborValue[][], CborValue];
  const [actionCount, actionsRoot, , stateRoot] = links[0] ?? [];
  const link = [actionCount ?? null, actionsRoot ?? null, logPath, stateRoot ?? null];
  return encode([...renewed.slice(0, -1), [headers, [link], end]]);
}

test("a log path is whole hashes, as a matter of form", () => {
  for (const length of [0, 32, 64]) expect(parseProof(withLogPath(new Uint8Array(length))).kind).toBe("receipt");
  for (const length of [1, 31, 33, 63]) {
    expect(() => parseProof(withLogPath(new Uint8Array(length)))).toThrow("whole hashes");
  }
});
