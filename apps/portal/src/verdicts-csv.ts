import type { StoredDeposit } from "./desk/memory.ts";

/** The table's name beside the slips. */
export const VERDICTS_NAME = "verdicts.csv";

const COLUMNS = ["file", "slip", "sha256", "verdict", "reason", "transaction", "height"] as const;

/** What came of each deposit, as a table that spreadsheets read (RFC 4180, UTF-8 with its mark). */
export function verdictsCsv(deposits: readonly StoredDeposit[], slips: readonly string[]): string {
  const rows = deposits.map(({ name, sha256, transaction, result }, index) => {
    const refusal = result?.refusal;
    const reason = refusal === undefined ? "" : `${refusal.contract}/${refusal.code}`;
    return [name, slips[index] ?? "", sha256, result?.verdict ?? "", reason, transaction, String(result?.height ?? "")];
  });
  return `\uFEFF${[COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(text: string): string {
  // A spreadsheet would run what begins like this as a formula: a name of somebody's file must not.
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
