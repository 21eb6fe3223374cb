import type { Transaction } from "@acta/protocol";
import { expect, test } from "vitest";
import { isNormalized } from "./normal-form.ts";

/** Only the inputs are looked at. */
const withInput = (value: unknown) => ({ calls: [{ input: new Map([["name", value]]) }] }) as unknown as Transaction;

test("composed text, numbers and bytes pass", () => {
  for (const value of ["plain", "é", "林见青", 5, new Uint8Array([0xcc, 0x81]), ["é", new Map([["a", "é"]])]]) {
    expect(isNormalized(withInput(value))).toBe(true);
  }
});

test("decomposed text is found at any depth", () => {
  for (const value of ["e\u0301", ["e\u0301"], new Map([["a", new Map([["b", "\u1100\u1161"]])]])]) {
    expect(isNormalized(withInput(value))).toBe(false);
  }
});
