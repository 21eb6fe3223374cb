import { evidence } from "@acta/applications/evidence/evidence.ts";
import { toHex } from "@acta/bytes";
import { encodeInput } from "@acta/contract";
import { ALGORITHM, keyId, partyOf, verifySignature } from "@acta/crypto";
import { ed25519Signer } from "@acta/native";
import { parseTransaction, signatureChecks } from "@acta/protocol";
import { expect, test } from "vitest";
import { depositInput, depositMaker } from "./deposits.ts";

const number = new Uint8Array(16).fill(7);
const commitment = new Uint8Array(32).fill(9);

test("the input is what the contract's own shape encodes", () => {
  const given = { deposit: toHex(number), file: { commitment: toHex(commitment) } };
  const input = encodeInput(evidence.actions.deposit.input, given as never); // ids are branded texts
  expect(input).toEqual(depositInput(number, commitment));
});

test.each([1, 20])("a transaction of %i deposits is well-formed and signed", (per) => {
  const secret = new Uint8Array(32).fill(1);
  const { publicKey } = ed25519Signer(secret);
  const id = keyId(ALGORITHM.ed25519, publicKey);
  const ledgerId = new Uint8Array(32).fill(2);
  const make = depositMaker({ ledgerId, expiry: 1_800_000_000, secret, party: partyOf(id), keyId: id }, per);
  const transaction = parseTransaction(make(), { maxBytes: 2 << 20, maxCalls: 100, ledgerId });
  expect(transaction.calls).toHaveLength(per);
  const checks = signatureChecks(transaction, () => ({ algorithm: ALGORITHM.ed25519, publicKey }));
  if (typeof checks === "string") throw new Error(checks);
  expect(checks.every(verifySignature)).toBe(true);
});
