export { appHash, logEntry } from "./app-hash.ts";
export { type Call, callFromCbor, callToCbor, type Expectation, encodeCall } from "./call.ts";
export { type Change, changeLeaf, changesRoot } from "./changes.ts";
export { type Explanation, PROTOCOL_ERRORS, ProtocolError, type ProtocolErrorCode } from "./errors.ts";
export {
  DEFAULT_PARAMETERS,
  encodeGenesis,
  type Genesis,
  type GenesisContract,
  type GenesisInstitution,
  type GenesisParameters,
  type GenesisRole,
  type GenesisValidator,
  isLedgerName,
  ledgerId,
  type PublicKey,
  parseGenesis,
} from "./genesis.ts";
export {
  actionsRoot,
  encodeLedgerAction,
  type LedgerAction,
  ledgerActionFromCbor,
  ledgerActionToCbor,
} from "./ledger-action.ts";
export { appState, chainId, encodeOpening, firstOpening, type Opening, parseOpening } from "./opening.ts";
export {
  decodeOutcome,
  encodeOutcome,
  type Outcome,
  type OutcomeVerdict,
  outcomeFromCbor,
  outcomesRoot,
  outcomeToCbor,
  parseResultData,
  type Refusal,
  resultData,
} from "./outcome.ts";
export {
  buildPayload,
  encodePayload,
  identityOf,
  type Mode,
  type Payload,
  type PayloadDraft,
  parsePayload,
} from "./payload.ts";
export {
  type Signature,
  signatureFromCbor,
  signatureOf,
  signaturesHashOf,
  signatureToCbor,
  signingBytes,
} from "./signature.ts";
export { type ListedRole, type Signer, signerFromCbor, signerToCbor, stranger } from "./signer.ts";
export {
  assembleTransaction,
  parseTransaction,
  type RegisteredKey,
  signatureChecks,
  type Transaction,
  type TransactionLimits,
} from "./transaction.ts";
export {
  buildTrustFile,
  DEFAULT_PERIOD_SECONDS,
  encodeTrustFile,
  parseTrustFile,
  type TrustedEpoch,
  type TrustedValidator,
  type TrustFile,
  type TrustFileDraft,
  trustFingerprint,
  type ValidatorSet,
} from "./trust-file.ts";
