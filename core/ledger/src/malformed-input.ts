import { ContractError } from "@acta/contract";
import type { Refusal } from "@acta/protocol";
import { ledgerRefusal } from "./refusal.ts";

/** The refusal of an input that does not fit its form; any other error is thrown on. `within` says whose input it is. */
export function malformedInput(error: unknown, within = "input"): Refusal {
  if (!(error instanceof ContractError && error.code === "malformed-input")) throw error;
  return atPath("malformed-input", error.path, within);
}

/** A refusal that names a place in an input. */
export function atPath(
  code: "malformed-input" | "sealed-elsewhere",
  path: readonly (string | number)[],
  within = "input",
): Refusal {
  return ledgerRefusal(code, { path: [within, ...path].join(".") });
}
