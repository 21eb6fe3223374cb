import { utf8Encode } from "@acta/bytes";
import type { Desk } from "./desk/desk.ts";
import type { StoredDeposit } from "./desk/memory.ts";
import { slipNames } from "./slip-names.ts";
import { storedZip } from "./stored-zip.ts";
import { VERDICTS_NAME, verdictsCsv } from "./verdicts-csv.ts";

/** Hands one slip to the browser as a download, and notes that it was saved. */
export async function saveSlip(desk: Desk, { deposit, name, result }: StoredDeposit): Promise<void> {
  if (result === undefined) return;
  download(`${name}.slip`, result.slip, "application/cbor");
  await desk.markSaved([deposit]);
}

/** Hands many slips to the browser as one archive, with a table that says what came of each. */
export async function saveSlips(desk: Desk, deposits: readonly StoredDeposit[]): Promise<void> {
  const proved = deposits.filter(({ result }) => result !== undefined);
  const names = slipNames(proved);
  const slips = proved.map(({ result }, index) => ({
    name: names[index] ?? "",
    bytes: result?.slip ?? new Uint8Array(),
  }));
  const table = { name: VERDICTS_NAME, bytes: utf8Encode(verdictsCsv(proved, names)) };
  download("acta-slips.zip", storedZip([...slips, table]), "application/zip");
  await desk.markSaved(proved.map(({ deposit }) => deposit));
}

function download(name: string, bytes: Uint8Array, type: string): void {
  const link = document.createElement("a");
  // A copy: the browser's types ask for bytes that are surely not shared.
  link.href = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
