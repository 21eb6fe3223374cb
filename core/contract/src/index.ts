export { type Action, action, type CalledRefusals, type InputOf, type PassedInput, type RefusalsOf } from "./action.ts";
export type { Application } from "./application.ts";
export {
  type AuthorityFacts,
  type AuthoritySigner,
  missingAuthority,
  ruleInWords,
  signersInRole,
} from "./authority.ts";
export {
  type Bundle,
  bundleHash,
  bundleOf,
  describedBundle,
  hashOfBundle,
  manifestHash,
  type Wording,
} from "./bundle.ts";
export { codecOf, columnsOf, fieldSchema, jsonSchema, shapeCodec } from "./codec.ts";
export type {
  Actor,
  BlockFacts,
  Context,
  ErasedContext,
  ErasedForeignTable,
  ErasedTable,
  ErasedValues,
  ForeignTable,
  Reach,
  Records,
  State,
  Table,
} from "./context.ts";
export { type ActionDefinition, type Contract, type ContractDefinition, contract } from "./contract.ts";
export { type DeterminismFinding, findNondeterminism } from "./determinism.ts";
export type { Difference } from "./difference.ts";
export { differences, isAdditive } from "./differences.ts";
export { ContractError, type ContractErrorCode, type Step } from "./error.ts";
export type {
  AnyField,
  BaseKind,
  Change,
  Field,
  Given,
  Optional,
  PartyNames,
  Presentation,
  Shape,
  Values,
} from "./field.ts";
export {
  callToJson,
  decodeInput,
  encodeInput,
  inputFromCbor,
  inputFromJson,
  inputToCbor,
  inputToJson,
  type Seal,
} from "./input.ts";
export { dayFromText, dayToText } from "./kinds/date.ts";
export { decimalFromText, decimalToText } from "./kinds/decimal.ts";
export { digestFromBytes } from "./kinds/digest.ts";
export type { Codec, Column, Json, JsonSchema, Mode } from "./kinds/kind.ts";
export { CURRENCY_DIGITS } from "./kinds/money.ts";
export { partyFromBytes, partyToBytes } from "./kinds/party.ts";
export { isCommitted, type SealedArray } from "./kinds/sealed.ts";
export { timeFromText, timeToText } from "./kinds/time.ts";
export { lawPage } from "./law-page.ts";
export { manifestOf, manifestToJson } from "./manifest.ts";
export { codeOf, contractFromManifest, describedContract, type ManifestCode } from "./manifest-reading.ts";
export { type AskedAction, missingInChinese } from "./missing-words.ts";
export {
  givenInputs,
  isSecret,
  type Once,
  type OnceDeclaration,
  type SecretOnce,
  type SecretScope,
  type SharedScope,
  secret,
  TAGS,
} from "./once.ts";
export { type OpenApiInfo, openApi } from "./open-api.ts";
export { partyFromUri, partyToUri } from "./party-uri.ts";
export {
  decodeKey,
  decodeRecord,
  encodeKey,
  encodeRecord,
  keyFromJson,
  keyToJson,
  type RecordSpecification,
  record,
  recordFromJson,
  recordToJson,
} from "./record.ts";
export {
  type ActionReference,
  halvesOf,
  nameOfAction,
  nameOfRecord,
  type RecordReference,
  type ReferredAction,
  type ReferredRecord,
} from "./reference.ts";
export {
  type BlanksOf,
  type BlankValue,
  blanks,
  blanksOf,
  type PlainCodes,
  type Refusals,
  type Refuse,
} from "./refusal.ts";
export { findRefusalWords, type RefusalWords } from "./refusal-words.ts";
export {
  all,
  any,
  anyone,
  caller,
  consent,
  consentEach,
  consentIfAny,
  kOf,
  ledger,
  type RolesOf,
  type Rule,
  type RuleData,
  role,
  self,
  signedBy,
} from "./rule.ts";
export { findMisplaced, type PlacedValue, placesInCall, type SealedPlace, sealedPlaces } from "./sealed-places.ts";
export type { ShapeCodec } from "./shape.ts";
export { t } from "./t.ts";
export type { CellValues, Tally, Total, TotalOf, TotalReader, TotalSum, Totals, TotalValue } from "./total.ts";
export { totalToJson } from "./total-json.ts";
export type { Commitment, Committed, Day, Digest, FileValue, Id, Money, Party, Reference, Time } from "./values.ts";
export { type Say, voiceIn } from "./voice.ts";
export {
  checkApplicationWording,
  checkWording,
  inputWordingKey,
  type Language,
  say,
  type WordingFindings,
  wordingKeys,
} from "./wording.ts";
