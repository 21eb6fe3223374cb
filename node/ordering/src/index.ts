export { NOT_NORMALIZED } from "./admission/normal-form.ts";
export { type SignatureVerifier, startSignatureWorkers } from "./admission/signature-workers.ts";
export {
  DEFAULT_LIMITS,
  type LocalOrderingPowers,
  type Log,
  type OrderingLimits,
  startLocalOrdering,
} from "./local-ordering.ts";
export type {
  BlockNotice,
  Ordering,
  OrderingStatus,
  Submission,
  TakeShare,
  UnavailableCode,
  Whereabouts,
} from "./ordering.ts";
export { type Chain, openChain } from "./sequencer/chain.ts";
export type { MachineClock } from "./sequencer/clock.ts";
export { type Candidate, produceBlock, type SignVote, type Tip } from "./sequencer/produce-block.ts";
