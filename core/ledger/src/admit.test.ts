import { byteText, concatBytes, decodeTransaction, Envelope98, encode, map, toHex } from "@acta/bytes";
import { encodeRecord } from "@acta/contract";
import { ALGORITHM } from "@acta/crypto";
import { assembleTransaction, buildPayload, signatureOf } from "@acta/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ann, asAnn, asBob, asRegistrar, bank, bob, openLedger, registrar, secondKey } from "../test/ledger.ts";
import { admit } from "./admit.ts";
import { institutions } from "./contracts/institutions.ts";
import { executeBlock, selectTransactions } from "./execute-block.ts";
import type { InadmissibleCode } from "./inadmissible.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { partyKey } from "./parties.ts";
import { asRegistered, asStranger, type SignerWithKey, signingKey } from "./sign-transaction.ts";

const NOW_AHEAD = 1;

function make(ledger: MemoryLedger, signers: readonly SignerWithKey[], expiry = ledger.time + 600, count = 1) {
  const call = ledger.call("counter", "add", { name: "a", by: 1n });
  return ledger.sign({ signers, expiry, calls: Array.from({ length: count }, () => call) });
}

/** The envelope's parts, changed and put together again. */
function rewrap(bytes: Uint8Array, change: (parts: Parts) => Parts): Uint8Array {
  const [envelope, calls] = decodeTransaction(bytes) as unknown as [Envelope98, unknown[]];
  const [, , payload, signatures] = envelope.value as unknown as [never, never, Uint8Array, unknown[]];
  const parts = change({ payload, signatures, calls });
  const cose = [new Uint8Array(), new Map(), parts.payload, parts.signatures];
  return encode([new Envelope98(cose as never), parts.calls] as never);
}

type Parts = { readonly payload: Uint8Array; readonly signatures: unknown[]; readonly calls: unknown[] };

