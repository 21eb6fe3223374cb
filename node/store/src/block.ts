import type { CborValue } from "@acta/bytes";
import type { BlockId, Commit, Header } from "@acta/light-client";
import type { LedgerAction } from "@acta/protocol";

/** What came of one transaction of a block; `changes` holds, for each call, the records it left different. */
export type TransactionResult = {
  readonly identity: Uint8Array;
  readonly signaturesHash: Uint8Array;
  /** The outcomes' encodings, one for each call in order. */
  readonly outcomeBytes: readonly Uint8Array[];
  readonly outcomesRoot: Uint8Array;
  /** The data of the ExecTxResult (FORMATS §4). */
  readonly data: Uint8Array;
  readonly changes: readonly (readonly RecordChange[])[];
};

/** A record's state key elements and the hash of its new value, or null where it was removed. */
export type RecordChange = readonly [key: readonly CborValue[], valueHash: Uint8Array | null];

/** A state write: key bytes and new value, or null for a removal, with their hashes where those are known. Each key once. */
export type StateWrite = readonly [key: Uint8Array, value: Uint8Array | null, hashes?: WriteHashes];

/** SHA-256 of a key and of the value written under it, null for a removal. */
export type WriteHashes = { readonly key: { readonly hash: Uint8Array }; readonly valueHash: Uint8Array | null };

/** What executing a block gave, as far as the store keeps it; @acta/ledger's BlockExecution is one. */
export type ExecutedBlock = {
  readonly results: readonly TransactionResult[];
  readonly actions: readonly LedgerAction[];
  /** For each of these, the records it left different. */
  readonly actionChanges: readonly (readonly RecordChange[])[];
  readonly writes: readonly StateWrite[];
  /** Identities of class one that were spent, in order of execution. */
  readonly identities: readonly (readonly [bucket: number, identity: Uint8Array])[];
  readonly droppedBuckets: readonly number[];
};

/** State root, log root and app hash after a block (FORMATS §5). */
export type Roots = { readonly stateRoot: Uint8Array; readonly logRoot: Uint8Array; readonly appHash: Uint8Array };

/** A block to be made durable. Roots that are given are compared with the store's own. */
export type CommittedBlock = Partial<Roots> & {
  /** The ledger's height: one more than the last. */
  readonly height: number;
  readonly header: Header;
  readonly headerHash: Uint8Array;
  readonly blockId: BlockId;
  /** The commit first seen of this very block. */
  readonly commit: Commit;
  readonly transactions: readonly Uint8Array[];
  readonly execution: ExecutedBlock;
};

/** A block as it was read back and checked: against the log's entry, its header's hashes and the next header. */
export type StoredBlock = {
  readonly height: number;
  readonly header: Header;
  readonly headerHash: Uint8Array;
  readonly blockId: BlockId;
  readonly commit: Commit;
  readonly transactions: readonly Uint8Array[];
  readonly results: readonly TransactionResult[];
  readonly actions: readonly LedgerAction[];
  /** For each of these, the records it left different. */
  readonly actionChanges: readonly (readonly RecordChange[])[];
  readonly actionsRoot: Uint8Array;
  /** State root after the block. */
  readonly stateRoot: Uint8Array;
};

/** The header of a block with what a link needs (FORMATS §7), checked against the log's entry. */
export type StoredHeader = {
  readonly height: number;
  readonly header: Header;
  readonly headerHash: Uint8Array;
  readonly blockId: BlockId;
  readonly actionCount: number;
  readonly actionsRoot: Uint8Array;
  /** State root after the block. */
  readonly stateRoot: Uint8Array;
};

/** The newest block, with what the next one needs. */
export type LastBlock = Roots & {
  readonly height: number;
  readonly header: Header;
  readonly headerHash: Uint8Array;
  readonly blockId: BlockId;
  readonly commit: Commit;
  /** Root of this block's results: the next header's last results hash. */
  readonly resultsHash: Uint8Array;
};
