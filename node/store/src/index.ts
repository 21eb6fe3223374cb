export type {
  CommittedBlock,
  ExecutedBlock,
  LastBlock,
  RecordChange,
  Roots,
  StateWrite,
  StoredBlock,
  StoredHeader,
  TransactionResult,
} from "./block.ts";
export type { Place } from "./block-archive.ts";
export { StoreError, type StoreErrorCode } from "./errors.ts";
export type { Finding } from "./finding.ts";
export { type FsckProgress, fsck } from "./fsck.ts";
export { FAMILY } from "./keys.ts";
export { type OpenOptions, openStore } from "./open-store.ts";
export type { SignedBlock } from "./sign-guard.ts";
export type { Staging, Store } from "./store.ts";
export { PARTS } from "./store-folder.ts";
