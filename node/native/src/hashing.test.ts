import { createSha256, installSha256, sha256 } from "@acta/crypto";
import { pureLeafHasher, purePairHasher } from "@acta/merkle";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { installNative } from "./hashing.ts";
import { leafHasher } from "./leaf-hasher.ts";
import { pairHasher } from "./pair-hasher.ts";

afterEach(() => installSha256(undefined));

const bytes = fc.uint8Array({ maxLength: 300 });

test("native digests are those of the pure code, at once and in pieces", () => {
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 5 }), (pieces) => {
      const whole = new Uint8Array(Buffer.concat(pieces));
      installSha256(undefined);
      const expected = sha256(whole);
      installNative();
      const stream = createSha256();
      for (const piece of pieces) stream.update(piece);
      expect(sha256(whole)).toEqual(expected);
      expect(stream.digest()).toEqual(expected);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("a native digest is a plain Uint8Array of 32 bytes", () => {
  installNative();
  expect(sha256(new Uint8Array(3)).constructor).toBe(Uint8Array);
  expect(sha256(new Uint8Array(3))).toHaveLength(32);
});

test("pairs and leaves hashed in bulk are those of the pure hashers", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.nat(), (pairs, seed) => {
      const input = Uint8Array.from({ length: 64 * pairs }, (_, index) => (index * 31 + seed) & 0xff);
      const [native, pure] = [new Uint8Array(32 * pairs), new Uint8Array(32 * pairs)];
      pairHasher.hash(input, native);
      purePairHasher.hash(input, pure);
      expect(native).toEqual(pure);
      leafHasher.hash(input, native);
      pureLeafHasher.hash(input, pure);
      expect(native).toEqual(pure);
    }),
    { seed: 2, numRuns: 60 },
  );
});
