import { type CborValue, isArray, utf8Encode } from "@acta/bytes";
import { type BlockId, isNoBlockId } from "./block-id.ts";
import { LightClientError } from "./errors.ts";
import type { Header, Version } from "./header.ts";
import type { PartSet } from "./part-set.ts";
import { isTimeInRange, type Time } from "./time.ts";

/**
 * The form of a header in proofs (FORMATS §7): fourteen elements, inline.
 *
 * Throws LightClientError `malformed-header` for a header that `headerFromCbor` would refuse.
 */
export function headerToCbor(header: Header): CborValue {
  assertHeaderForm(header);
  const { version, time, lastBlockId: last } = header;
  return [
    [version.block, version.app],
    header.chainId,
    header.height,
    [time.seconds, time.nanoseconds],
    [last.hash, [last.parts.total, last.parts.hash]],
    header.lastCommitHash,
    header.dataHash,
    header.validatorsHash,
    header.nextValidatorsHash,
    header.consensusHash,
    header.appHash,
    header.lastResultsHash,
    header.evidenceHash,
    header.proposerAddress,
  ];
}

/**
 * Reads that form back. Throws LightClientError `malformed-header` for another form and for what is out of the limits
 * of FORMATS §1: versions below 2^64, height from 1 and below 2^53, chain id of at most 50 bytes, hashes of 32 bytes,
 * a proposer of 20, and the last block id of no block exactly at height 1.
 */
export function headerFromCbor(value: CborValue): Header {
  const [version, chainId, height, time, last, ...rest] = list(value, 14, "header");
  const hashes = rest.map((hash, index) => bytes(hash, BYTE_FIELDS[index] ?? "header"));
  const header = {
    version: readVersion(version),
    chainId: text(chainId, "chain id"),
    height: whole(height, "height"),
    time: readTime(time),
    lastBlockId: readBlockId(last),
    // `list` has counted fourteen elements, so the nine byte fields are there.
    ...(Object.fromEntries(BYTE_FIELDS.map((name, index) => [name, hashes[index]])) as ByteFields),
  };
  assertHeaderForm(header);
  return header;
}

const BYTE_FIELDS = [
  "lastCommitHash",
  "dataHash",
  "validatorsHash",
  "nextValidatorsHash",
  "consensusHash",
  "appHash",
  "lastResultsHash",
  "evidenceHash",
  "proposerAddress",
] as const;

type ByteFields = Record<(typeof BYTE_FIELDS)[number], Uint8Array>;

const HASH_BYTES = 32;
const ADDRESS_BYTES = 20;
const CHAIN_ID_BYTES = 50;

function assertHeaderForm(header: Header): void {
  expect(isVersionNumber(header.version.block) && isVersionNumber(header.version.app), "versions below 2^64");
  expect(utf8Encode(header.chainId).length <= CHAIN_ID_BYTES, `a chain id of at most ${CHAIN_ID_BYTES} bytes`);
  expect(Number.isSafeInteger(header.height) && header.height >= 1, "a height from 1, below 2^53");
  expect(isTimeInRange(header.time), "seconds before the year 10000 and nanoseconds below 10^9");
  expect(hasLastBlockIdForm(header), "a last block id of 32-byte hashes, and of no block exactly at height 1");
  for (const name of BYTE_FIELDS) {
    const size = name === "proposerAddress" ? ADDRESS_BYTES : HASH_BYTES;
    expect(header[name].length === size, `${name} of ${size} bytes`);
  }
}

function hasLastBlockIdForm({ height, lastBlockId: { hash, parts } }: Header): boolean {
  if (height === 1) return isNoBlockId({ hash, parts });
  return hash.length === HASH_BYTES && isPartSetForm(parts);
}

/** FORMATS §1: a part count from 0, below 2^32, and a hash of 32 bytes. */
export function isPartSetForm({ total, hash }: PartSet): boolean {
  return Number.isSafeInteger(total) && total >= 0 && total < 2 ** 32 && hash.length === HASH_BYTES;
}

function isVersionNumber(value: number | bigint): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0;
  return value >= 0n && value < 1n << 64n;
}

function readVersion(value: CborValue | undefined): Version {
  const [block, app] = list(value, 2, "version");
  return { block: integer(block, "block version"), app: integer(app, "application version") };
}

function readTime(value: CborValue | undefined): Time {
  const [seconds, nanoseconds] = list(value, 2, "time");
  return { seconds: whole(seconds, "seconds"), nanoseconds: whole(nanoseconds, "nanoseconds") };
}

function readBlockId(value: CborValue | undefined): BlockId {
  const [hash, partSet] = list(value, 2, "last block id");
  const [total, partsHash] = list(partSet, 2, "part set");
  return {
    hash: bytes(hash, "last block hash"),
    parts: { total: whole(total, "part count"), hash: bytes(partsHash, "parts hash") },
  };
}

function list(value: CborValue | undefined, length: number, what: string): readonly CborValue[] {
  if (value !== undefined && isArray(value) && value.length === length) return value;
  throw malformed(`${what} as an array of ${length} elements`);
}

function bytes(value: CborValue | undefined, what: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw malformed(`${what} as a byte string`);
}

function text(value: CborValue | undefined, what: string): string {
  if (typeof value === "string") return value;
  throw malformed(`${what} as text`);
}

function whole(value: CborValue | undefined, what: string): number {
  if (typeof value === "number") return value;
  throw malformed(`${what} as an integer below 2^53`);
}

function integer(value: CborValue | undefined, what: string): number | bigint {
  if (typeof value === "number" || typeof value === "bigint") return value;
  throw malformed(`${what} as an integer`);
}

function expect(condition: boolean, what: string): void {
  if (!condition) throw malformed(what);
}

function malformed(expected: string): LightClientError {
  return new LightClientError("malformed-header", `A header must have ${expected} (FORMATS §7).`);
}