/** What makes a transaction inadmissible, and the word for it. */
const faults: readonly (readonly [what: string, code: InadmissibleCode, make: (ledger: MemoryLedger) => Uint8Array])[] =
  [
    ["bytes that are no CBOR", "malformed-cbor", () => new Uint8Array([255, 1, 2])],
    ["no bytes at all", "malformed-cbor", () => new Uint8Array()],
    ["a byte too many", "malformed-cbor", (l) => concatBytes(make(l, [asAnn]), new Uint8Array(1))],
    [
      "an array's length spelt longer than it need be",
      "malformed-cbor",
      (l) => {
        const bytes = make(l, [asAnn]);
        return concatBytes(new Uint8Array([0x98, bytes[0] as number & 31]), bytes.subarray(1));
      },
    ],
    ["another thing than a transaction", "malformed-cbor", () => encode(["hello"])],
    [
      "an envelope with a header",
      "malformed-transaction",
      (l) => {
        const [, calls] = decodeTransaction(make(l, [asAnn])) as unknown as [never, never];
        return encode([new Envelope98([new Uint8Array(1), new Map(), new Uint8Array(), []]), calls] as never);
      },
    ],
    ["more bytes than the ledger takes", "too-large", () => new Uint8Array(2_097_153)],
    ["more calls than the ledger takes", "too-many-calls", (l) => make(l, [asAnn], undefined, 4)],
    ["a payload for another ledger", "wrong-ledger", () => make(openOther(), [asAnn])],
    [
      "a payload of another version",
      "unknown-version",
      (l) => rewrap(make(l, [asAnn]), (parts) => ({ ...parts, payload: encode(map([[1, 2]])) })),
    ],
    ["an expiry that has passed", "expired", (l) => make(l, [asAnn], l.time)],
    ["an expiry far ahead, by one signer", "expiry-too-far", (l) => make(l, [asRegistrar], l.time + NOW_AHEAD + 3601)],
    [
      "an expiry far ahead, by strangers only",
      "expiry-too-far",
      (l) => make(l, [asAnn, asBob], l.time + NOW_AHEAD + 3601),
    ],
    [
      "an expiry beyond ninety days",
      "expiry-too-far",
      (l) => make(l, [asAnn, asRegistrar], l.time + NOW_AHEAD + 7_776_001),
    ],
    ["what was entered before, by one signer", "replayed", (l) => entered(l, make(l, [asAnn]))],
    ["what was entered before, by two", "replayed", (l) => entered(l, make(l, [asAnn, asRegistrar], l.time + 86_400))],
    ["a party that is not registered", "unknown-party", (l) => make(l, [asRegistered(ann)])],
    [
      "a key that the party does not have",
      "unknown-key",
      (l) => make(l, [asRegistered(ann, { party: registrar.party })]),
    ],
    ["a signature that names another algorithm", "wrong-algorithm", (l) => resign(l, ALGORITHM.esp256)],
    [
      "a signature with a changed bit",
      "wrong-signature",
      (l) => {
        const bytes = make(l, [asAnn]);
        return rewrap(bytes, (parts) => ({ ...parts, signatures: [withBitChanged(parts.signatures[0])] }));
      },
    ],
    [
      "a signature over another payload",
      "wrong-signature",
      (l) => {
        const other = make(l, [asAnn]);
        return rewrap(make(l, [asAnn]), (parts) => ({ ...parts, signatures: partsOf(other).signatures }));
      },
    ],
    [
      "a stripped signature",
      "wrong-signature-count",
      (l) => rewrap(make(l, [asAnn, asBob]), (parts) => ({ ...parts, signatures: parts.signatures.slice(0, 1) })),
    ],
    [
      "all signatures stripped",
      "wrong-signature-count",
      (l) => rewrap(make(l, [asAnn]), (parts) => ({ ...parts, signatures: [] })),
    ],
    [
      "a signature too many",
      "wrong-signature-count",
      (l) => {
        const extra = partsOf(make(l, [asBob])).signatures;
        return rewrap(make(l, [asAnn]), (parts) => ({ ...parts, signatures: [...parts.signatures, ...extra] }));
      },
    ],
    [
      "the same signature twice",
      "duplicate-key",
      (l) =>
        rewrap(make(l, [asAnn, asRegistrar]), ({ signatures: [first], ...rest }) => ({
          ...rest,
          signatures: [first, first],
        })),
    ],
    [
      "strangers' signatures in another order",
      "wrong-signer-order",
      (l) => rewrap(make(l, [asAnn, asBob]), (parts) => ({ ...parts, signatures: parts.signatures.toReversed() })),
    ],
    [
      "registered signers' signatures in another order",
      "unknown-key",
      (l) =>
        rewrap(make(l, [asRegistrar, asRegistered(bank)]), (parts) => ({
          ...parts,
          signatures: parts.signatures.toReversed(),
        })),
    ],
    [
      "the same signer twice",
      "duplicate-signer",
      (l) => make(l, [asRegistrar, asRegistered(secondKey, { party: registrar.party })]),
    ],
    [
      "a call that was not signed",
      "wrong-calls-root",
      (l) => rewrap(make(l, [asAnn]), (parts) => ({ ...parts, calls: partsOf(otherCall(l)).calls })),
    ],
    [
      "a call too many",
      "wrong-call-count",
      (l) => rewrap(make(l, [asAnn]), (parts) => ({ ...parts, calls: [...parts.calls, ...parts.calls] })),
    ],
    [
      "a single call with a blind",
      "wrong-blind",
      (l) => {
        const call = l.call("counter", "add", { name: "a", by: 1n }, { blind: new Uint8Array(16) });
        return l.sign({ signers: [asAnn], calls: [call] });
      },
    ],
    ["no signer", "wrong-signer-count", (l) => make(l, [])],
    [
      "seventeen signers",
      "wrong-signer-count",
      (l) =>
        make(
          l,
          Array.from({ length: 17 }, (_, index) => asStranger(signingKey(new Uint8Array(32).fill(index + 1)))),
        ),
    ],
  ];

