import { RecordFormError } from "../cbor-fields.ts";

/**
 * What comes of work on the quick files, or undefined where the disk refuses or the files are not what was written: they
 * are a cache, so that neither is an error. A fault of the code is thrown.
 */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isOfTheFiles(error)) return undefined;
    throw error;
  }
}

// Errors of the disk and of the tree have codes; what reads beyond the end of bytes is a RangeError.
function isOfTheFiles(error: unknown): boolean {
  return error instanceof RangeError || error instanceof RecordFormError || (error instanceof Error && "code" in error);
}
