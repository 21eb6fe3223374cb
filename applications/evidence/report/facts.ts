import type { CaseAccount } from "../adapters/case-document.ts";

/** What was found out about one slip: everything that a report is written from. Hashes and parties are lower-case hex. */
export type ReportFacts = {
  /** The slip's own file. */
  readonly slip: { readonly name: string; readonly sha256: string };
  /** The file that was compared, where one was given. */
  readonly file: MeasuredFile | undefined;
  readonly finding: Finding;
  /** What the slip says; undefined where it is not whole in itself. Proved only where the finding is `valid`. */
  readonly deposit: DepositFacts | undefined;
  /** What was believed beforehand; undefined where no usable trust file was given. */
  readonly trust: TrustFacts | undefined;
  readonly records: RecordFacts;
  readonly account: AccountFacts;
  /** When the report was made, by the clock of the machine that made it: whole seconds since 1970. */
  readonly madeAt: number;
};

/** The verifier's verdict, its reason already in the report's language. */
export type Finding = {
  readonly verdict: "valid" | "not-valid" | "cannot-tell";
  readonly reason: string;
  readonly meaning: string;
  readonly remedy: string;
  /** By the votes for its own block, or through the ledger's log. */
  readonly basis?: "fresh" | "renewed";
  readonly file: "same" | "different" | "not-asked" | "none";
};

/** A file's name and fingerprint. */
export type MeasuredFile = {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly root: string;
};

/** A moment with its fraction. */
export type Moment = { readonly seconds: number; readonly nanoseconds: number };

/** What a deposit's slip says. */
export type DepositFacts = {
  /** Number of the deposit: 32 hex digits. */
  readonly number: string;
  readonly height?: number;
  readonly noLaterThan?: Moment;
  readonly outcome: "accepted" | "refused" | "undone";
  readonly refusal:
    | { readonly contract: string; readonly code: string; readonly blanks: Readonly<Record<string, string>> }
    | undefined;
  readonly signers: readonly SignerFacts[];
  /** The opened values. Each is absent where the slip does not open it. */
  readonly file?: { readonly size: number; readonly sha256: string; readonly root: string };
  readonly description?: string;
  readonly descriptionFile?: { readonly size: number; readonly sha256: string; readonly root: string };
  readonly device?: string;
  /** The sealed commitment to the file, as it stands in the call. */
  readonly commitment: string;
  readonly transaction: string;
  readonly bundle: string | undefined;
  readonly version: number;
};

/** A signer; `proved` where the party follows from the key itself. */
export type SignerFacts = {
  readonly party: string;
  readonly key: string | undefined;
  readonly proved: boolean;
  readonly signature: "verified" | "accepted-by-ledger";
};

/** What became of the description that was deposited with the file. It is read only where it is the deposited one. */
export type AccountFacts =
  | { readonly kind: "none" }
  | { readonly kind: "not-given" }
  | { readonly kind: "not-deposited"; readonly name: string }
  | { readonly kind: "different"; readonly name: string }
  | { readonly kind: "unreadable"; readonly name: string }
  | { readonly kind: "read"; readonly name: string; readonly account: CaseAccount };

/** What the trust file makes one believe. */
export type TrustFacts = {
  readonly fingerprint: string;
  readonly ledger: string;
  readonly name: string;
  readonly development: boolean;
  readonly demo: boolean;
  /** The validators when the deposit was entered. */
  readonly keepers: readonly { readonly institution: string; readonly power: number }[];
};

/** What a node was asked about the deposit's records, and what its answers prove. */
export type RecordFacts =
  | { readonly kind: "not-asked" }
  | { readonly kind: "no-answer"; readonly node: string }
  | { readonly kind: "not-proved"; readonly node: string; readonly meaning: string }
  | { readonly kind: "absent"; readonly node: string; readonly height: number }
  | {
      readonly kind: "proved";
      readonly node: string;
      readonly height: number;
      readonly time?: Moment;
      /** The record's stored bytes. */
      readonly deposit: Uint8Array;
      /** The custody list's first entries by their numbers, stored bytes. */
      readonly custody: readonly (readonly [number: number, bytes: Uint8Array])[];
    };
