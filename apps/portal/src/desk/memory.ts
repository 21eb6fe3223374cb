/** A refusal with its sentence in both languages, as the node gave them when the receipt came. */
export type KeptRefusal = {
  readonly contract: string;
  readonly code: string;
  readonly en: string;
  readonly zh: string;
};

/** What came of a deposit, with the slip that proves it. */
export type Result = {
  readonly verdict: "accepted" | "refused" | "undone";
  readonly slip: Uint8Array;
  readonly height: number;
  /** Seconds since 1970 by which it was entered. */
  readonly noLaterThan: number;
  readonly refusal?: KeptRefusal;
};

/** Why the node did not even admit a transaction, in its own words. Nothing of it was entered. */
export type TurnedAway = { readonly code: string; readonly en: string; readonly zh: string };

/** A deposit as this browser keeps it. Without `result` it waits for its receipt, unless it was turned away for good. */
export type StoredDeposit = {
  /** Number of the deposit: 32 hex digits. */
  readonly deposit: string;
  /** Hex. A browser may have met several ledgers at one address. */
  readonly ledgerId: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** Milliseconds since 1970 by the device's clock: for the order of the list only. */
  readonly addedAt: number;
  /** Identity of the transaction, hex, and the call in it. */
  readonly transaction: string;
  readonly call: number;
  /** What opens the sealed values, as `encodeOpening` wrote it. It exists nowhere else until the slip is there. */
  readonly opening: Uint8Array;
  /** The name of the document that describes it. */
  readonly description?: string;
  readonly result?: Result;
  readonly turnedAway?: TurnedAway;
  /** Whether the slip was saved outside the browser. */
  readonly isSaved: boolean;
};

/** A signed transaction that waits to be entered: the same bytes are sent as often as needed. */
export type StoredTransaction = {
  /** Hex. */
  readonly identity: string;
  readonly ledgerId: string;
  readonly bytes: Uint8Array;
};

/** The key of this browser: guarded by it and never readable, or kept as bytes where it cannot guard one. */
export type StoredKey =
  | { readonly kind: "guarded"; readonly privateKey: CryptoKey; readonly publicKey: Uint8Array }
  | { readonly kind: "kept"; readonly secret: Uint8Array; readonly publicKey: Uint8Array };

/** What is written in one step: all of it, or none. */
export type Change = {
  readonly deposits?: readonly StoredDeposit[];
  readonly transactions?: readonly StoredTransaction[];
  /** Identities of transactions that wait no longer. */
  readonly done?: readonly string[];
  /** Numbers of deposits that are taken off the list. */
  readonly forgotten?: readonly string[];
};

/** What the browser keeps between visits. */
export type Memory = {
  readonly deposits: () => Promise<readonly StoredDeposit[]>;
  readonly transactions: () => Promise<readonly StoredTransaction[]>;
  readonly key: () => Promise<StoredKey | undefined>;
  readonly keepKey: (key: StoredKey) => Promise<void>;
  /** Resolves when the browser has written it durably. */
  readonly write: (change: Change) => Promise<void>;
};
