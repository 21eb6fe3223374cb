import type { CborMap, CborValue } from "@acta/bytes";
import type { Algorithm } from "@acta/crypto";
import type { Time } from "@acta/light-client";
import type { Disclosure } from "./disclosure.ts";
import type { LedgerAction } from "./ledger-action.ts";
import type { Outcome } from "./outcome.ts";
import type { Reason } from "./reasons.ts";
import type { ListedRole } from "./signer.ts";

/** What a proof proves: a call's outcome, an act of the ledger itself, records, or a receipt with opened values. */
export type ProofKind = "receipt" | "acted" | "state" | "slip";

/** A signer as the proof shows it. */
export type VerifiedSigner = {
  readonly kind: "registered" | "stranger";
  readonly party: Uint8Array;
  readonly institution?: Uint8Array;
  readonly roles?: readonly ListedRole[];
  readonly mandates?: readonly Uint8Array[];
  /** Absent for a registered signer beside a signatures hash. */
  readonly keyId?: Uint8Array;
  readonly algorithm?: Algorithm;
  /** Whether the party derives from the key. Otherwise: signed by this key; that it was the party's is the ledger's word. */
  readonly proved: boolean;
  /** `accepted-by-ledger`: not shown in the proof, or of an algorithm that is no longer believed by itself. */
  readonly signature: "verified" | "accepted-by-ledger";
};

/** A file's fingerprint as the proof claims it, with the place where it stands. */
export type ClaimedFile = {
  readonly path: readonly (string | number)[];
  readonly size: number;
  readonly sha256: Uint8Array;
  readonly root: Uint8Array;
};

/** A record of a state proof: key and value bytes (null: absent), decoded where they are CBOR. */
export type ProvedRecord = {
  readonly keyBytes: Uint8Array;
  readonly valueBytes: Uint8Array | null;
  readonly key?: CborValue;
  readonly value?: CborValue;
};

/** What is read out of a proof. Believe it only as far as the verdict goes. */
export type ProofContent = {
  /** The ledger's height of the block. */
  readonly height?: number;
  /** The latest time at which it can have been entered. */
  readonly noLaterThan?: Time;
  /** Height of the state, or of the act; the time where a header or the trust file gives it. */
  readonly asOf?: { readonly height: number; readonly time?: Time };
  readonly ledgerId?: Uint8Array;
  /** The transaction's identity. */
  readonly transaction?: Uint8Array;
  readonly outcome?: Outcome;
  readonly contract?: string;
  readonly version?: number;
  readonly action?: string;
  readonly input?: CborMap;
  readonly signers?: readonly VerifiedSigner[];
  readonly disclosures?: readonly Disclosure[];
  readonly files?: readonly ClaimedFile[];
  readonly ledgerAction?: LedgerAction;
  readonly records?: readonly ProvedRecord[];
};

/**
 * What a verifier says. A proof that is not valid passes on nothing that it says, except where it is whole in itself and
 * belongs to another file or ledger.
 */
export type Verdict = ProofContent & {
  readonly verdict: "valid" | "not-valid" | "cannot-tell";
  readonly reason: Reason;
  /** Where exactly, in English, for engineers. */
  readonly detail?: string;
  /** Undefined where the bytes are no proof, or were not looked at. */
  readonly kind: ProofKind | undefined;
  /** How a valid proof is believed: by its votes, or through the log of headers. */
  readonly basis?: "fresh" | "renewed";
  /** Whether the trust file is of a ledger for trying things out. */
  readonly demo: boolean;
  /** `none`: the proof shows no file; `not-asked`: it does, and none was given. */
  readonly file: "same" | "different" | "not-asked" | "none";
};
