import { fromBase64Url, toBase64Url, toHex } from "@acta/bytes";
import { MemoryLedger, operation, testKey } from "@acta/ledger";
import { parsePayload } from "@acta/protocol";
import { expect, test } from "vitest";
import { prepare } from "./prepare.ts";
import { createWords } from "./words.ts";

const ledger = new MemoryLedger();
const powers = {
  environment: ledger.environment,
  contracts: [operation],
  place: () => ({ height: ledger.height + 1, time: { seconds: 1_800_000_000, nanoseconds: 0 } }),
  random: (length: number) => new Uint8Array(length).fill(9),
  words: createWords([]),
};
const stranger = { algorithm: -19, publicKey: toBase64Url(testKey("stranger").publicKey) };
const ask = (body: unknown) =>
  prepare(powers, { contract: "operation", action: "advanceDemoClock", body, language: "en" });

test("a stranger is told what is missing, and gets what there is to sign", () => {
  const answer = ask({ signers: [stranger], input: { seconds: "60" } }) as {
    outcome: { verdict: string; refusal: { code: string; message: string } };
    payload: string;
    toSign: string[];
  };
  expect(answer.outcome).toMatchObject({ verdict: "refused", refusal: { contract: "ledger", code: "not-entitled" } });
  expect(answer.outcome.refusal.message).toContain("missing");
  expect(answer.toSign).toHaveLength(1);
  const payload = parsePayload(fromBase64Url(answer.payload));
  expect(toHex(payload.ledgerId)).toBe(toHex(ledger.environment.ledgerId));
  expect(payload.expiry).toBe(1_800_000_000 + 3000);
  expect(toHex(payload.nonce)).toBe("09".repeat(16));
});

test("a nonce that was drawn beforehand is the payload's", () => {
  const nonce = "0102030405060708090a0b0c0d0e0f10";
  const { payload } = ask({ signers: [stranger], input: { seconds: "60" }, nonce }) as { payload: string };
  expect(toHex(parsePayload(fromBase64Url(payload)).nonce)).toBe(nonce);
});

test.each([
  [undefined, "JSON object"],
  [{ signers: [], input: {} }, "1 to 16"],
  [{ signers: [stranger], input: { seconds: 60 } }, "seconds"],
  [{ signers: [stranger], input: { seconds: "60", more: "1" } }, "more"],
  [{ signers: [{ algorithm: -8, publicKey: "" }], input: { seconds: "60" } }, "algorithm"],
  [{ signers: [{ party: "xyz" }], input: { seconds: "60" } }, "64 hex digits"],
  [{ signers: [stranger], input: { seconds: "60" }, expiry: -1 }, "expiry"],
  [{ signers: [stranger], input: { seconds: "60" }, nonce: "01" }, "nonce"],
  [{ signers: [stranger], input: { seconds: "60" }, extra: 1 }, "extra"],
])("what has not the form of a request is refused in words: %j", (body, words) => {
  expect(() => ask(body)).toThrow(
    expect.objectContaining({ code: "bad-request", detail: expect.stringContaining(words) }),
  );
});
