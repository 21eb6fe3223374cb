import type { Header, Time } from "@acta/light-client";
import type { Renewal } from "@acta/protocol";
import type { Place, StoredBlock } from "@acta/store";

/** What became of bytes that were submitted. Admitted is not yet entered. */
export type Submission =
  | { readonly status: "admitted"; readonly identity: Uint8Array }
  | { readonly status: "entered"; readonly identity: Uint8Array; readonly height: number; readonly index: number }
  | { readonly status: "inadmissible"; readonly identity?: Uint8Array; readonly code: string }
  | { readonly status: "unavailable"; readonly code: UnavailableCode; readonly retryAfterSeconds: number };

/** Why a node takes nothing just now. The same bytes may be sent again later. */
export type UnavailableCode =
  | "busy"
  | "clock-stopped"
  | "disk-full"
  | "epoch-ended"
  | "stopping"
  | "too-many-requests"
  | "daily-bytes-spent";

/**
 * Takes the share of whoever sends a transaction that only strangers signed, or that failed its signatures.
 * Answers with the reason when the share is spent.
 */
export type TakeShare = (
  bytes: number,
) => { readonly code: UnavailableCode; readonly retryAfterSeconds: number } | undefined;

/** Where a transaction is. `left-out` was admitted, but could no longer enter a block: nothing was spent. */
export type Whereabouts =
  | { readonly status: "unknown" | "admitted" }
  | { readonly status: "entered"; readonly height: number; readonly index: number }
  | { readonly status: "left-out"; readonly code: string };

/** The state of the ordering, as `/v1/status` shows it. */
export type OrderingStatus = {
  readonly state: "running" | "clock-stopped" | "disk-full" | "epoch-ended" | "stopping";
  readonly ledgerId: Uint8Array;
  readonly name: string;
  readonly chainId: string;
  readonly height: number;
  /** Time of the newest block. */
  readonly time: Time;
  /** The least time the next block with transactions can carry. */
  readonly now: Time;
  readonly appHash: Uint8Array;
  readonly waiting: { readonly count: number; readonly bytes: number };
  readonly flags: { readonly development: boolean; readonly demo: boolean };
};

/** A block that has just become durable. */
export type BlockNotice = {
  readonly height: number;
  readonly header: Header;
  readonly transactions: number;
  /** How many acts the ledger did by itself. */
  readonly actions: number;
};

/** Orders transactions into blocks and proves what was entered. One interface for one node and for a consortium. */
export type Ordering = {
  readonly submit: (transactions: readonly Uint8Array[], takeShare?: TakeShare) => Promise<readonly Submission[]>;
  readonly status: () => OrderingStatus;
  readonly whereabouts: (identity: Uint8Array) => Whereabouts;
  /** Resolves when the transaction is entered or left out, or after `timeoutMs` with whatever is then known. */
  readonly settled: (identity: Uint8Array, timeoutMs: number) => Promise<Whereabouts>;
  /** Resolves true when there is a block of this height, false when `timeoutMs` have passed without it. */
  readonly reached: (height: number, timeoutMs: number) => Promise<boolean>;
  readonly block: (height: number) => StoredBlock | undefined;
  /** A receipt's bytes, or undefined while the block after is missing. Throws RangeError where there is no such call. */
  readonly receipt: (
    place: { readonly height: number; readonly index: number },
    call: number,
  ) => Uint8Array | undefined;
  /** The proof of one act of the ledger itself, or undefined while the block after is missing. Throws RangeError where there is no such act. */
  readonly acted: (place: { readonly height: number; readonly index: number }) => Uint8Array | undefined;
  /** Where a deadline of a contract passed, the earliest first: at most `most` places from the height `from` on. */
  readonly findActions: (
    deadline: { readonly contract: string; readonly name: string },
    range: { readonly from: number; readonly most: number },
  ) => Promise<readonly Place[]>;
  /** The state proof of these keys (CBOR [space, …]) at the newest state; undefined where the header that covers it does not come. */
  readonly stateProof: (keys: readonly Uint8Array[]) => Promise<Uint8Array | undefined>;
  readonly trustFile: () => Uint8Array;
  /**
   * What renews a proof that rests on the header of this height: a link to the newest header, or to the app hash after
   * a height. Undefined where there is nothing to link to: the target lies before, or no such block is there yet.
   */
  readonly renewal: (height: number, to: number | "newest") => Renewal | undefined;
  /** Calls the listener after each durable block; returns how to stop listening. */
  readonly onBlock: (listener: (notice: BlockNotice) => void) => () => void;
  /** Keys in the newest state. */
  readonly stateKeys: () => number;
  /** CPU the signature workers used, in microseconds. */
  readonly signatureCpuMicroseconds: () => number;
  /** Rejects when the ledger cannot go on (a damaged store, a bug in the state machine): the node must stop, loudly. */
  readonly failed: Promise<never>;
  /** Finishes the block under way and closes; what waits in the pool is dropped (it was only admitted). */
  readonly stop: () => Promise<void>;
};
