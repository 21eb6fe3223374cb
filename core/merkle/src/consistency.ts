import { equalBytes } from "@acta/bytes";
import { HistoryLog } from "./history-log.ts";
import { nodeHash } from "./list.ts";
import { isPowerOfTwo } from "./width.ts";

/** The claim that a list of `size2` leaves begins with the `size1` leaves under `root1`. */
export type ConsistencyClaim = {
  readonly size1: number;
  readonly root1: Uint8Array;
  readonly size2: number;
  readonly root2: Uint8Array;
  /** The proof's 32-byte hashes joined. */
  readonly proof: Uint8Array;
};

/**
 * The proof that the list began with its first `size` leaves, at least one (RFC 9162, 2.1.4.1). Throws MerkleError
 * "no-such-size".
 */
export function consistencyProof(leafHashes: readonly Uint8Array[], size: number): Uint8Array {
  return HistoryLog.from(leafHashes).consistency(size, leafHashes.length);
}

/**
 * Whether the proof shows the claim (RFC 9162, 2.1.4.2). Between equal sizes the proof is empty; the empty list
 * begins every list, and no proof shows it.
 */
export function verifyConsistency({ size1, root1, size2, root2, proof }: ConsistencyClaim): boolean {
  if (!isSize(size1) || !isSize(size2) || size1 > size2) return false;
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2);
  if (proof.length === 0 || proof.length % 32 !== 0) return false;
  const hashes = Array.from({ length: proof.length / 32 }, (_, i) => proof.subarray(32 * i, 32 * i + 32));
  // RFC 9162, 2.1.4.2, step 2: a complete earlier tree is itself the first node.
  return leadsToBoth(size1 - 1, size2 - 1, isPowerOfTwo(size1) ? [root1, ...hashes] : hashes, root1, root2);
}

/** RFC 9162, 2.1.4.2, steps 3 to 7. Division, not shifts: sizes reach beyond 32 bits. */
function leadsToBoth(
  first: number,
  second: number,
  hashes: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
): boolean {
  let fn = first;
  let sn = second;
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let fr = hashes[0] as Uint8Array; // the proof is not empty
  let sr = fr;
  for (const hash of hashes.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(hash, fr);
      sr = nodeHash(hash, sr);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      sr = nodeHash(sr, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(fr, root1) && equalBytes(sr, root2);
}

function half(n: number): number {
  return Math.floor(n / 2);
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size > 0;
}
