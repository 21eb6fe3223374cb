import { utf8Decode, utf8Encode } from "@acta/bytes";
import type { CommandFiles } from "../command.ts";

/** One line of `verdicts.csv`. */
export type VerdictRow = {
  readonly file: string;
  readonly sha256: string;
  readonly verdict: "accepted" | "refused" | "undone" | "inadmissible";
  readonly reason: string;
  readonly transaction: string;
  readonly height: string;
};

const COLUMNS = ["file", "sha256", "verdict", "reason", "transaction", "height"] as const;
/** The file beside the slips that says what came of each. */
export const VERDICTS_FILE = "verdicts.csv";

/** The rows that a folder has so far; none where there is no file. */
export function readVerdicts(files: CommandFiles, folder: string): VerdictRow[] {
  const path = files.join(folder, VERDICTS_FILE);
  if (!files.exists(path)) return [];
  const [, ...rows] = parseCsv(utf8Decode(files.read(path)));
  // Written by this program: the columns stand in their order.
  return rows.map(
    (cells) => Object.fromEntries(COLUMNS.map((name, index) => [name, cells[index] ?? ""])) as VerdictRow,
  );
}

/** Writes all rows in one step. */
export function writeVerdicts(files: CommandFiles, folder: string, rows: readonly VerdictRow[]): void {
  const lines = [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((name) => quoted(row[name])).join(","))];
  files.replace(files.join(folder, VERDICTS_FILE), utf8Encode(`${lines.join("\r\n")}\r\n`));
}

// RFC 4180, 2.6 and 2.7.
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Rows of cells; RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quotedCell, plainCell, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === "" && quotedCell === undefined && plainCell === "" && row.length === 0) break;
    row.push(quotedCell?.replaceAll('""', '"') ?? plainCell ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
    if (end === "") break;
  }
  return rows;
}