describe("inadmissible, and nothing is spent:", () => {
  for (const [what, code, makeBytes] of faults) {
    test(`${what} (${code})`, () => {
      const ledger = openSmall();
      const bytes = makeBytes(ledger);
      const before = [ledger.height, ledger.appHash, ledger.entries().length];
      expect(ledger.examine(bytes)).toEqual({ inadmissible: code });
      expect(() => ledger.execute([bytes])).toThrow(`(${code})`);
      expect([ledger.height, ledger.appHash, ledger.entries().length]).toEqual(before);
    });
  }
});

describe("the last moment", () => {
  test("of an expiry is block time", () => {
    const ledger = openSmall();
    expect(ledger.examine(make(ledger, [asAnn], ledger.time + NOW_AHEAD))).toHaveProperty("transaction");
  });

  test("of validity is an hour ahead, and ninety days for several signers of whom one is registered", () => {
    const ledger = openSmall();
    const now = ledger.time + NOW_AHEAD;
    expect(ledger.examine(make(ledger, [asAnn], now + 3600))).toHaveProperty("transaction");
    expect(ledger.examine(make(ledger, [asRegistrar], now + 3600))).toHaveProperty("transaction");
    expect(ledger.examine(make(ledger, [asAnn, asBob], now + 3600))).toHaveProperty("transaction");
    expect(ledger.examine(make(ledger, [asAnn, asRegistrar], now + 7_776_000))).toHaveProperty("transaction");
  });
});

describe("keys in force before the block", () => {
  const states = { "in-force": undefined, suspended: "key-not-in-force", revoked: "key-not-in-force" } as const;
  for (const [state, code] of Object.entries(states)) {
    test(`a registered party's key that is ${state}`, () => {
      expect(admitWithAnn(state, asRegistered(ann))).toBe(code);
    });

    test(`a stranger's key that is ${state} for its registered party`, () => {
      expect(admitWithAnn(state, asAnn)).toBe(code);
    });
  }

  test("a stranger's key that its registered party no longer has", () => {
    expect(admitWithAnn("none", asAnn)).toBe("key-not-in-force");
  });

  test("another key of a party signs for it", () => {
    const ledger = openSmall();
    const signer = asRegistered(secondKey, { party: registrar.party });
    expect(ledger.examine(make(ledger, [signer]))).toHaveProperty("transaction");
  });
});

test("gives the checks of all signatures, in order, for the keys in force", () => {
  const ledger = openSmall();
  const examination = ledger.examine(make(ledger, [asBob, asRegistrar]));
  if (!("transaction" in examination)) throw new Error("it is admissible");
  const admission = admit(ledger.environment, examination.transaction, ledger.time + NOW_AHEAD);
  const checks = "checks" in admission ? admission.checks : [];
  expect(checks.map(({ publicKey }) => publicKey)).toEqual([bob.publicKey, registrar.publicKey]);
  expect(checks.map(({ rule }) => rule)).toEqual(["signature", "signature"]);
});

test("any changed byte makes it inadmissible, and changes nothing", () => {
  const ledger = openSmall();
  const bytes = make(ledger, [asAnn, asRegistrar], undefined, 2);
  const before = ledger.appHash;
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(change, ([place, difference]) => {
      const changed = bytes.with(place, (bytes[place] as number) ^ difference);
      expect(ledger.examine(changed)).toHaveProperty("inadmissible");
      expect(ledger.appHash).toEqual(before);
    }),
    { numRuns: 500, seed: 11 },
  );
});

test("any cut or lengthened bytes are inadmissible", () => {
  const ledger = openSmall();
  const bytes = make(ledger, [asAnn]);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }), (length, tail) => {
      expect(ledger.examine(bytes.subarray(0, length))).toHaveProperty("inadmissible");
      expect(ledger.examine(concatBytes(bytes, tail))).toEqual({ inadmissible: "malformed-cbor" });
    }),
    { numRuns: 200, seed: 12 },
  );
});

test("the same payload under other signature bytes is the same transaction", () => {
  const ledger = openSmall();
  const bytes = make(ledger, [asAnn]);
  const again = rewrap(bytes, (parts) => ({ ...parts, signatures: [withBitChanged(parts.signatures[0])] }));
  expect(ledger.examine(again)).toEqual({ inadmissible: "wrong-signature" });
  ledger.execute([bytes]);
  expect(ledger.examine(again)).toEqual({ inadmissible: "replayed" });
});

