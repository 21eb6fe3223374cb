import { readFileSync } from "node:fs";
import { checkTableFile } from "./table-file.ts";

/** What is wrong with a table: an offset in its file, and what it has there. */
export type TableDamage = ReturnType<typeof checkTableFile>;

/** Reads a table through; undefined where no file has that name. A disk that refuses it is damage. */
export function checkTableAt(path: string): TableDamage | undefined {
  try {
    return checkTableFile(readFileSync(path));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    return code === "ENOENT" ? undefined : [{ offset: 0, what: `bytes that cannot be read (${code})` }];
  }
}
