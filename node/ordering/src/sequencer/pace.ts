/** What the sequencer does next. */
export type Step = "opening" | "wake" | "work" | "proof" | "rest";

/** Idle time, in milliseconds, after which block time has gone stale and an empty wake block goes first. */
export const WAKE_AFTER_MS = 2000;

/**
 * Decides the next block of a ledger kept by one node: blocks are made only for work and for what proves it.
 *
 * The first two blocks are empty: the first carries the time of the genesis, the second its proof. A block is as old
 * as the vote on its predecessor; after a pause a wake block brings block time up to the clock.
 */
export function nextStep(situation: {
  readonly height: number;
  readonly waiting: number;
  readonly needsProof: boolean;
  readonly idleMs: number;
}): Step {
  if (situation.height < 2) return "opening";
  if (situation.waiting > 0) return situation.idleMs > WAKE_AFTER_MS ? "wake" : "work";
  return situation.needsProof ? "proof" : "rest";
}
