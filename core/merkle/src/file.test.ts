import { sha256 } from "@acta/crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { naiveListRoot } from "../test/naive.ts";
import { CHUNK_BYTES, createFileHasher, fileValue } from "./file.ts";

const content = Uint8Array.from({ length: 2 * CHUNK_BYTES + 5 }, (_, i) => (i * 31) >> 5);

describe("a file's identity", () => {
  test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, content.length])(
    "is size, SHA-256 and the list root over chunks, for %i bytes",
    (size) => {
      const file = content.subarray(0, size);
      expect(createFileHasher().update(file).finish()).toEqual(naive(file));
    },
  );

  test("does not depend on the pieces in which the file comes", () => {
    const expected = naive(content);
    fc.assert(
      fc.property(fc.array(fc.nat(content.length), { maxLength: 6 }), (cuts) => {
        const hasher = createFileHasher();
        let start = 0;
        for (const end of [...cuts.sort((a, b) => a - b), content.length]) {
          hasher.update(content.subarray(start, end));
          start = end;
        }
        expect(hasher.finish()).toEqual(expected);
      }),
      { seed: 1, numRuns: 8 },
    );
  });

  test('of an empty file has the root H(""), and is a map of exactly three names', () => {
    const identity = createFileHasher().finish();
    expect(identity.root).toEqual(sha256(new Uint8Array(0)));
    expect([...fileValue(identity).keys()].sort()).toEqual(["root", "sha256", "size"]);
  });
});

function naive(file: Uint8Array): object {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < file.length; start += CHUNK_BYTES) chunks.push(file.subarray(start, start + CHUNK_BYTES));
  return { size: file.length, sha256: sha256(file), root: naiveListRoot(chunks) };
}
