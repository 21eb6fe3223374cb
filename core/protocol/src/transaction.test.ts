import { fromObject, toHex } from "@acta/bytes";
import { ed25519, keyId, verifySignature } from "@acta/crypto";
import { leafHash } from "@acta/merkle";
import { describe, expect, test } from "vitest";
import type { Call } from "./call.ts";
import { ProtocolError, type ProtocolErrorCode } from "./errors.ts";
import { buildPayload, identityOf, type PayloadDraft } from "./payload.ts";
import { signatureOf, signaturesHashOf, signingBytes } from "./signature.ts";
import { type Signer, stranger } from "./signer.ts";
import { assembleTransaction, parseTransaction, signatureChecks } from "./transaction.ts";

const LIMITS = { maxBytes: 2_097_152, maxCalls: 10_000 };
const SECRETS = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
const KEYS = SECRETS.map((secret) => ed25519.publicKey(secret));
const KEY_IDS = KEYS.map((key) => keyId(-19, key));
const ledgerId = new Uint8Array(32).fill(7);
const nothing = new Uint8Array();
const blind = (byte: number) => new Uint8Array(16).fill(byte);

const call = (title: string, blindBytes: Uint8Array): Call => ({
  contract: "registry",
  version: 1,
  action: "enter",
  input: fromObject({ title }),
  expects: [{ contract: "registry", record: "entry", key: ["a", 1], valueHash: null }],
  blind: blindBytes,
});

const draft = (change: Partial<PayloadDraft> = {}): PayloadDraft => ({
  ledgerId,
  expiry: 1_800_000_000,
  nonce: blind(9),
  signers: [stranger(-19, KEYS[0] as Uint8Array)],
  mode: "each",
  calls: [call("one", nothing)],
  ...change,
});

const sign = (payloadBytes: Uint8Array, index: number) => {
  const id = KEY_IDS[index] as Uint8Array;
  return signatureOf(-19, id, ed25519.sign(SECRETS[index] as Uint8Array, signingBytes(-19, id, payloadBytes)));
};

const build = (change: Partial<PayloadDraft> = {}, signedBy = [0]) => {
  const { payloadBytes, callBytes } = buildPayload(draft(change));
  const signatures = signedBy.map((index) => sign(payloadBytes, index));
  return { payloadBytes, callBytes, signatures, bytes: assembleTransaction(payloadBytes, signatures, callBytes) };
};

