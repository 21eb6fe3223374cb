import { type CborValue, decode, encode } from "@acta/bytes";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readVectors } from "../test/vectors.ts";
import { NO_BLOCK_ID } from "./block-id.ts";
import { LightClientError } from "./errors.ts";
import type { Header } from "./header.ts";
import { headerFromCbor, headerToCbor } from "./header-form.ts";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const version = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => (value < 2n ** 53n ? Number(value) : value));
const blockId = fc.record({
  hash,
  parts: fc.record({ total: fc.integer({ min: 0, max: 2 ** 32 - 1 }), hash }),
});
const anyHeader: fc.Arbitrary<Header> = fc
  .record({
    version: fc.record({ block: version, app: version }),
    chainId: fc.string({ maxLength: 12, unit: "binary" }),
    height: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 2 ** 53 - 1 })),
    time: fc.record({
      seconds: fc.integer({ min: 0, max: 253_402_300_799 }),
      nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
    }),
    lastBlockId: blockId,
    lastCommitHash: hash,
    dataHash: hash,
    validatorsHash: hash,
    nextValidatorsHash: hash,
    consensusHash: hash,
    appHash: hash,
    lastResultsHash: hash,
    evidenceHash: hash,
    proposerAddress: fc.uint8Array({ minLength: 20, maxLength: 20 }),
  })
  .map((header) => (header.height === 1 ? { ...header, lastBlockId: NO_BLOCK_ID } : header));

const oddValues: readonly CborValue[] = [null, true, -1, "x".repeat(51), new Uint8Array(33), [], [[]], new Map()];

test("any header within the limits comes back from its bytes", () => {
  const comesBack = fc.property(anyHeader, (header) => {
    expect(headerFromCbor(decode(encode(headerToCbor(header))))).toEqual(header);
  });
  fc.assert(comesBack, { seed: 17, numRuns: 200 });
});

test("a header with an element of another kind is refused", () => {
  const differs = fc.property(anyHeader, fc.nat(13), fc.constantFrom(...oddValues), (header, index, odd) => {
    const changed = replace(headerToCbor(header), index, odd);
    expect(() => headerFromCbor(changed)).toThrow(LightClientError);
  });
  fc.assert(differs, { seed: 18, numRuns: 200 });
});

test("the headers of CometBFT's own cases come back where their app hash has 32 bytes", () => {
  for (const { header } of readVectors()) {
    if (header.appHash.length === 32) expect(headerFromCbor(headerToCbor(header))).toEqual(header);
    else expect(() => headerToCbor(header)).toThrow("appHash of 32 bytes");
  }
});

describe("a header is refused", () => {
  const good = headerToCbor(example());
  const cases: [string, CborValue][] = [
    ["that is no array", "header"],
    ["of thirteen elements", (good as CborValue[]).slice(0, 13)],
    ["of fifteen elements", [...(good as CborValue[]), null]],
    ["with a version of 2^64", replace(good, 0, [11, 2n ** 64n])],
    ["with a negative version", replace(good, 0, [-1, 0])],
    ["with a version of one element", replace(good, 0, [11])],
    ["with a chain id of 51 bytes", replace(good, 1, `${"é".repeat(25)}e`)],
    ["at height 0", replace(good, 2, 0)],
    ["at height 2^53", replace(good, 2, 2n ** 53n)],
    ["with time as an integer", replace(good, 3, 1_800_000_000)],
    ["with negative seconds", replace(good, 3, [-1, 0])],
    ["with seconds of the year 10000", replace(good, 3, [253_402_300_800, 0])],
    ["with 10^9 nanoseconds", replace(good, 3, [1, 1_000_000_000])],
    ["without a last block id above height 1", replace(good, 4, [new Uint8Array(0), [0, new Uint8Array(0)]])],
    ["with a part count of 2^32", replace(good, 4, [new Uint8Array(32), [2 ** 32, new Uint8Array(32)]])],
    ["with a parts hash of 31 bytes", replace(good, 4, [new Uint8Array(32), [1, new Uint8Array(31)]])],
    ["with null in the last block id", replace(good, 4, [null, [0, null]])],
    ["with a last block id at height 1", replace(good, 2, 1)],
    ["with an app hash of 31 bytes", replace(good, 10, new Uint8Array(31))],
    ["with null for the evidence hash", replace(good, 12, null)],
    ["with a proposer of 32 bytes", replace(good, 13, new Uint8Array(32))],
  ];
  test.each(cases)("%s", (_, value) => {
    expect(() => headerFromCbor(value)).toThrow(expect.objectContaining({ code: "malformed-header" }));
  });

  test("with a chain id of exactly 50 bytes not", () => {
    expect(headerFromCbor(replace(good, 1, "é".repeat(25))).chainId).toBe("é".repeat(25));
  });
});

function replace(form: CborValue, index: number, element: CborValue): CborValue {
  // The form of a header is an array: headerToCbor made it.
  return (form as readonly CborValue[]).with(index, element);
}

function example(): Header {
  const [header] = fc.sample(
    anyHeader.filter(({ height }) => height > 1),
    { seed: 19, numRuns: 1 },
  );
  if (header === undefined) throw new Error("fast-check gave no sample");
  return header;
}
