import { toHex } from "@acta/bytes";
import { malformed } from "./error.ts";
import { hexToBytes } from "./kinds/hex.ts";
import type { Party } from "./values.ts";

/**
 * `acta:party:` and 58 characters: 52 for the 32 bytes, five bits each, and 6 that check them.
 * Alphabet and check characters are those of Bech32m (BIP-350) with `acta:party` as the human-readable part, so that
 * any four wrong characters, and all but one in a thousand million other mistakes, are noticed; none of 1, b, i, o occurs.
 */
export function partyToUri(party: Party): string {
  const groups = toGroups(hexToBytes(party, 32));
  return PREFIX + [...groups, ...checkGroups(groups)].map((group) => ALPHABET.charAt(group)).join("");
}

/** Reads what {@link partyToUri} wrote; says so if the check characters do not fit. */
export function partyFromUri(uri: unknown): Party {
  if (typeof uri !== "string" || !uri.startsWith(PREFIX)) return malformed(`must be a party such as ${PREFIX}…`);
  const groups = [...uri.slice(PREFIX.length)].map((character) => ALPHABET.indexOf(character));
  if (groups.length !== 58 || groups.includes(-1)) return malformed("must have 58 characters after acta:party:");
  const [value, check] = [groups.slice(0, 52), groups.slice(52)];
  if (!checkGroups(value).every((group, index) => group === check[index])) {
    return malformed("has a typing mistake: its check characters do not fit");
  }
  return toHex(fromGroups(value)) as Party; // 52 groups are 32 bytes and four bits of padding
}

const PREFIX = "acta:party:";
const ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const BECH32M = 0x2bc830a3;

function toGroups(bytes: Uint8Array): number[] {
  const groups: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) groups.push((held >> (bits - 5)) & 31);
    held &= 0xff;
  }
  groups.push((held << (5 - bits)) & 31);
  return groups;
}

function fromGroups(groups: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const group of groups) {
    held = ((held & 0xff) << 5) | group;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) return malformed("has padding that is not zero");
  return Uint8Array.from(bytes);
}

function checkGroups(value: readonly number[]): number[] {
  const sum = polymod([...HUMAN_PART, ...value, 0, 0, 0, 0, 0, 0]) ^ BECH32M;
  return [25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31);
}

// BIP-173: the high bits of each character, a zero, the low bits of each character.
const LETTERS = [..."acta:party"].map((letter) => letter.charCodeAt(0));
const HUMAN_PART = [...LETTERS.map((code) => code >> 5), 0, ...LETTERS.map((code) => code & 31)];
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function polymod(groups: readonly number[]): number {
  let sum = 1;
  for (const group of groups) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ group;
    GENERATOR.forEach((generator, bit) => {
      if ((top >>> bit) & 1) sum ^= generator;
    });
  }
  return sum;
}
