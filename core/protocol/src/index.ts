export { type Acted, buildActed } from "./acted.ts";
export { appHash, logEntry } from "./app-hash.ts";
export { type Call, callFromCbor, callToCbor, type Expectation, encodeCall } from "./call.ts";
export { type Change, changeLeaf, changesRoot } from "./changes.ts";
export { type Disclosure, type Sealed, sealedAt, sealedToCbor } from "./disclosure.ts";
export { type Explanation, PROTOCOL_ERRORS, ProtocolError, type ProtocolErrorCode } from "./errors.ts";
export type { MeasuredFile } from "./examination/slip.ts";
export { explain, explainError, type Language } from "./explain.ts";
export {
  DEFAULT_PARAMETERS,
  encodeGenesis,
  type Genesis,
  type GenesisContract,
  type GenesisInstitution,
  type GenesisParameters,
  type GenesisRole,
  type GenesisValidator,
  ledgerId,
  type PublicKey,
} from "./genesis.ts";
export { parseGenesis } from "./genesis-form.ts";
export {
  actionsRoot,
  encodeLedgerAction,
  type LedgerAction,
  ledgerActionFromCbor,
  ledgerActionToCbor,
} from "./ledger-action.ts";
export { isLedgerName } from "./ledger-name.ts";
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
export { encodeProof, type Proof, parseProof, proofKindOf, renewProof } from "./proof.ts";
export { REASONS, type Reason } from "./reasons.ts";
export { buildReceipt, isReceiptOf, type Receipt, type ReceiptDraft, receiptsOf } from "./receipt.ts";
export { encodeRenewal, parseRenewal } from "./renewal.ts";
export {
  type Signature,
  signatureFromCbor,
  signatureOf,
  signaturesHashOf,
  signatureToCbor,
  signingBytes,
} from "./signature.ts";
export { type ListedRole, type Signer, signerFromCbor, signerToCbor, stranger } from "./signer.ts";
export { buildSlip, type Slip } from "./slip.ts";
export { buildStateProof, type StateProof } from "./state-proof.ts";
export {
  assembleTransaction,
  parseTransaction,
  type RegisteredKey,
  signatureChecks,
  type Transaction,
  type TransactionLimits,
} from "./transaction.ts";
export {
  DEFAULT_PERIOD_SECONDS,
  parseTrustFile,
  type TrustedEpoch,
  type TrustedValidator,
  type TrustFile,
  trustFingerprint,
  type ValidatorSet,
} from "./trust-file.ts";
export { buildTrustFile, encodeTrustFile, type TrustFileDraft } from "./trust-file-build.ts";
export { byCommit, type Link, MOST_LINKS, type Renewal, type Trusted, type TrustedEnd } from "./trusted.ts";
export type {
  ClaimedFile,
  ProofContent,
  ProofKind,
  ProvedRecord,
  Verdict,
  VerifiedSigner,
} from "./verdict.ts";
export { type Examination, examineProof, type VerificationOptions, verifyProof } from "./verify.ts";