describe("a block", () => {
  test("takes a transaction once", () => {
    const ledger = openSmall();
    const examination = ledger.examine(make(ledger, [asAnn]));
    if (!("transaction" in examination)) throw new Error("it is admissible");
    const { transaction } = examination;
    const now = ledger.time + NOW_AHEAD;
    expect(selectTransactions(ledger.environment, [transaction, transaction], now)).toEqual({
      admissible: [transaction],
      inadmissible: [{ transaction, code: "replayed" }],
    });
    const place = { height: 1, time: { seconds: now, nanoseconds: 0 } };
    const block = { ...place, transactions: [transaction, transaction] };
    expect(() => executeBlock(ledger.environment, block)).toThrow(
      "Block 1: its transaction 1 is inadmissible (replayed)",
    );
  });

  test("takes no transaction that has expired by its time", () => {
    const ledger = openSmall();
    const examination = ledger.examine(make(ledger, [asAnn]));
    if (!("transaction" in examination)) throw new Error("it is admissible");
    const time = { seconds: ledger.time + 601, nanoseconds: 0 };
    const block = { height: 1, time, transactions: [examination.transaction] };
    expect(() => executeBlock(ledger.environment, block)).toThrow("(expired)");
  });
});

function openSmall(): MemoryLedger {
  return openLedger({ maxCalls: 3 });
}

function openOther(): MemoryLedger {
  return openLedger({ maxCalls: 7 });
}

function entered(ledger: MemoryLedger, bytes: Uint8Array): Uint8Array {
  ledger.execute([bytes]);
  return bytes;
}

function otherCall(ledger: MemoryLedger): Uint8Array {
  const calls = [ledger.call("counter", "add", { name: "a", by: 1000n })];
  return ledger.sign({ signers: [asAnn], calls });
}

function partsOf(bytes: Uint8Array): Parts {
  let parts: Parts | undefined;
  rewrap(bytes, (found) => {
    parts = found;
    return found;
  });
  return parts as Parts; // just set
}

function withBitChanged(signature: unknown): unknown {
  const [header, unprotected, bytes] = signature as [Uint8Array, unknown, Uint8Array];
  return [header, unprotected, bytes.with(5, (bytes[5] as number) ^ 1)];
}

function resign(ledger: MemoryLedger, algorithm: -9): Uint8Array {
  const { ledgerId } = ledger.environment;
  const calls = [ledger.call("counter", "add", { name: "a", by: 1n })];
  const { signer } = asRegistered(registrar);
  const payload = { ledgerId, expiry: ledger.time + 60, nonce: new Uint8Array(16), mode: "each" as const };
  const { payloadBytes, callBytes } = buildPayload({ ...payload, signers: [signer], calls });
  const signature = signatureOf(algorithm, registrar.keyId, new Uint8Array(64).fill(1));
  return assembleTransaction(payloadBytes, [signature], callBytes);
}

/** The code for a signer, on a ledger where Ann is registered and her key has this state. */
function admitWithAnn(state: string, signer: SignerWithKey): InadmissibleCode | undefined {
  const ledger = openSmall();
  const key = { algorithm: BigInt(ann.algorithm), key: ann.publicKey, keyId: toHex(ann.keyId), state };
  const values = { keys: state === "none" ? [] : [key] };
  const value = encodeRecord(institutions.records.party.fields, values as never, institutions.version);
  const at = partyKey(ann.party);
  const { environment } = ledger;
  const get = (asked: Uint8Array) => (byteText(asked) === at.text ? value : environment.state.get(asked));
  const bytes = make(ledger, [signer]);
  const transaction = ledger.read(bytes);
  const admission = admit({ ...environment, state: { get } }, transaction, ledger.time + NOW_AHEAD);
  return "inadmissible" in admission ? admission.inadmissible : undefined;
}
