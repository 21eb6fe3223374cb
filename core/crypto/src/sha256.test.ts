import { createHash } from "node:crypto";
import { toHex, utf8Encode } from "@acta/bytes";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { createSha256, installSha256, sha256 } from "./sha256.ts";
import { tagged } from "./tagged.ts";

afterEach(() => installSha256(undefined));

describe("SHA-256", () => {
  test("is the platform's own, at once and in pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (pieces) => {
        const stream = createSha256();
        for (const piece of pieces) stream.update(piece);
        const native = createHash("sha256").update(Buffer.concat(pieces)).digest("hex");
        expect(toHex(sha256(Uint8Array.from(Buffer.concat(pieces))))).toBe(native);
        expect(toHex(stream.digest())).toBe(native);
      }),
      { seed: 1 },
    );
  });

  test("may be done by another implementation until the pure one is brought back", () => {
    const pure = tagged("acta/test/1");
    const other = new Uint8Array(32);
    installSha256({ sha256: () => other, createSha256 });
    expect(tagged("acta/test/1")).toBe(other);
    installSha256(undefined);
    expect(tagged("acta/test/1")).toEqual(pure);
  });
});

describe("a tagged hash", () => {
  test("is that of tag, zero byte and parts", () => {
    const native = createHash("sha256").update("acta/test/1\0onetwo").digest("hex");
    expect(toHex(tagged("acta/test/1", utf8Encode("one"), utf8Encode("two")))).toBe(native);
  });

  test.each(["", "acta\0", "acta test", "契约"])("has no tag like %o", (tag) => {
    expect(() => tagged(tag)).toThrow(expect.objectContaining({ code: "not-ascii" }));
  });
});
