export { type Admission, type AdmissionDesk, admissionDesk, admit, admitAt } from "./admit.ts";
export type { BlockPlace } from "./block-draft.ts";
export { type ClosedVersion, readClosedVersion, readVersionHead, type VersionHead } from "./closed-versions.ts";
export { type ContractLibrary, type ContractSource, contractLibrary } from "./contract-library.ts";
export { builtIn } from "./contracts/built-in.ts";
export { institutions } from "./contracts/institutions.ts";
export { operation } from "./contracts/operation.ts";
export { type Deadline, findDeadline } from "./deadlines.ts";
export { type DryRun, dryRun } from "./dry-run.ts";
export type {
  BlockTime,
  ContractLookup,
  Environment,
  Flags,
  IdentityReader,
  NamedKey,
  StateReader,
} from "./environment.ts";
export { LedgerError, type LedgerErrorCode } from "./error.ts";
export {
  type BlockExecution,
  type BlockInput,
  type BlockWrite,
  executeBlock,
  nextDue,
  type Selection,
  selectTransactions,
} from "./execute-block.ts";
export type { TransactionResult } from "./execute-transaction.ts";
export { type GenesisWrite, genesisState } from "./genesis.ts";
export { type InadmissibleCode, inadmissible } from "./inadmissible.ts";
export { MEMORY_TIME, type MemoryGenesis, type MemoryInstitution, memoryGenesis, testKey } from "./memory-genesis.ts";
export {
  type CallOptions,
  type Examination,
  type MemoryBlock,
  MemoryLedger,
  type MemoryTransaction,
  type RecordedGenesis,
} from "./memory-ledger.ts";
export {
  type Moment,
  type RecordAnswer,
  type RecordQuestion,
  recordKeys,
  shownRecord,
  type VersionEnd,
} from "./record-reading.ts";
export { Recount, recountTotals, type TotalFinding } from "./recount.ts";
export { LEDGER, type LedgerRefusalCode, ledgerRefusals } from "./refusal.ts";
export { bucketOf } from "./replay.ts";
export { type ShownState, type StatePlace, showKeys } from "./shown-state.ts";
export {
  asRegistered,
  asStranger,
  type SignerWithKey,
  type SigningKey,
  signingKey,
  signTransaction,
  type TransactionDraft,
} from "./sign-transaction.ts";
export {
  bucketKey,
  closedVersionKey,
  contractKey,
  contractVersionKey,
  dueKey,
  identityKey,
  onceKey,
  recordKey,
  SPACE,
  type StateKey,
  systemKey,
  totalKey,
  versionHeadKey,
} from "./state-key.ts";
export { type Counter, decodeCounter } from "./total-counter.ts";
export { shownTotal, type TotalAnswer, type TotalQuestion, totalKeys } from "./total-reading.ts";
export { ledgerWording } from "./wording.ts";
export { dayOf } from "./zone.ts";
