/** What the sequencer does next. */
export type Step = "opening" | "wake" | "work" | "proof" | "rest";

/** Idle time, in milliseconds, after which block time has gone stale and an empty wake block goes first. */
const WAKE_AFTER_MS = 2000;

/**
 * Decides the next block of a ledger kept by one node: blocks are made only for work and for what proves it.
 *
 * The first two blocks are empty: the first carries the time of the genesis, the second its proof. A block is as old
 * as the vote on its predecessor; after a pause a wake block brings block time up to the clock. What took long may have
 * been a block itself, on a slow disk or with many deadlines: so a wake block is followed by work, however late it is.
 */
export function nextStep(situation: {
  readonly height: number;
  readonly waiting: number;
  readonly needsProof: boolean;
  readonly idleMs: number;
  /** The step before. */
  readonly before: Step | undefined;
}): Step {
  if (situation.height < 2) return "opening";
  if (situation.waiting > 0) return needsWake(situation) ? "wake" : "work";
  return situation.needsProof ? "proof" : "rest";
}

/** Whether block time has gone stale, so that work would be preceded by a wake block. */
export function needsWake({ idleMs, before }: { readonly idleMs: number; readonly before: Step | undefined }): boolean {
  return idleMs > WAKE_AFTER_MS && before !== "wake";
}
