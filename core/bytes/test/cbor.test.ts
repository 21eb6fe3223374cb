import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BytesError,
  type CborTransaction,
  type CborValue,
  decode,
  decodeTransaction,
  Envelope98,
  encode,
  equalBytes,
  fromHex,
  fromObject,
  map,
  toHex,
} from "../src/index.ts";
import { cborValue } from "./arbitrary.ts";

describe("canonical CBOR", () => {
  test("gives back every value that was encoded", () => {
    fc.assert(
      fc.property(cborValue, (value) => {
        expect(decode(encode(value))).toEqual(value);
      }),
      { seed: 6, numRuns: 1000 },
    );
  });

  test("accepts only bytes that come out the same when encoded again", () => {
    let accepted = 0;
    fc.assert(
      fc.property(cborValue, mutation, (value, mutate) => {
        const bytes = mutate(encode(value));
        const decoded = attempt(bytes);
        if (decoded === undefined) return;
        accepted++;
        expect(toHex(encode(decoded))).toBe(toHex(bytes));
      }),
      { seed: 7, numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  test("refuses or accepts any bytes, but fails in no other way", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (random) => {
        const decoded = attempt(random);
        if (decoded !== undefined) expect(toHex(encode(decoded))).toBe(toHex(random));
      }),
      { seed: 8, numRuns: 5000 },
    );
  });

  test("has the same bytes for a map in whatever order it was filled", () => {
    const filled = map([
      ["aa", 1],
      ["b", 2],
      [-1, 3],
      [24, 4],
      [2n ** 63n, 5],
      [0, 6],
    ]);
    const emptied = map([...filled].reverse());
    expect(toHex(encode(filled))).toBe("a600061818041b800000000000000005200361620262616101");
    expect(toHex(encode(emptied))).toBe(toHex(encode(filled)));
    expect([...(decode(encode(emptied)) as typeof filled).keys()]).toEqual([0, 24, 2n ** 63n, -1, "b", "aa"]);
  });

  test("reads safe integers as numbers and the others as bigints", () => {
    const edges = [2 ** 53 - 1, -(2 ** 53) + 1, 2n ** 53n, -(2n ** 53n), 2n ** 64n - 1n, 2n ** 64n, -(2n ** 64n) - 1n];
    expect(decode(encode(edges))).toEqual(edges);
    expect(toHex(encode(5n))).toBe("05");
  });

  test("gives byte strings that are parts of the input, plain ones also where that is a Buffer", () => {
    const input = Buffer.from("8143010203", "hex");
    const value = decode(input) as readonly Uint8Array[];
    expect(value).toEqual([Uint8Array.of(1, 2, 3)]);
    expect(value[0]?.buffer).toBe(input.buffer);
    expect(value[0]?.constructor).toBe(Uint8Array);
  });

  test("never changes an encoding that it gave out, whatever is encoded after it", () => {
    // Sizes on both sides of every limit at which memory is shared, moved or copied.
    const sizes = [0, 1, 60, 5000, 8100, 8200, 16_300, 16_400, 40_000, 7, 33_000, 9, 300_000, 12, 8190];
    const values = Array.from({ length: 400 }, (_, i) => ({ size: sizes[i % sizes.length] as number, byte: i & 255 }));
    const encode1 = ({ size, byte }: (typeof values)[number]) =>
      encode(
        map([
          ["b", new Uint8Array(size).fill(byte)],
          ["a", byte],
        ]),
      );
    const first = values.map(encode1);
    for (const [index, value] of values.entries()) {
      const decoded = decode(first[index] as Uint8Array) as ReadonlyMap<string, unknown>;
      expect([...decoded.keys()]).toEqual(["a", "b"]);
      expect((decoded.get("b") as Uint8Array).every((byte) => byte === value.byte)).toBe(true);
      expect((decoded.get("b") as Uint8Array).length).toBe(value.size);
    }
  });

  test("can be asked for again after a refusal", () => {
    expect(() => encode(["text", 0.5])).toThrow(BytesError);
    expect(() => decode(fromHex("8201"))).toThrow(BytesError);
    expect(toHex(encode(["text"]))).toBe("816474657874");
    expect(decode(fromHex("816474657874"))).toEqual(["text"]);
  });

  test("holds texts and byte strings longer than its first buffer", () => {
    const text = "é".repeat(100_000);
    const bytes = new Uint8Array(5_000_000).fill(7);
    const [sameText, sameBytes] = decode(encode([text, bytes])) as [string, Uint8Array];
    expect(sameText).toBe(text);
    expect(equalBytes(sameBytes, bytes)).toBe(true);
  });
});

describe("what has no encoding", () => {
  test.each<[string, unknown, string]>([
    ["a fraction", 0.5, "cbor-unencodable"],
    ["an unsafe number", 2 ** 53, "cbor-unencodable"],
    ["not a number", Number.NaN, "cbor-unencodable"],
    ["undefined", [undefined], "cbor-unencodable"],
    ["a plain object", { a: 1 }, "cbor-unencodable"],
    ["an envelope that is not a transaction's first element", [1, new Envelope98(1)], "cbor-unencodable"],
    ["an integer of 257 bits", 2n ** 256n, "cbor-unencodable"],
    ["a negative integer of 257 bits", -(2n ** 256n) - 1n, "cbor-unencodable"],
    ["a key of 65 bits", new Map([[2n ** 64n, 1]]), "cbor-key-type"],
    ["a key that is neither text nor integer", new Map([[true, 1]]), "cbor-key-type"],
    [
      "one key as number and as bigint",
      new Map<unknown, number>([
        [1, 1],
        [1n, 2],
      ]),
      "cbor-duplicate-key",
    ],
    ["half a character", "\ud800", "utf8-lone-surrogate"],
    ["nesting 17", nested(17), "cbor-nesting"],
  ])("is refused: %s", (_, value, code) => {
    expect(() => encode(value as CborValue)).toThrow(expect.objectContaining({ code }));
  });

  test("is refused by the makers of maps too", () => {
    expect(() =>
      map([
        ["a", 1],
        ["a", 2],
      ]),
    ).toThrow(expect.objectContaining({ code: "cbor-duplicate-key" }));
    expect([...fromObject({ a: 1, b: undefined })]).toEqual([["a", 1]]);
  });
});

describe("a transaction's envelope", () => {
  const transaction: CborTransaction = [new Envelope98([new Uint8Array(0), map([]), Uint8Array.of(1), []]), [["call"]]];

  test("is tag 98 at element 0 of the outermost array", () => {
    const bytes = encode(transaction);
    expect(toHex(bytes)).toBe("82d8628440a041018081816463616c6c");
    expect(decodeTransaction(bytes)).toEqual(transaction);
    expect(() => decode(bytes)).toThrow(expect.objectContaining({ code: "cbor-tag", offset: 1 }));
  });

  test.each([
    ["80", "cbor-envelope"],
    ["820102", "cbor-envelope"],
    ["a0", "cbor-envelope"],
    ["82d8630102", "cbor-envelope"],
    ["82d9006201", "cbor-envelope"],
    ["82d862d8620102", "cbor-tag"],
    ["8201d86202", "cbor-envelope"],
    ["82d86201d86202", "cbor-tag"],
    ["81d862", "cbor-truncated"],
    ["81d8620100", "cbor-trailing"],
  ])("is nothing else: %s", (hex, code) => {
    expect(() => decodeTransaction(fromHex(hex))).toThrow(expect.objectContaining({ code }));
  });

  test("counts as no nesting of its own", () => {
    const deep = (levels: number) => encode([new Envelope98(nested(levels)), 0]);
    expect(() => decodeTransaction(deep(15))).not.toThrow();
    expect(() => deep(16)).toThrow(expect.objectContaining({ code: "cbor-nesting" }));
  });
});

/** Arrays inside one another. */
function nested(levels: number): CborValue {
  let value: CborValue = [];
  for (let i = 1; i < levels; i++) value = [value];
  return value;
}

type Mutation = (bytes: Uint8Array) => Uint8Array;

const mutation: fc.Arbitrary<Mutation> = fc
  .record({ place: fc.nat(), byte: fc.nat(255), kind: fc.constantFrom("set", "flip", "remove", "insert", "cut") })
  .map(({ place, byte, kind }) => (bytes) => {
    const at = bytes.length === 0 ? 0 : place % bytes.length;
    if (kind === "remove") return Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + 1)]);
    if (kind === "insert") return Uint8Array.from([...bytes.slice(0, at), byte, ...bytes.slice(at)]);
    if (kind === "cut") return bytes.slice(0, at);
    const changed = bytes.slice();
    if (at < changed.length) changed[at] = kind === "set" ? byte : (changed[at] as number) ^ (1 << (byte & 7));
    return changed;
  });

function attempt(bytes: Uint8Array): CborValue | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof BytesError) return undefined;
    throw error;
  }
}
