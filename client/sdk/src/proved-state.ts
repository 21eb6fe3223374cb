import type { ShownState } from "@acta/ledger";
import { type TrustFile, verifyProof } from "@acta/protocol";
import { SdkError } from "./error.ts";

/**
 * What a state proof shows, read only after it verified under the trust file. Throws SdkError `not-proved` otherwise.
 *
 * `now` is in seconds since 1970; `verify` replaces the signature verification of `@acta/crypto` by one that answers the
 * same.
 */
export function proveState(
  proof: Uint8Array,
  trust: TrustFile,
  options: Parameters<typeof verifyProof>[2],
): ShownState {
  const { verdict, reason, asOf, records } = verifyProof(proof, trust, options);
  if (verdict !== "valid") throw notProved(`The node's state proof does not verify: ${reason}.`, reason);
  if (asOf === undefined || records === undefined)
    throw notProved("The node's proof is none of the state.", "wrong-form");
  const entries = records.map(({ keyBytes, valueBytes }) => [keyBytes, valueBytes] as const);
  return { entries, height: asOf.height, time: asOf.time?.seconds };
}

/** The node's proof is not believed, or does not show what was asked. `reason` is that of the verdict. */
export function notProved(what: string, reason: string): SdkError {
  return new SdkError("not-proved", `${what} Ask another node.`, { detail: reason });
}
