/** What a verdict means for a person: a sentence, and what to do next. */
type Explained = {
  readonly verdict: "valid" | "not-valid" | "cannot-tell";
  readonly meaning: string;
  readonly remedy: string;
};

const again = "Get the proof again from where it came, and do not rely on this one.";
const renew = "Ask a node of the ledger to renew the proof.";
const newerFile = "Get a newer trust file from an institution that you trust, and compare its fingerprint.";

/**
 * Every reason that a verdict can have, and the verdict that it makes; zh.json beside this file has them in Chinese.
 * The list is closed: a page may have one picture for each. Where nothing is wrong but several things keep the proof
 * from being believed, the first of them in this list is given.
 */
export const REASONS = {
  valid: {
    verdict: "valid",
    meaning: "Everything that the proof says has been verified.",
    remedy: "Nothing needs to be done.",
  },
  "wrong-form": {
    verdict: "not-valid",
    meaning: "The bytes do not have the form of a proof: cut off, changed or something else.",
    remedy: again,
  },
  "unknown-version": {
    verdict: "not-valid",
    meaning: "The proof is of a version that this program does not know.",
    remedy: "Use a newer version of this program.",
  },
  "unknown-ledger": {
    verdict: "not-valid",
    meaning: "The proof is of another ledger than the trust file.",
    remedy: "Get the trust file of the ledger that the proof names.",
  },
  "wrong-call": { verdict: "not-valid", meaning: "The call is not one of those that were signed.", remedy: again },
  "wrong-outcome": {
    verdict: "not-valid",
    meaning: "The outcome is not that of this call in this transaction.",
    remedy: again,
  },
  "wrong-result": {
    verdict: "not-valid",
    meaning: "The outcome is not among the results of the block.",
    remedy: again,
  },
  "wrong-signers": {
    verdict: "not-valid",
    meaning: "The signatures and keys are not those of the signers named.",
    remedy: again,
  },
  "wrong-signature": { verdict: "not-valid", meaning: "A signer's signature does not verify.", remedy: again },
  "wrong-disclosure": {
    verdict: "not-valid",
    meaning: "An opened value is not the one that was sealed.",
    remedy: again,
  },
  "wrong-file": {
    verdict: "not-valid",
    meaning: "The file is not the one that the proof speaks of.",
    remedy: "Choose the file for which the proof was made; a single changed byte makes it another file.",
  },
  "no-file": {
    verdict: "not-valid",
    meaning: "The proof shows no file's fingerprint, so it proves nothing about this file.",
    remedy: "Use the slip with its opened values, or check the proof without a file.",
  },
  "wrong-action": {
    verdict: "not-valid",
    meaning: "The ledger's action is not among those of its block.",
    remedy: again,
  },
  "wrong-state": {
    verdict: "not-valid",
    meaning: "The records are not those of the ledger's state at that height.",
    remedy: again,
  },
  "wrong-link": { verdict: "not-valid", meaning: "A link from a header to a later one does not hold.", remedy: again },
  "wrong-header": {
    verdict: "not-valid",
    meaning: "A header contradicts what the trust file lists for its height.",
    remedy: again,
  },
  "wrong-vote": { verdict: "not-valid", meaning: "A validator's vote does not verify.", remedy: again },
  "no-quorum": {
    verdict: "not-valid",
    meaning: "The votes do not make just more than two thirds of the validators.",
    remedy: again,
  },
  "no-trust-file": {
    verdict: "cannot-tell",
    meaning: "Without a trust file nothing can be said.",
    remedy: "Get a trust file from an institution that you trust; never the one that came with the proof.",
  },
  "trust-file-malformed": {
    verdict: "cannot-tell",
    meaning: "The trust file is damaged or breaks a rule, so it is not used.",
    remedy: newerFile,
  },
  "unknown-chain": {
    verdict: "cannot-tell",
    meaning: "The proof rests on a chain that the trust file does not list.",
    remedy: newerFile,
  },
  "epoch-closed": {
    verdict: "cannot-tell",
    meaning: "The proof rests on votes of an epoch that has ended.",
    remedy: renew,
  },
  "set-retired": {
    verdict: "cannot-tell",
    meaning: "The proof rests on votes of validators who have been replaced.",
    remedy: renew,
  },
  "unknown-set": {
    verdict: "cannot-tell",
    meaning: "The proof rests on votes of validators that the trust file does not list.",
    remedy: newerFile,
  },
  "height-not-listed": {
    verdict: "cannot-tell",
    meaning: "The proof ends at a height for which the trust file lists nothing.",
    remedy: renew,
  },
  "no-clock": {
    verdict: "cannot-tell",
    meaning: "Without a clock no votes can be believed.",
    remedy: "Set the clock, or use a proof that was renewed to the trust file's anchor.",
  },
  "trust-file-too-old": {
    verdict: "cannot-tell",
    meaning: "The trust file is too old to believe votes by it.",
    remedy: newerFile,
  },
  "header-too-old": {
    verdict: "cannot-tell",
    meaning: "The votes are older than the trust file allows.",
    remedy: renew,
  },
  "header-in-future": {
    verdict: "cannot-tell",
    meaning: "The proof is dated in the future of this device.",
    remedy: "Set the clock and check again.",
  },
  "suite-ended": {
    verdict: "cannot-tell",
    meaning: "A signature is of an algorithm that the trust file no longer believes, or never did.",
    remedy: renew,
  },
} as const satisfies Record<string, Explained>;

/** A stable word for why a verdict is what it is. */
export type Reason = keyof typeof REASONS;
