import type { ShownState } from "@acta/ledger";
import { type TrustFile, type Verdict, verifyProof } from "@acta/protocol";
import { SdkError } from "./error.ts";

/** What a state proof shows, after it was verified. */
export type ProvedState = ShownState & { readonly verdict: Verdict };

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
): ProvedState {
  const verdict = verifyProof(proof, trust, options);
  const { asOf, records } = verdict;
  if (verdict.verdict === "valid" && asOf !== undefined && records !== undefined) {
    const entries = records.map(({ keyBytes, valueBytes }) => [keyBytes, valueBytes] as const);
    return { entries, height: asOf.height, time: asOf.time?.seconds, verdict };
  }
  const reason = verdict.kind === "state" || verdict.verdict !== "valid" ? verdict.reason : `it is a ${verdict.kind}`;
  throw new SdkError("not-proved", `The state proof does not verify: ${reason}. Keep it and ask another node.`, {
    detail: reason,
  });
}
