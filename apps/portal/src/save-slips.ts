import type { Desk } from "./desk/desk.ts";
import type { StoredDeposit } from "./desk/memory.ts";
import { slipNames } from "./slip-names.ts";

/** Time between two downloads: browsers drop some of those that come at once. */
const PAUSE_MS = 150;

/** Hands slips to the browser as downloads, one for each deposit, and notes that they were saved. */
export async function saveSlips(desk: Desk, deposits: readonly StoredDeposit[]): Promise<void> {
  const names = slipNames(deposits);
  for (const [index, { deposit, result }] of deposits.entries()) {
    if (result === undefined) continue;
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    download(names[index] ?? `${deposit}.slip`, result.slip);
    await desk.markSaved([deposit]);
  }
}

function download(name: string, bytes: Uint8Array): void {
  const link = document.createElement("a");
  // A copy: the browser's types ask for bytes that are surely not shared.
  link.href = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: "application/cbor" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
