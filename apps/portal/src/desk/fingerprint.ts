import { createFileHasher, type FileIdentity } from "@acta/merkle";

/** A file with its fingerprint. Its content stays where it is. */
export type PreparedFile = { readonly name: string; readonly identity: FileIdentity };

/** A file as the browser gives it. */
export type GivenFile = Blob & { readonly name: string };

/** How far fingerprinting is. */
export type Counted = {
  readonly files: number;
  readonly ofFiles: number;
  readonly bytes: number;
  readonly ofBytes: number;
};

/** What came of fingerprinting: the files, and the names of those that could not be read. */
export type Fingerprinted = { readonly files: readonly PreparedFile[]; readonly unread: readonly string[] };

const SLICE_BYTES = 1 << 20;

/** Fingerprints files slice by slice. `onCount` is told after every slice, and answers whether to go on. */
export async function fingerprint(
  given: readonly GivenFile[],
  onCount: (counted: Counted) => boolean,
): Promise<Fingerprinted | undefined> {
  const ofBytes = given.reduce((sum, { size }) => sum + size, 0);
  const files: PreparedFile[] = [];
  const unread: string[] = [];
  let bytes = 0;
  for (const file of given) {
    try {
      const hasher = createFileHasher();
      for (let start = 0; start < file.size; start += SLICE_BYTES) {
        const slice = new Uint8Array(await file.slice(start, start + SLICE_BYTES).arrayBuffer());
        hasher.update(slice);
        bytes += slice.length;
        if (!onCount({ files: files.length, ofFiles: given.length, bytes, ofBytes })) return undefined;
      }
      files.push({ name: file.name, identity: hasher.finish() });
    } catch {
      // A folder, or a file that was removed or changed meanwhile: the browser reads it no more.
      unread.push(file.name);
    }
  }
  return { files, unread };
}
