import { expect, test } from "vitest";
import { nextStep } from "./pace.ts";

const resting = { height: 5, waiting: 0, needsProof: false, idleMs: 60_000, before: "rest" } as const;

test("a ledger opens with two empty blocks", () => {
  expect(nextStep({ ...resting, height: 0 })).toBe("opening");
  expect(nextStep({ ...resting, height: 1, waiting: 3 })).toBe("opening");
});

test("nothing to do means no block", () => {
  expect(nextStep(resting)).toBe("rest");
});

test("work after a pause is preceded by a wake block, work in time is not", () => {
  expect(nextStep({ ...resting, waiting: 1 })).toBe("wake");
  expect(nextStep({ ...resting, waiting: 1, idleMs: 2000 })).toBe("work");
});

test("a wake block is followed by work, even if it took long itself", () => {
  expect(nextStep({ ...resting, waiting: 1, before: "wake" })).toBe("work");
  expect(nextStep({ ...resting, waiting: 1, before: "work" })).toBe("wake");
});

test("a block that entered something is followed by the block that proves it", () => {
  expect(nextStep({ ...resting, needsProof: true })).toBe("proof");
  expect(nextStep({ ...resting, needsProof: true, waiting: 1, idleMs: 5 })).toBe("work");
});
