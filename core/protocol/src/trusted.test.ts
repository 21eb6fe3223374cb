import type { CborValue } from "@acta/bytes";
import { expect, test } from "vitest";
import { trustedFromCbor } from "./trusted.ts";

const hash = new Uint8Array(32);
const linkWith = (logPath: CborValue): CborValue => [[], [[0, hash, logPath, hash]], 7];

test("a log path is whole hashes, as a matter of form", () => {
  const refusal = expect.objectContaining({ code: "malformed-link" });
  for (const length of [1, 31, 33, 63]) {
    expect(() => trustedFromCbor(linkWith(new Uint8Array(length)))).toThrow(refusal);
  }
  expect(() => trustedFromCbor(linkWith("path"))).toThrow(refusal);
  for (const length of [0, 32, 64]) {
    expect(() => trustedFromCbor(linkWith(new Uint8Array(length)))).not.toThrow(refusal);
  }
});
