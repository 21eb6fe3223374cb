import { type CborValue, fromObject } from "@acta/bytes";
import type { Refusal } from "@acta/protocol";

/**
 * What the ledger itself refuses, with the sentence a person reads; blanks in braces are filled from the refusal.
 *
 * A refusal is an outcome: it is entered, has a receipt and spends the transaction. The wording in other languages
 * stands in `zh.json` under `ledger.refusals.<code>`.
 */
export const ledgerRefusals = {
  "unknown-contract": "This ledger has no contract named {contract}.",
  "contract-changed":
    "The contract {contract} is now in version {version}. The call was signed for another: prepare and sign it again.",
  "unknown-action": "The contract {contract} has no action named {action}.",
  "malformed-input": "The input does not fit the action's form, at {path}.",
  "sealed-elsewhere": "The sealed value at {path} was made for another place, and does not count here.",
  "record-changed": "The record {record} is no longer what the call expects it to be.",
  "key-not-in-force": "The key of signer {signer} is no longer in force.",
  "power-not-held": "Signer {signer} names a power that it does not hold: {power}.",
  "not-entitled": "This is missing: {missing}.",
  "already-used": "This was used before, and can be used only once ({scope}): first by {first}.",
  "tag-missing":
    "The tag of a sealed value, which can be used only once, is missing ({scope}). Ask a holder of the role {office} for it.",
  "tag-not-attested":
    "No holder of the role {office} vouches for this tag in this transaction ({scope}). Ask for it again, for just this one.",
  "version-not-in-force":
    "The contract {contract}, which this act uses, is now in version {version}; the act was written for another.",
  "deadline-impossible": "A deadline would lie outside the range of times, or have a name that is empty or too long.",
  "total-too-large": "The total {total} would be larger than the ledger can keep.",
  "calls-too-deep": "More contracts call one another than the ledger allows.",
} as const;

/** A code of `ledgerRefusals`. */
export type LedgerRefusalCode = keyof typeof ledgerRefusals;

/** The name that stands for the ledger itself where a refusal names its contract. */
export const LEDGER = "ledger";

/** A refusal by the ledger itself. */
export function ledgerRefusal(code: LedgerRefusalCode, blanks: Readonly<Record<string, CborValue>> = {}): Refusal {
  return { contract: LEDGER, code, blanks: fromObject(blanks) };
}

/**
 * The signal by which a refusal unwinds a call. Only the call that made it catches it, and knows it by identity.
 *
 * It is no Error: nothing went wrong, and a stack trace would cost more than the call.
 */
export class Refused {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    this.refusal = refusal;
  }
}
