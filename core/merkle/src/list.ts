import { newBytes } from "@acta/bytes";
import { sha256, sha256Joined } from "@acta/crypto";
import { MerkleError } from "./errors.ts";

/** The hash of a list's leaf: H(00 || bytes) (RFC 9162, 2.1.1). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256Joined(leafMark, leaf);
}

/** The hash of an inner node of a list's tree: H(01 || left || right), both 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256Joined(nodeMark, left, right);
}

const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

/** The root over raw leaves, H("") of none (RFC 9162, 2.1.1). */
export function listRoot(leaves: readonly Uint8Array[]): Uint8Array {
  return listRootOfHashes(leaves.map(leafHash));
}

/** The root over leaf hashes, H("") of none. */
export function listRootOfHashes(leafHashes: readonly Uint8Array[]): Uint8Array {
  if (leafHashes.length === 0) return sha256(new Uint8Array(0));
  let level = leafHashes;
  while (level.length > 1) level = levelAbove(level);
  return level[0] as Uint8Array; // at least one hash came in, and no level is empty
}

/** A list's tree with its inner nodes at hand, so that a path costs no hashing. */
export type ListTree = {
  /** The number of leaves. */
  readonly count: number;
  /**
   * The path of one leaf, its 32-byte hashes joined from leaf to root; empty in a list of one (RFC 9162, 2.1.3.1).
   *
   * Throws MerkleError "out-of-range".
   */
  readonly path: (index: number) => Uint8Array;
};

/** Hashes every inner node of a list once. */
export function listTree(leafHashes: readonly Uint8Array[]): ListTree {
  const levels = [leafHashes];
  for (let level = leafHashes; level.length > 1; ) {
    level = levelAbove(level);
    levels.push(level);
  }
  const count = leafHashes.length;
  return {
    count,
    path(index) {
      if (!isIndex(index, count)) {
        throw new MerkleError("out-of-range", `Leaf ${index} is not in a list of ${count}.`);
      }
      return joinHashes(levels.flatMap((level, height) => level[(index >>> height) ^ 1] ?? []));
    },
  };
}

/** The path of one leaf; for several of one list {@link listTree} hashes once. Throws MerkleError "out-of-range". */
export function listPath(leafHashes: readonly Uint8Array[], index: number): Uint8Array {
  return listTree(leafHashes).path(index);
}

/** The paths of all leaves, in their order. */
export function listPaths(leafHashes: readonly Uint8Array[]): Uint8Array[] {
  const { path } = listTree(leafHashes);
  return leafHashes.map((_, index) => path(index));
}

/**
 * The root that a leaf's hash leads to along a path for that index and count (RFC 9162, 2.1.3.2), or undefined where
 * the path does not have exactly their length or the index is not below the count. Index and count below 2^53.
 */
export function rootFromPath(leaf: Uint8Array, index: number, count: number, path: Uint8Array): Uint8Array | undefined {
  if (leaf.length !== 32 || !isIndex(index, count)) return undefined;
  const sides = sidesInOrder(index, count);
  return path.length === 32 * sides.length ? climb(leaf, sides, path) : undefined;
}

/**
 * The root that a leaf's hash leads to along [sides, hashes], where no position is claimed (FORMATS 1): one bit for
 * each hash, leaf first, 1 where the sibling stands left. Undefined where bits and hashes differ in number, or padding
 * is not zero.
 */
export function rootFromSides(leaf: Uint8Array, sides: Uint8Array, path: Uint8Array): Uint8Array | undefined {
  const count = path.length / 32;
  if (leaf.length !== 32 || !Number.isInteger(count) || sides.length !== Math.ceil(count / 8)) return undefined;
  const padding = 8 * sides.length - count;
  if (padding > 0 && ((sides[sides.length - 1] as number) & ((1 << padding) - 1)) !== 0) return undefined;
  const isLeft: boolean[] = [];
  for (let i = 0; i < count; i++) isLeft.push((((sides[i >>> 3] as number) << (i & 7)) & 0x80) !== 0); // within
  return climb(leaf, isLeft, path);
}

/** The sides of a leaf's path as bits, most significant first, with zero padding. Throws MerkleError "out-of-range". */
export function sidesOf(index: number, count: number): Uint8Array {
  if (!isIndex(index, count)) throw new MerkleError("out-of-range", `Leaf ${index} is not in a list of ${count}.`);
  const isLeft = sidesInOrder(index, count);
  const bits = newBytes(Math.ceil(isLeft.length / 8));
  for (let i = 0; i < isLeft.length; i++) if (isLeft[i]) bits[i >>> 3] = (bits[i >>> 3] as number) | (0x80 >> (i & 7));
  return bits;
}

function isIndex(index: number, count: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 0 && index < count;
}

/** From leaf to root, whether the sibling stands left. Division, not shifts: indices reach beyond 32 bits. */
function sidesInOrder(index: number, count: number): boolean[] {
  const isLeft: boolean[] = [];
  let position = index;
  for (let last = count - 1; last > 0; last = Math.floor(last / 2)) {
    // The last node of an odd level has no sibling and goes up as it is.
    if (position % 2 === 1) isLeft.push(true);
    else if (position !== last) isLeft.push(false);
    position = Math.floor(position / 2);
  }
  return isLeft;
}

function climb(leaf: Uint8Array, isLeft: readonly boolean[], path: Uint8Array): Uint8Array {
  let node = leaf;
  for (let i = 0; i < isLeft.length; i++) {
    const sibling = path.subarray(32 * i, 32 * i + 32);
    node = isLeft[i] ? nodeHash(sibling, node) : nodeHash(node, sibling);
  }
  return node;
}

/** The nodes above a level; the last of an odd level goes up as it is, which gives the tree of RFC 9162, 2.1.1. */
function levelAbove(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i + 1 < level.length; i += 2)
    above.push(nodeHash(level[i] as Uint8Array, level[i + 1] as Uint8Array));
  if (level.length % 2 === 1) above.push(level[level.length - 1] as Uint8Array);
  return above;
}

/** The hashes one after another in one byte string. */
export function joinHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const joined = newBytes(32 * hashes.length);
  for (let i = 0; i < hashes.length; i++) joined.set(hashes[i] as Uint8Array, 32 * i);
  return joined;
}
