import { encode, fromHex, fromObject, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { expect, test } from "vitest";
import { appHash, logEntry } from "./app-hash.ts";
import { changeLeaf, changesRoot } from "./changes.ts";
import {
  actionsRoot,
  encodeLedgerAction,
  type LedgerAction,
  ledgerActionFromCbor,
  ledgerActionToCbor,
} from "./ledger-action.ts";
import { decodeOutcome, encodeOutcome, type Outcome, outcomesRoot, parseResultData, resultData } from "./outcome.ts";

const hash = (byte: number) => new Uint8Array(32).fill(byte);
const accepted: Outcome = {
  index: 0,
  callHash: hash(1),
  verdict: "accepted",
  refusal: null,
  bundleHash: hash(2),
  changesRoot: hash(3),
};
const refusal = { contract: "registry", code: "already-entered", blanks: fromObject({ title: "x" }) };
const refused: Outcome = { ...accepted, index: 1, verdict: "refused", refusal, changesRoot: null };
const action: LedgerAction = {
  index: 0,
  due: 1_800_000_000,
  contract: "registry",
  action: "expire",
  name: "a",
  verdict: "accepted",
  refusal: null,
  bundleHash: hash(2),
  changesRoot: hash(3),
};

test.each([
  accepted,
  refused,
  { ...refused, bundleHash: null },
  { ...accepted, verdict: "undone", changesRoot: null } as const,
])("an outcome comes back as it was written (%#)", (outcome) => {
  expect(decodeOutcome(encodeOutcome(outcome))).toEqual(outcome);
});

test.each([
  { ...accepted, refusal },
  { ...accepted, bundleHash: null },
  { ...accepted, changesRoot: null },
  { ...refused, refusal: null },
  { ...refused, changesRoot: hash(3) },
])("an outcome that contradicts itself is refused (%#)", (outcome) => {
  expect(() => decodeOutcome(encodeOutcome(outcome))).toThrow(/outcome/);
});

test("a result names identity, signatures and the root of the outcomes", () => {
  const root = outcomesRoot([accepted, refused].map(encodeOutcome));
  const data = resultData(hash(8), hash(9), root);
  expect(parseResultData(data)).toEqual({ identity: hash(8), signaturesHash: hash(9), outcomesRoot: root });
  expect(() => parseResultData(encode([2, hash(8), hash(9), root]))).toThrow(/version/);
});

test("no changes have the root of the empty list", () => {
  expect(toHex(changesRoot([]))).toBe(toHex(sha256(new Uint8Array())));
  expect(toHex(changeLeaf([2, "a", "b"], null))).toBe(toHex(encode([encode([2, "a", "b"]), null])));
});

test("a ledger action comes back as it was written", () => {
  expect(ledgerActionFromCbor(ledgerActionToCbor(action))).toEqual(action);
  expect(() => ledgerActionFromCbor(ledgerActionToCbor({ ...action, refusal }))).toThrow(/action/);
  expect(actionsRoot([]).length).toBe(32);
  expect(encodeLedgerAction(action)[0]).toBe(0x89);
});

test("app hash and log entry bind every part", () => {
  const parts = [
    appHash(hash(1), hash(2), hash(3), 4),
    appHash(hash(1), hash(2), hash(3), 5),
    appHash(hash(1), hash(3), hash(2), 4),
  ];
  expect(new Set(parts.map(toHex)).size).toBe(3);
  expect(toHex(logEntry(1, hash(1), 0, hash(2)))).not.toBe(toHex(logEntry(1, hash(1), 1, hash(2))));
  expect(fromHex(toHex(parts[0] as Uint8Array))).toEqual(parts[0]);
});
