// Writes vectors/draft/cbor: `node core/bytes/test/write-vectors.ts`. Not run by tests: vectors are checked, not renewed.
import { writeFileSync } from "node:fs";
import { BytesError, type CborValue, decode, encode, fromHex, map, toHex } from "../src/index.ts";
import { diagnostic } from "./diagnostic.ts";

const bytes32 = Uint8Array.from({ length: 32 }, (_, i) => i);

const values: [name: string, value: CborValue][] = [
  ["zero", 0],
  ["largest in one byte", 23],
  ["smallest in two bytes", 24],
  ["smallest in three bytes", 256],
  ["smallest in five bytes", 65_536],
  ["smallest in nine bytes", 4_294_967_296],
  ["largest safe integer", 9_007_199_254_740_991],
  ["first integer beyond the safe ones", 9_007_199_254_740_992n],
  ["largest of 64 bits", 2n ** 64n - 1n],
  ["smallest bignum", 2n ** 64n],
  ["largest of 256 bits", 2n ** 256n - 1n],
  ["minus one", -1],
  ["smallest of 64 bits", -(2n ** 64n)],
  ["first negative bignum", -(2n ** 64n) - 1n],
  ["smallest of 256 bits", -(2n ** 256n)],
  ["no bytes", new Uint8Array(0)],
  ["32 bytes", bytes32],
  ["no text", ""],
  ["text of one, two, three and four bytes a character", "aé中😀"],
  ["a byte order mark is a character", "\ufeff"],
  ["false, true, null", [false, true, null]],
  ["no elements", []],
  ["24 elements", Array.from({ length: 24 }, (_, i) => i)],
  ["empty map", map([])],
  [
    "keys by the bytes of their encoding",
    map([
      ["aa", 1],
      ["b", 2],
      [-1, 3],
      [-25, 4],
      [24, 5],
      [0, 6],
      ["", 7],
    ]),
  ],
  [
    "keys at both ends of 64 bits",
    map([
      [2n ** 64n - 1n, 1],
      [-(2n ** 64n), 2],
    ]),
  ],
  ["maps in arrays in maps", map([["list", [map([["inner", [1, [2]]]])]]])],
];

const refused: [name: string, hex: string][] = [
  ["nothing", ""],
  ["a number with a shorter form of one byte", "1817"],
  ["a number with a shorter form of two bytes", "1900ff"],
  ["a number with a shorter form of three bytes", "1a0000ffff"],
  ["a number with a shorter form of five bytes", "1b00000000ffffffff"],
  ["a negative number with a shorter form", "3817"],
  ["a length with a shorter form", "580100"],
  ["a count with a shorter form", "980100"],
  ["indefinite bytes", "5f4100ff"],
  ["indefinite text", "7f6161ff"],
  ["an indefinite array", "9f00ff"],
  ["an indefinite map", "bf0000ff"],
  ["a break alone", "ff"],
  ["reserved information 28", "1c"],
  ["reserved information 29 in a map", "bd"],
  ["reserved information 30 in a simple value", "fe"],
  ["a half float", "f93c00"],
  ["a single float", "fa3f800000"],
  ["a double float", "fb3ff0000000000000"],
  ["undefined", "f7"],
  ["simple value 0", "e0"],
  ["false in two bytes", "f814"],
  ["simple value 32", "f820"],
  ["tag 0", "c000"],
  ["tag 24", "d81840"],
  ["tag 98 outside a transaction", "d86280"],
  ["tag 55799", "d9d9f700"],
  ["a bignum without bytes", "c240"],
  ["a bignum that fits 64 bits", "c248ffffffffffffffff"],
  ["a bignum with a leading zero", "c24a00010000000000000000"],
  ["a bignum of 257 bits", "c25821010000000000000000000000000000000000000000000000000000000000000000"],
  ["a bignum of text", "c2613161"],
  ["a bignum of a bignum", "c2c249010000000000000000"],
  ["a bignum's tag in two bytes", "d80249010000000000000000"],
  ["a bignum as key", "a1c24901000000000000000000"],
  ["bytes as key", "a1410000"],
  ["an array as key", "a18000"],
  ["a flag as key", "a1f500"],
  ["keys in the wrong order", "a201000000"],
  ["keys by length before bytes", "a22000181800"],
  ["text before numbers", "a26161000000"],
  ["a key twice", "a200010002"],
  ["an inner map's key twice", "81a2616100616101"],
  ["nesting 17", "8181818181818181818181818181818180"],
  ["nesting 17 by maps", "a100a100a100a100a100a100a100a100a100a100a100a100a100a100a100a100a0"],
  ["an overlong character", "62c080"],
  ["a surrogate", "63eda080"],
  ["a character above U+10FFFF", "64f4908080"],
  ["a character cut short by the end of its text", "8262e4b8ad00"],
  ["bytes cut short", "4200"],
  ["an array cut short", "8200"],
  ["a map without value", "a100"],
  ["an array longer than any input", "9bffffffffffffffff"],
  ["a map longer than the input", "ba0000ffff"],
  ["bytes longer than any input", "5b7fffffffffffffff"],
  ["a head cut short", "19ff"],
  ["a second value", "0000"],
];

write("valid.json", {
  about: "Values in diagnostic notation (RFC 8949, 8) and their one encoding.",
  cases: values.map(([name, value]) => ({
    name,
    value: diagnostic(decode(encode(value))),
    bytes: toHex(encode(value)),
  })),
});
write("invalid.json", {
  about: "Bytes that are refused, with the code and the offset that this implementation gives.",
  cases: refused.map(([name, hex]) => ({ name, bytes: hex, ...refusal(hex) })),
});

function refusal(hex: string): { code: string; offset: number | undefined } {
  try {
    decode(fromHex(hex));
  } catch (error) {
    if (error instanceof BytesError) return { code: error.code, offset: error.offset };
  }
  throw new Error(`${hex} is not refused`);
}

function write(name: string, content: { about: string; cases: readonly object[] }): void {
  const cases = content.cases.map((each) => `  ${JSON.stringify(each)}`).join(",\n");
  const text = `{"about":${JSON.stringify(content.about)},"cases":[\n${cases}\n]}\n`;
  writeFileSync(new URL(`../../../vectors/draft/cbor/${name}`, import.meta.url), text);
}
