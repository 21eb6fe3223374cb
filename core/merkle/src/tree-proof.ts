import { type CborValue, compareBytes, equalBytes, isArray } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { MerkleError } from "./errors.ts";
import { BitReader } from "./shape.ts";
import { bitAt, emptyHash, stateLeafHash, stateNodeHash } from "./state-leaf.ts";
import type { StateTree } from "./state-tree.ts";

/** A key of the state and its value's bytes, or null where the tree does not have the key. */
export type TreeEntry = readonly [key: Uint8Array, value: Uint8Array | null];

/** A proof of presence and absence of keys, ordered by H(key) (FORMATS 5). */
export type TreeProof = {
  readonly entries: readonly TreeEntry[];
  readonly shape: Uint8Array;
  readonly hashes: Uint8Array;
  readonly foreign: readonly (readonly [keyHash: Uint8Array, valueHash: Uint8Array])[];
};

/** The proof of these entries in the committed tree. That the values are the tree's is their holder's business. */
export function treeProof(tree: StateTree, entries: readonly TreeEntry[]): TreeProof {
  const hashed = entries.map((entry) => ({ entry, keyHash: sha256(entry[0]) }));
  hashed.sort((a, b) => compareBytes(a.keyHash, b.keyHash));
  const path = tree.prove(hashed.map(({ keyHash }) => keyHash));
  return { entries: hashed.map(({ entry }) => entry), ...path };
}

/**
 * The root that a proof leads to. Throws MerkleError with a code "proof-…" for everything that FORMATS 5 refuses: who
 * compares the root with a trusted one then knows the entries present and absent.
 */
export function treeProofRoot(proof: TreeProof): Uint8Array {
  const reader: Reader = {
    asked: hashEntries(proof.entries),
    shape: new BitReader(proof.shape),
    hashes: splitHashes(proof.hashes),
    foreign: proof.foreign,
    nextHash: 0,
    nextForeign: 0,
  };
  const root = readPlace(reader, 0, 0, reader.asked.length);
  reader.shape.assertEnd();
  if (reader.nextHash !== reader.hashes.length || reader.nextForeign !== reader.foreign.length) {
    throw refusal("proof-leftover", "The proof has hashes that no place of its shape uses.");
  }
  return root;
}

/** The proof as a CBOR value: [[ + [key, value or null]], shape, hashes, [ * [H(key'), H(value')] ]]. */
export function encodeTreeProof({ entries, shape, hashes, foreign }: TreeProof): CborValue {
  return [entries, shape, hashes, foreign];
}

/** The proof that a CBOR value is. Throws MerkleError "proof-malformed"; `treeProofRoot` refuses the rest. */
export function decodeTreeProof(value: CborValue): TreeProof {
  const [entries, shape, hashes, foreign] = tuple(value, 4);
  return {
    entries: list(entries).map((entry) => {
      const [key, bytes] = tuple(entry, 2);
      return [byteString(key), bytes === null ? null : byteString(bytes)];
    }),
    shape: byteString(shape),
    hashes: byteString(hashes),
    foreign: list(foreign).map((pair) => {
      const [keyHash, valueHash] = tuple(pair, 2);
      return [byteString(keyHash), byteString(valueHash)];
    }),
  };
}

type Asked = { readonly keyHash: Uint8Array; readonly value: Uint8Array | null };

type Reader = {
  readonly asked: readonly Asked[];
  readonly shape: BitReader;
  readonly hashes: readonly Uint8Array[];
  readonly foreign: readonly (readonly [Uint8Array, Uint8Array])[];
  nextHash: number;
  nextForeign: number;
};

/** The hash of the subtree at a place, whose asked keys are those from low to high. */
function readPlace(reader: Reader, depth: number, low: number, high: number): Uint8Array {
  const first = reader.shape.read();
  if (low === high) return first === 0 ? emptyHash : readHash(reader);
  const second = reader.shape.read();
  if (first === 0) return second === 0 ? readEmpty(reader, low, high) : readLeaf(reader, depth, low, high);
  if (second === 1) throw refusal("proof-shape", "The shape has the bits 11, which mean nothing.");
  if (depth > 255) throw refusal("proof-depth", "The shape branches below the last bit of a key's hash.");
  let middle = low;
  while (middle < high && bitAt((reader.asked[middle] as Asked).keyHash, depth) === 0) middle++;
  const left = readPlace(reader, depth + 1, low, middle);
  return stateNodeHash(left, readPlace(reader, depth + 1, middle, high));
}

