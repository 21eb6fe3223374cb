import { equalBytes } from "@acta/bytes";
import type { SignatureCheck } from "@acta/crypto";
import { type Header, headerHash } from "@acta/light-client";
import { COUNT_LIMIT } from "../form.ts";
import type { Reason } from "../reasons.ts";
import type { TrustedEpoch, TrustFile } from "../trust-file.ts";
import { listedAppHashes } from "../trust-file-consistency.ts";

/** What a verifier knows besides the proof. */
export type Belief = {
  readonly trust: TrustFile;
  /** The app hashes that the trust file lists, by height. */
  readonly appHashes: ReadonlyMap<number, Uint8Array>;
  /** The latest of clock, file's issue time and verifier's build, whole seconds. */
  readonly now: number;
  /** Without one, nothing is fresh. */
  readonly hasClock: boolean;
};

/** What comes to light in an examination, before any signature is verified. */
export type Findings = {
  /** Why the end of the proof is not believed, in the order found. */
  readonly doubts: Reason[];
  /** Signatures to verify, each with the reason if it fails. */
  readonly checks: { readonly check: SignatureCheck; readonly reason: Reason }[];
};

/** A failure that makes the proof not valid, whatever else may be found. */
export class NotValid extends Error {
  override readonly name = "NotValid";
  readonly reason: Reason;

  constructor(reason: Reason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** Puts the trust file and the clock together. A `now` that is not a finite number is no clock. */
export function beliefOf(trust: TrustFile, now: number | undefined, buildTime = 0): Belief {
  const hasClock = now !== undefined && Number.isFinite(now);
  const latest = Math.max(trust.issued, buildTime, hasClock ? Math.floor(now) : 0);
  return { trust, appHashes: listedAppHashes(trust), now: latest, hasClock };
}

/** A header, its hash, and its place on the ledger where its chain is listed. */
export type PlacedHeader = {
  readonly header: Header;
  readonly hash: Uint8Array;
  readonly place: { readonly epoch: TrustedEpoch; readonly height: number } | undefined;
};

/**
 * Finds a header's place and holds it to what the trust file lists: no header beyond a closed epoch, the closing header
 * itself, and the app hash of the height before. A header of an unlisted chain leaves a doubt. Throws {@link NotValid}.
 */
export function placeHeader(header: Header, { trust, appHashes }: Belief, findings: Findings): PlacedHeader {
  const hash = headerHash(header);
  const epoch = trust.epochs.find(({ chain }) => chain === header.chainId);
  if (epoch === undefined) {
    findings.doubts.push("unknown-chain");
    return { header, hash, place: undefined };
  }
  const height = epoch.base + header.height;
  if (height >= COUNT_LIMIT) throw new NotValid("wrong-form", "a height beyond the limit");
  assertWithinEpoch(epoch, height, hash, trust);
  const listed = appHashes.get(height - 1);
  if (listed !== undefined && !equalBytes(listed, header.appHash))
    throw new NotValid("wrong-header", `another app hash of height ${height - 1} than the trust file lists`);
  return { header, hash, place: { epoch, height } };
}

function assertWithinEpoch({ closed, number }: TrustedEpoch, height: number, hash: Uint8Array, trust: TrustFile): void {
  if (closed === undefined || height < closed.lastHeight) return;
  if (height > closed.lastHeight) throw new NotValid("wrong-header", `a header beyond the last of epoch ${number}`);
  const next = trust.epochs[number + 1];
  if (next && !equalBytes(next.lastHeader, hash))
    throw new NotValid("wrong-header", `another last header of epoch ${number} than the trust file lists`);
}

/** Whether a signature of this algorithm is still believed by itself. */
export function isSuiteInForce(algorithm: number, { trust, now }: Belief): boolean {
  return trust.suites.some((suite) => suite.algorithm === algorithm && suite.until >= now);
}
