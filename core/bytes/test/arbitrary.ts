import fc from "fast-check";
import type { CborKey, CborValue } from "../src/index.ts";
import { map } from "../src/index.ts";

const integer: fc.Arbitrary<number | bigint> = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -300, max: 300 }),
  fc.bigInt({ min: -(2n ** 256n), max: 2n ** 256n - 1n }),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
);

const wellFormed = fc.string({ unit: "grapheme", maxLength: 12 });

const key: fc.Arbitrary<CborKey> = fc.oneof(
  wellFormed,
  fc.integer({ min: -300, max: 300 }),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }).map(normal),
);

/** Any value that has an encoding, with integers in the type that decoding gives them. */
export const cborValue: fc.Arbitrary<CborValue> = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    integer.map(normal),
    wellFormed,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.from(bytes)),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.uniqueArray(fc.tuple(key, tie("value")), { maxLength: 5, selector: ([name]) => name }).map(map),
  ),
})).value;

function normal(n: number | bigint): number | bigint {
  return Number.isSafeInteger(Number(n)) ? Number(n) : BigInt(n);
}
