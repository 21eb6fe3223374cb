// Writes vectors/draft/merkle: `node core/merkle/test/write-vectors.ts`. Not run by tests: vectors are checked, not renewed.
import { writeFileSync } from "node:fs";
import { concatBytes, encode, toHex } from "@acta/bytes";
import {
  CHUNK_BYTES,
  createFileHasher,
  encodeTreeProof,
  HistoryLog,
  leafHash,
  listPath,
  listRoot,
  MerkleError,
  StateTree,
  sidesOf,
  type TreeEntry,
  type TreeProof,
  treeProof,
  treeProofRoot,
} from "../src/index.ts";
import { keyBytes, keyHashOf, keyUnder, packBits, pairsOf, valueBytes } from "./naive.ts";

const leaves = Array.from({ length: 20 }, (_, i) => new Uint8Array(i).fill(i));
const hashes = leaves.map(leafHash);

write(
  "lists.json",
  "Leaf i is i bytes of value i. Paths lead from leaf index to the root of the first count leaves.",
  Array.from({ length: 21 }, (_, count) => {
    const index = count === 0 ? undefined : (count * 7) % count === 0 ? count - 1 : (count * 7) % count;
    const root = toHex(listRoot(leaves.slice(0, count)));
    if (index === undefined) return { count, root };
    const path = toHex(listPath(hashes.slice(0, count), index));
    return { count, root, index, sides: toHex(sidesOf(index, count)), path };
  }),
);

const log = HistoryLog.from(hashes);
const sizes = [
  [1, 1],
  [1, 2],
  [2, 3],
  [3, 7],
  [4, 7],
  [6, 7],
  [7, 8],
  [8, 16],
  [9, 20],
  [16, 20],
  [19, 20],
] as const;
write(
  "consistency.json",
  "Proofs that the list of size2 leaves (those of lists.json) begins with its first size1.",
  sizes.map(([size1, size2]) => ({
    size1,
    root1: toHex(log.root(size1)),
    size2,
    root2: toHex(log.root(size2)),
    proof: toHex(log.consistency(size1, size2)),
  })),
);

write(
  "files.json",
  "Files of size bytes: byte i is (31 i) >> 5, modulo 256.",
  [0, 1, 1000, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES].map((size) => {
    const { sha256, root } = createFileHasher()
      .update(Uint8Array.from({ length: size }, (_, i) => (31 * i) >> 5))
      .finish();
    return { size, sha256: toHex(sha256), root: toHex(root) };
  }),
);

type State = ReadonlyMap<number, number>;
const a = keyUnder("00");
const b = keyUnder("01");
const c = keyUnder("1");
const beside = keyUnder("00", a + 1);
const three: State = new Map([
  [a, 1],
  [b, 2],
  [c, 3],
]);
const many: State = new Map(Array.from({ length: 50 }, (_, n) => [n, n] as const));

function treeOf(state: State): StateTree {
  const tree = StateTree.empty();
  tree.update(pairsOf(state));
  tree.commit();
  return tree;
}

function entriesOf(state: State, asked: readonly number[]): TreeEntry[] {
  return asked.map((n) => [keyBytes(n), state.has(n) ? valueBytes(state.get(n) as number) : null]);
}

const proved: [name: string, state: State, asked: number[]][] = [
  ["absence in the empty tree", new Map(), [1]],
  ["presence in a tree of one key", new Map([[1, 1]]), [1]],
  ["absence by the one other leaf", new Map([[1, 1]]), [2]],
  ["presence beside two others", three, [a]],
  ["absence by a foreign leaf on the prefix", three, [beside]],
  [
    "absence by an empty place",
    new Map([
      [a, 1],
      [beside, 2],
    ]),
    [c],
  ],
  ["presence and absence at one leaf", three, [a, beside]],
  ["all keys", three, [a, b, c]],
  ["some of many keys, present and absent", many, [3, 14, 15, 92, 65, 35]],
];

write(
  "tree-proofs.json",
  "States (pairs of key and value) with their roots, and the CBOR of proofs that lead there.",
  proved.map(([name, state, asked]) => {
    const tree = treeOf(state);
    const pairs = entriesOf(state, [...state.keys()]).map(([key, value]) => [toHex(key), toHex(value as Uint8Array)]);
    const proof = encode(encodeTreeProof(treeProof(tree, entriesOf(state, asked))));
    return { name, state: pairs, root: toHex(tree.root), proof: toHex(proof) };
  }),
);

const tree = treeOf(three);
const proof = treeProof(tree, entriesOf(three, [a]));
const absence = treeProof(tree, entriesOf(three, [beside]));
const [present] = proof.entries as [TreeEntry];
const [presentB] = entriesOf(three, [b]) as [TreeEntry];
const alone = { hashes: new Uint8Array(0), foreign: [] };
const [pair] = absence.foreign as [readonly [Uint8Array, Uint8Array]];

const refused: [name: string, proof: TreeProof][] = [
  ["no keys", { ...proof, entries: [] }],
  ["a key twice", { ...proof, entries: [present, present] }],
  ["keys in another order", { ...proof, entries: [presentB, present] }],
  ["the bits 11", { ...proof, shape: packBits("11") }],
  ["a shape cut short", { ...proof, shape: packBits("10101010") }],
  ["a spare byte of shape", { ...proof, shape: concatBytes(proof.shape, Uint8Array.of(0)) }],
  ["padding that is not zero", { entries: [present], shape: packBits("0101"), ...alone }],
  ["a hash too many", { ...proof, hashes: concatBytes(proof.hashes, proof.hashes) }],
  ["a hash too few", { ...proof, hashes: proof.hashes.subarray(32) }],
  ["part of a hash", { ...proof, hashes: proof.hashes.subarray(1) }],
  ["a zero hash", { ...proof, hashes: new Uint8Array(64) }],
  ["a foreign leaf that no place uses", { ...proof, foreign: [pair] }],
  ["no foreign leaf where one is needed", { ...absence, foreign: [] }],
  ["a foreign leaf of the asked key", { ...absence, foreign: [[keyHashOf(beside), pair[1]]] }],
  ["a foreign leaf off the prefix", { ...absence, foreign: [[keyHashOf(b), pair[1]]] }],
  ["a foreign leaf that is no pair of hashes", { ...absence, foreign: [[pair[0], pair[1].subarray(1)]] }],
  ["a present key at an empty place", { entries: [present], shape: packBits("00"), ...alone }],
  ["two present keys at one leaf", { entries: [present, presentB], shape: packBits("01"), ...alone }],
];

write(
  "tree-proofs-refused.json",
  "The CBOR of proofs that are refused, with the code that this implementation gives.",
  refused.map(([name, each]) => ({ name, proof: toHex(encode(encodeTreeProof(each))), code: refusalOf(each) })),
);

function refusalOf(each: TreeProof): string {
  try {
    treeProofRoot(each);
  } catch (error) {
    if (error instanceof MerkleError) return error.code;
  }
  throw new Error("a proof that should be refused is not");
}

function write(name: string, about: string, cases: readonly object[]): void {
  const lines = cases.map((each) => `  ${JSON.stringify(each)}`).join(",\n");
  const text = `{"about":${JSON.stringify(about)},"cases":[\n${lines}\n]}\n`;
  writeFileSync(new URL(`../../../vectors/draft/merkle/${name}`, import.meta.url), text);
}
