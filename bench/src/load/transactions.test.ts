import { evidence } from "@acta/applications/evidence/evidence.ts";
import { toHex } from "@acta/bytes";
import { encodeInput } from "@acta/contract";
import { ALGORITHM, verifySignature } from "@acta/crypto";
import { parseTransaction, signatureChecks } from "@acta/protocol";
import { expect, test } from "vitest";
import { benchKey } from "../ledger/bench-ledger.ts";
import { depositInput, type Kind, transactionMaker } from "./transactions.ts";

const number = new Uint8Array(16).fill(7);
const commitment = new Uint8Array(32).fill(9);
const ledgerId = new Uint8Array(32).fill(2);
const [first, second] = [benchKey("first"), benchKey("second")];

function made(kind: Kind, per: number, count: number) {
  const make = transactionMaker({ ledgerId, expiry: 1_800_000_000, writers: [first, second], kind, per });
  return Array.from({ length: count }, () => parseTransaction(make(), { maxBytes: 2 << 20, maxCalls: 100, ledgerId }));
}

test("the input is what the contract's own shape encodes", () => {
  const given = { deposit: toHex(number), file: { commitment: toHex(commitment) } };
  const input = encodeInput(evidence.actions.deposit.input, given as never); // ids are branded texts
  expect(input).toEqual(depositInput(number, commitment));
});

test.each([
  ["deposit", 1],
  ["deposit", 20],
  ["counted", 20],
  ["plain", 20],
  ["shared-counter", 1],
  ["own-counter", 1],
] as const)("transactions of kind %s with %i calls are well-formed, and signed in turns", (kind, per) => {
  const transactions = made(kind, per, 2);
  expect(transactions.map(({ calls }) => calls.length)).toEqual([per, per]);
  for (const [index, { publicKey }] of [first, second].entries()) {
    const transaction = transactions[index] ?? expect.fail("too few");
    const checks = signatureChecks(transaction, () => ({ algorithm: ALGORITHM.ed25519, publicKey }));
    if (typeof checks === "string") throw new Error(checks);
    expect(checks.map(verifySignature)).toEqual([true]);
  }
});

test("writers share ten counters, or have one each", () => {
  const names = (kind: Kind) =>
    made(kind, 1, 2).map(({ calls: [call] }) => call?.input instanceof Map && call.input.get("counter"));
  expect(names("shared-counter")).toEqual(["counter-0", "counter-1"]);
  expect(names("own-counter")).toEqual(["counter-10", "counter-11"]);
});
