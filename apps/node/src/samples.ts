import type { Application } from "@acta/contract";
import type { Log } from "@acta/api";
import type { LedgerFolder } from "./ledger-folder.ts";

export async function loadSamples(_a: readonly Application[], _b: string, _c: LedgerFolder, _log: Log): Promise<void> {}
