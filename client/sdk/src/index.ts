export { fromHex, toHex, utf8Decode, utf8Encode } from "@acta/bytes";
export {
  dayFromText,
  inputFromJson,
  partyFromUri,
  partyToUri,
  type Say,
  timeFromText,
  timeToText,
  voiceIn,
} from "@acta/contract";
export {
  type Expectation,
  explain,
  ProtocolError,
  parseTrustFile,
  type TrustFile,
  trustFingerprint,
  type Verdict,
  verifyProof,
} from "@acta/protocol";
export { type ActingKey, actingKey } from "./acting-key.ts";
export {
  type Command,
  CommandError,
  type CommandFiles,
  type CommandHost,
  type CommandOptions,
  type HashedFile,
} from "./command.ts";
export { type Composed, type Composition, compose, type RandomBytes } from "./compose.ts";
export {
  type CallOptions,
  type CallOutcome,
  type ContractClientPowers,
  callAction,
  contractClient,
  EXPIRY_SECONDS,
  verified,
} from "./contract-client.ts";
export {
  type AsOf,
  type ContractReader,
  contractReader,
  type ReaderPowers,
  readRecord,
  readTotal,
  type VerifiedRead,
  type VerifiedRecord,
  type VerifiedTotal,
} from "./contract-reader.ts";
export { type Entered, enter } from "./enter.ts";
export { SdkError, type SdkErrorCode } from "./error.ts";
export { expectationsIn } from "./expectations.ts";
export {
  algorithmOf,
  formatKeyFile,
  type KeyFile,
  keyFromSecret,
  ownParty,
  parseKeyFile,
  SUITES,
  type Suite,
  signWith,
} from "./key-file.ts";
export {
  type ActAnswer,
  createNodeClient,
  type NodeClient,
  type NodePowers,
  type RecordAddress,
  type StatusAnswer,
  type SubmissionAnswer,
  type TransactionAnswer,
} from "./node-client.ts";
export { type Outbox, type OutboxCall, openOutbox } from "./outbox/outbox.ts";
export { readVerdicts, type VerdictRow } from "./outbox/verdicts.ts";
export { type ProofPowers, type Proved, proveAct, proveRecords } from "./proved.ts";
export { readSlip } from "./read-slip.ts";
export type { SampleHost } from "./sample-host.ts";
export { type SealContext, type SealedInput, sealInput } from "./seal-input.ts";
