import { type CborMap, fromObject } from "@acta/bytes";
import { createSha256, type Sha256Stream } from "@acta/crypto";
import { listRootOfHashes } from "./list.ts";

/** The size of the chunks under a file's root: 1 MiB (FORMATS 6). */
export const CHUNK_BYTES = 1 << 20;

/** What identifies a file: its size in bytes, its SHA-256, and the list root over its chunks; H("") of an empty file. */
export type FileIdentity = { readonly size: number; readonly sha256: Uint8Array; readonly root: Uint8Array };

/** A file being read piece by piece. `finish` is called once, last. */
export type FileHasher = { update(bytes: Uint8Array): FileHasher; finish(): FileIdentity };

/** A hasher for a file that comes in pieces of any size; keeps 32 bytes for each chunk and none of the content. */
export function createFileHasher(): FileHasher {
  const whole = createSha256();
  const chunkHashes: Uint8Array[] = [];
  let chunk: Sha256Stream | undefined;
  let chunkSize = 0;
  let size = 0;

  function endChunk(): void {
    if (chunk === undefined) return;
    chunkHashes.push(chunk.digest());
    chunk = undefined;
    chunkSize = 0;
  }

  const hasher: FileHasher = {
    update(bytes) {
      whole.update(bytes);
      size += bytes.length;
      for (let start = 0; start < bytes.length; ) {
        const part = bytes.subarray(start, start + CHUNK_BYTES - chunkSize);
        chunk = (chunk ?? createSha256().update(leafPrefix)).update(part);
        chunkSize += part.length;
        start += part.length;
        if (chunkSize === CHUNK_BYTES) endChunk();
      }
      return hasher;
    },
    finish() {
      endChunk();
      return { size, sha256: whole.digest(), root: listRootOfHashes(chunkHashes) };
    },
  };
  return hasher;
}

/** The *file* value of inputs and disclosures: a map of exactly size, sha256 and root (FORMATS 6). */
export function fileValue({ size, sha256, root }: FileIdentity): CborMap {
  return fromObject({ size, sha256, root });
}

const leafPrefix = Uint8Array.of(0);
