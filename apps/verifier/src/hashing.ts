import { concatBytes } from "@acta/bytes";
import { createSha256, sha256 } from "@acta/crypto";
import { CHUNK_BYTES, type FileIdentity, listRootOfHashes } from "@acta/merkle";

/** Told how many bytes are done; answers whether to go on. */
export type OnBytes = (done: number) => boolean;

// Whole chunks, and short enough that the page stays alive.
const SLICE_BYTES = 4 * CHUNK_BYTES;

/**
 * The size, SHA-256 and chunk root of a file, read slice by slice, so that it never lies in memory as a whole. Chunks
 * are hashed by the browser, which can; the whole by our own code, because the browser cannot hash piece by piece.
 *
 * Undefined where `onBytes` said stop; rejects where the file cannot be read.
 */
export async function hashFile(file: Blob, onBytes: OnBytes): Promise<FileIdentity | undefined> {
  const whole = createSha256();
  const leaves: Uint8Array[] = [];
  let next = readSlice(file, 0);
  for (let done = 0; done < file.size; ) {
    const slice = await next;
    if (slice.length === 0) throw new Error("The file became shorter while it was read.");
    done += slice.length;
    // While this slice is hashed, the next one is read.
    next = readSlice(file, done);
    const hashes = chunksOf(slice).map(leafHashOf);
    whole.update(slice);
    leaves.push(...(await Promise.all(hashes)));
    if (!onBytes(done)) return undefined;
  }
  return { size: file.size, sha256: whole.digest(), root: listRootOfHashes(leaves) };
}

async function readSlice(file: Blob, start: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, start + SLICE_BYTES).arrayBuffer());
}

function chunksOf(slice: Uint8Array): Uint8Array[] {
  const count = Math.ceil(slice.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, index) => slice.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES));
}

// RFC 9162, 2.1.1: H(00 ‖ chunk). A page that was not served securely has no WebCrypto.
async function leafHashOf(chunk: Uint8Array): Promise<Uint8Array> {
  const leaf = new Uint8Array(concatBytes(Uint8Array.of(0), chunk));
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  return subtle ? new Uint8Array(await subtle.digest("SHA-256", leaf)) : sha256(leaf);
}
