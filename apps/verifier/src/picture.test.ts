import { REASONS, type Reason, type Verdict } from "@acta/protocol";
import { expect, test } from "vitest";
import { SIGNS, signOf } from "./picture.ts";

const verdict = (reason: Reason, more: Partial<Verdict> = {}): Verdict => ({
  verdict: REASONS[reason].verdict,
  reason,
  kind: "slip",
  demo: false,
  file: "none",
  ...more,
});

test("only a valid verdict is drawn as one", () => {
  for (const reason of Object.keys(REASONS) as Reason[]) // its own keys
    expect(signOf(verdict(reason)) === "valid", reason).toBe(reason === "valid");
});

test("green stands for valid alone, and red for not valid and for refusals", () => {
  for (const reason of Object.keys(REASONS) as Reason[]) {
    const { tone } = SIGNS[signOf(verdict(reason))];
    if (tone === "valid") expect(reason).toBe("valid");
    if (tone === "wrong") expect(REASONS[reason].verdict).toBe("not-valid");
  }
});

test("a genuine receipt of a refusal is shown as refused", () => {
  const outcome = { index: 0, callHash: new Uint8Array(32), refusal: null, bundleHash: null, changesRoot: null };
  expect(signOf(verdict("valid", { outcome: { ...outcome, verdict: "refused" } }))).toBe("refused");
  expect(signOf(verdict("valid", { outcome: { ...outcome, verdict: "undone" } }))).toBe("undone");
  expect(signOf(verdict("valid", { outcome: { ...outcome, verdict: "accepted" } }))).toBe("valid");
});
