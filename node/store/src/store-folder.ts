import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the parts of a store lie in its directory. */
export const PARTS = {
  level: "level",
  guard: "signed",
  ledger: "LEDGER",
  quick: "quick",
  unchecked: "unchecked",
  damaged: "damaged",
} as const;

/** The id of the ledger that a directory was made for, or undefined. */
export function readLedger(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, PARTS.ledger), "latin1").trim();
  } catch {
    return undefined;
  }
}