const codeOf = (
  bytes: Uint8Array,
  limits: Parameters<typeof parseTransaction>[1] = LIMITS,
): ProtocolErrorCode | "fine" => {
  try {
    parseTransaction(bytes, limits);
    return "fine";
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
};

const registered: Signer = {
  kind: "registered",
  party: new Uint8Array(32).fill(5),
  institution: new Uint8Array(32).fill(6),
  roles: [["registry", "registrar"]],
  mandates: [blind(4)],
};

describe("a transaction", () => {
  test("comes back as it was built, with the hashes that outcomes name", () => {
    const { bytes, payloadBytes, callBytes, signatures } = build();
    const transaction = parseTransaction(bytes, LIMITS);
    expect(transaction.payload.signers).toEqual(draft().signers);
    expect(transaction.calls).toEqual(draft().calls);
    expect(transaction.callBytes.map(toHex)).toEqual(callBytes.map(toHex));
    expect(transaction.callHashes.map(toHex)).toEqual(callBytes.map((each) => toHex(leafHash(each))));
    expect(toHex(transaction.identity)).toBe(toHex(identityOf(payloadBytes)));
    expect(toHex(transaction.signaturesHash)).toBe(toHex(signaturesHashOf(signatures)));
  });

  test("verifies by the keys it carries and those that the state names", () => {
    const signers = [stranger(-19, KEYS[0] as Uint8Array), registered];
    const transaction = parseTransaction(build({ signers }, [0, 1]).bytes, LIMITS);
    const checks = signatureChecks(transaction, () => ({ algorithm: -19, publicKey: KEYS[1] as Uint8Array }));
    expect(Array.isArray(checks) && checks.map(verifySignature)).toEqual([true, true]);
    expect(signatureChecks(transaction, () => undefined)).toBe("unknown-key");
    expect(signatureChecks(transaction, () => ({ algorithm: -9, publicKey: new Uint8Array(33) }))).toBe(
      "wrong-algorithm",
    );
    expect(
      signatureChecks(
        transaction,
        () => undefined,
        () => true,
      ),
    ).toBe("key-not-in-force");
  });

  test("of several calls keeps each call's bytes", () => {
    const calls = [call("one", blind(1)), call("two", blind(2)), call("three", blind(3))];
    const transaction = parseTransaction(build({ calls, mode: "together" }).bytes, LIMITS);
    expect(transaction.payload).toMatchObject({ mode: "together", count: 3 });
    expect(transaction.calls).toEqual(calls);
  });
});

describe("a transaction is refused in one word", () => {
  const two = [call("one", blind(1)), call("two", blind(2))];
  const good = build();
  const rebuilt = (signatures = good.signatures, callBytes = good.callBytes) =>
    assembleTransaction(good.payloadBytes, signatures, callBytes);

  test.each<[ProtocolErrorCode, Uint8Array]>([
    ["malformed-cbor", good.bytes.subarray(1)],
    ["malformed-cbor", Uint8Array.of(...good.bytes, 0)],
    ["wrong-signature-count", rebuilt([])],
    ["wrong-signature-count", rebuilt([sign(good.payloadBytes, 0), sign(good.payloadBytes, 1)])],
    ["wrong-signer-order", rebuilt([sign(good.payloadBytes, 1)])],
    ["wrong-calls-root", rebuilt(undefined, buildPayload(draft({ calls: [call("two", nothing)] })).callBytes)],
    ["wrong-call-count", rebuilt(undefined, buildPayload(draft({ calls: two })).callBytes)],
    ["malformed-transaction", rebuilt(undefined, [])],
    ["wrong-blind", build({ calls: [call("one", blind(1))] }).bytes],
    ["wrong-blind", build({ calls: [call("one", blind(1)), call("two", nothing)] }).bytes],
    [
      "duplicate-signer",
      build({ signers: [stranger(-19, KEYS[0] as Uint8Array), stranger(-19, KEYS[0] as Uint8Array)] }, [0, 0]).bytes,
    ],
    ["duplicate-key", build({ signers: [stranger(-19, KEYS[0] as Uint8Array), registered] }, [0, 0]).bytes],
    [
      "duplicate-role",
      build(
        {
          signers: [
            {
              ...registered,
              roles: [
                ["a", "b"],
                ["a", "b"],
              ],
            },
          ],
        },
        [1],
      ).bytes,
    ],
    ["duplicate-mandate", build({ signers: [{ ...registered, mandates: [blind(1), blind(1)] }] }, [1]).bytes],
    ["malformed-signer", build({ signers: [{ ...registered, party: nothing }] }, [1]).bytes],
    ["malformed-signer", build({ signers: [{ ...registered, roles: [] }] }, [1]).bytes],
    ["wrong-signer-count", build({ signers: [] }, []).bytes],
    ["expiry-out-of-range", build({ expiry: 253_402_300_800 }).bytes],
    ["expiry-out-of-range", build({ expiry: -1 }).bytes],
    ["malformed-payload", build({ nonce: nothing }).bytes],
    ["malformed-call", build({ calls: [{ ...call("one", nothing), input: new Map([[1, 2]]) }] }).bytes],
    [
      "malformed-expectation",
      build({
        calls: [{ ...call("one", nothing), expects: [{ contract: "a", record: "b", key: [], valueHash: nothing }] }],
      }).bytes,
    ],
    ["malformed-signature", rebuilt([{ ...sign(good.payloadBytes, 0), bytes: nothing }])],
  ])("%s (%#)", (code, bytes) => {
    expect(codeOf(bytes)).toBe(code);
  });

  test("too large, too many calls, another ledger", () => {
    expect(codeOf(good.bytes, { ...LIMITS, maxBytes: good.bytes.length - 1 })).toBe("too-large");
    expect(codeOf(build({ calls: two }).bytes, { ...LIMITS, maxCalls: 1 })).toBe("too-many-calls");
    expect(codeOf(good.bytes, { ...LIMITS, ledgerId: new Uint8Array(32) })).toBe("wrong-ledger");
    expect(codeOf(good.bytes, { ...LIMITS, ledgerId })).toBe("fine");
  });
});