function readHash(reader: Reader): Uint8Array {
  const hash = reader.hashes[reader.nextHash++];
  if (hash === undefined) throw refusal("proof-shape", "The shape asks for more hashes than there are.");
  // An empty subtree has one form only: bit 0.
  if (equalBytes(hash, emptyHash)) throw refusal("proof-zero-hash", "A hash of the proof is 32 zero bytes.");
  return hash;
}

function readEmpty(reader: Reader, low: number, high: number): Uint8Array {
  if (reader.asked.slice(low, high).some(({ value }) => value !== null)) throw unresolved();
  return emptyHash;
}

/** The leaf at a place: of the one asked key that is present, otherwise a foreign one that shows all of them absent. */
function readLeaf(reader: Reader, depth: number, low: number, high: number): Uint8Array {
  const asked = reader.asked.slice(low, high);
  const present = asked.filter(({ value }) => value !== null);
  if (present.length > 1) throw unresolved();
  const [only] = present;
  if (only !== undefined) return stateLeafHash(only.keyHash, sha256(only.value as Uint8Array)); // filtered above
  const [keyHash, valueHash] = nextForeign(reader);
  const isOffPrefix = !agrees(keyHash, (asked[0] as Asked).keyHash, depth); // low < high
  if (isOffPrefix || asked.some((key) => equalBytes(key.keyHash, keyHash))) {
    throw refusal("proof-foreign", "A foreign leaf is one of the asked keys, or does not belong at its place.");
  }
  return stateLeafHash(keyHash, valueHash);
}

function nextForeign(reader: Reader): readonly [Uint8Array, Uint8Array] {
  const pair = reader.foreign[reader.nextForeign++];
  if (pair === undefined) throw refusal("proof-shape", "The shape asks for more foreign leaves than there are.");
  if (pair[0].length !== 32 || pair[1].length !== 32) {
    throw refusal("proof-malformed", "A foreign leaf is not a pair of hashes.");
  }
  return pair;
}

/** Whether two keys' hashes agree in the bits before `depth`. */
function agrees(a: Uint8Array, b: Uint8Array, depth: number): boolean {
  for (let bit = 0; bit < depth; bit++) if (bitAt(a, bit) !== bitAt(b, bit)) return false;
  return true;
}

function hashEntries(entries: readonly TreeEntry[]): Asked[] {
  if (entries.length === 0) throw refusal("proof-empty", "A proof asks for at least one key.");
  const asked = entries.map(([key, value]) => ({ keyHash: sha256(key), value }));
  for (let i = 1; i < asked.length; i++) {
    if (compareBytes((asked[i - 1] as Asked).keyHash, (asked[i] as Asked).keyHash) < 0) continue;
    throw refusal("proof-order", "The keys of the proof are not distinct and ordered by their hashes.");
  }
  return asked;
}

function splitHashes(joined: Uint8Array): Uint8Array[] {
  if (joined.length % 32 !== 0) throw refusal("proof-malformed", "The proof's hashes are not a multiple of 32 bytes.");
  return Array.from({ length: joined.length / 32 }, (_, i) => joined.subarray(32 * i, 32 * i + 32));
}

function tuple(value: CborValue | undefined, length: number): readonly CborValue[] {
  const values = list(value);
  if (values.length !== length)
    throw refusal("proof-malformed", `A part of the proof does not have ${length} elements.`);
  return values;
}

function list(value: CborValue | undefined): readonly CborValue[] {
  if (value !== undefined && isArray(value)) return value;
  throw refusal("proof-malformed", "A part of the proof is not an array.");
}

function byteString(value: CborValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw refusal("proof-malformed", "A part of the proof is not a byte string.");
}

function unresolved(): MerkleError {
  return refusal("proof-unresolved", "A key that is said to be present has no leaf in the proof.");
}

function refusal(code: MerkleError["code"], sentence: string): MerkleError {
  return new MerkleError(code, sentence);
}
