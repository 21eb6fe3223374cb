import { describe, expect, test } from "vitest";
import { attack } from "./mutate.ts";
import { sampleChain } from "./samples.ts";

/** In the ring; the soak command asks for more, with other seeds. */
const COUNT = 20_000;

describe("changed receipts, slips and proofs", () => {
  test.each([1, 4])("of a chain of %i validators are never accepted", { timeout: 120_000 }, (validators) => {
    const { samples, now } = sampleChain(validators);
    const { tried, accepted, reasons } = attack(samples, now, COUNT / 2, 20_261_121 + validators);
    expect(accepted.map(({ kind, sample }) => `${kind}: ${sample.name}`)).toEqual([]);
    expect(tried).toBe(COUNT / 2);
    // The attack reaches every layer, not only the form.
    for (const reason of [
      "wrong-form",
      "wrong-call",
      "wrong-outcome",
      "wrong-result",
      "wrong-vote",
      "no-quorum",
      "wrong-link",
      "wrong-state",
      "wrong-action",
      "wrong-disclosure",
      "wrong-signers",
      "unknown-chain",
    ])
      expect(reasons.get(reason) ?? 0, reason).toBeGreaterThan(0);
  });
});
