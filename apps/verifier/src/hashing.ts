import { createFileHasher, type FileIdentity } from "@acta/merkle";

/** Told how many bytes are done; answers whether to go on. */
export type OnBytes = (done: number) => boolean;

const SLICE_BYTES = 1 << 20;

/**
 * The size, SHA-256 and chunk root of a file, read slice by slice, so that it never lies in memory as a whole and the
 * page stays alive. Undefined where `onBytes` said stop; rejects where the file cannot be read.
 */
export async function hashFile(file: Blob, onBytes: OnBytes): Promise<FileIdentity | undefined> {
  const hasher = createFileHasher();
  let next = file.slice(0, SLICE_BYTES).arrayBuffer();
  for (let done = 0; done < file.size; ) {
    const slice = new Uint8Array(await next);
    done += slice.length;
    // The next slice is read while this one is hashed.
    next = file.slice(done, done + SLICE_BYTES).arrayBuffer();
    hasher.update(slice);
    if (slice.length === 0) throw new Error("The file became shorter while it was read.");
    if (!onBytes(done)) return undefined;
  }
  await next;
  return hasher.finish();
}
