import { closeSync, openSync, renameSync, writeSync } from "node:fs";
import { quickPaths } from "./quick-folder.ts";
import { encodePairsHead, HASH_BYTES, HEAD_BYTES, PAIR_BYTES, type PairsHead } from "./quick-format.ts";

/**
 * Writes the file of all pairs beside the old one and puts it in its place. `fill` gets where to put the pairs, in the
 * order of their keys' hashes; the head is written last, with their count. Gives the count.
 */
export function writePairsFile(
  folder: string,
  head: Omit<PairsHead, "count">,
  fill: (put: (pairs: Uint8Array) => void) => void,
): number {
  const path = quickPaths(folder).pairs;
  const file = openSync(`${path}.new`, "w");
  let end = HEAD_BYTES;
  try {
    fill((pairs) => {
      end += writeAll(file, pairs, end);
    });
    const count = (end - HEAD_BYTES) / PAIR_BYTES;
    writeAll(file, encodePairsHead({ ...head, count }), 0);
    renameSync(`${path}.new`, path);
    return count;
  } finally {
    closeSync(file);
  }
}

/** Puts leaf hashes of the history log to their place, from the entry with this index on. */
export function writeLogHashes(folder: string, index: number, hashes: Uint8Array): void {
  const file = openSync(quickPaths(folder).log, index === 0 ? "w" : "r+");
  try {
    writeAll(file, hashes, HASH_BYTES * index);
  } finally {
    closeSync(file);
  }
}

/** All bytes at an offset; gives their number. A disk that takes only some throws at the next attempt. */
function writeAll(file: number, bytes: Uint8Array, at: number): number {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done);
  return bytes.length;
}
