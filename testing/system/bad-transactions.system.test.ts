import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CborValue, concatBytes, decodeTransaction, Envelope98, encode } from "@acta/bytes";
import { asRegistered, type SignerWithKey, signTransaction } from "@acta/ledger";
import { signatureOf, signingBytes } from "@acta/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postMany, postOne, settled, statusOf } from "../src/http.ts";
import { type NodeProcess, startNodeProcess } from "../src/node-process.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import {
  depositCall,
  keyOf,
  type SampleLedger,
  sampleLedger,
  signSample,
  writeSampleLedger,
} from "../src/sample-ledger.ts";

const data = mkdtempSync(join(tmpdir(), "acta-bad-"));
const random = randomNumbers(17);
let node: NodeProcess;
let ledger: SampleLedger;
let now = 0;

beforeAll(async () => {
  ledger = await sampleLedger();
  writeSampleLedger(data, ledger);
  node = await startNodeProcess(data, "--empty");
  while ((await statusOf(node.url)).height < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  now = (await statusOf(node.url)).nowSeconds;
});

afterAll(async () => {
  await node?.stop();
  rmSync(data, { recursive: true, force: true });
});

type Draft = { signers?: readonly SignerWithKey[]; calls?: number; expiry?: number; nonce?: Uint8Array };

function deposit({
  signers = [ledger.depositor],
  calls = 1,
  expiry = now + 900,
  nonce = randomBytes(random, 16),
}: Draft = {}): Uint8Array {
  const made = Array.from({ length: calls }, () => depositCall(randomBytes(random, 16)));
  return signSample(ledger, { signers, calls: made, expiry, nonce });
}

type Signatures = readonly CborValue[];

/** The transaction with its list of signatures replaced. */
function withSignatures(bytes: Uint8Array, change: (signatures: Signatures) => Signatures): Uint8Array {
  const [envelope, calls] = decodeTransaction(bytes) as unknown as [Envelope98, CborValue];
  const [header, unprotected, payload, signatures] = envelope.value as [CborValue, CborValue, CborValue, Signatures];
  return encode([new Envelope98([header, unprotected, payload, change(signatures)]), calls] as never);
}

/** The transaction with its calls replaced. */
function withCalls(bytes: Uint8Array, change: (calls: readonly CborValue[]) => readonly CborValue[]): Uint8Array {
  const [envelope, calls] = decodeTransaction(bytes) as unknown as [Envelope98, readonly CborValue[]];
  return encode([envelope, change(calls)] as never);
}

/** The transaction with something in its envelope's unprotected header, where nobody signs it. */
function withHeader(bytes: Uint8Array): Uint8Array {
  const [envelope, calls] = decodeTransaction(bytes) as unknown as [Envelope98, CborValue];
  const [header, , ...rest] = envelope.value as CborValue[];
  return encode([new Envelope98([header, new Map([[1, 1]]), ...rest] as CborValue), calls] as never);
}

const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

const flippedSignature = (bytes: Uint8Array): Uint8Array =>
  withSignatures(bytes, ([one, ...rest]) => {
    const [header, unprotected, signature] = one as [CborValue, CborValue, Uint8Array];
    return [[header, unprotected, flipped(signature, 5)], ...rest];
  });

/** A signature over the very payload, by a key that nobody asked. */
function extraSignature(bytes: Uint8Array): CborValue {
  const [envelope] = decodeTransaction(bytes) as unknown as [Envelope98];
  const payload = (envelope.value as CborValue[])[2] as Uint8Array;
  const key = keyOf("nobody");
  const made = signatureOf(key.algorithm, key.keyId, key.sign(signingBytes(key.algorithm, key.keyId, payload)));
  return [made.protectedBytes, new Map(), made.bytes];
}

const unknownKey = (): SignerWithKey => ({ signer: ledger.depositor.signer, key: keyOf("nobody") });

// The bytes, and the one word that each gets.
const bad: readonly (readonly [what: string, word: string, make: () => Uint8Array])[] = [
  ["garbage", "malformed-cbor", () => randomBytes(random, 200)],
  ["nothing", "malformed-cbor", () => new Uint8Array(0)],
  ["one byte too many", "malformed-cbor", () => concatBytes(deposit(), Uint8Array.of(0))],
  ["one byte too few", "malformed-cbor", () => deposit().slice(0, -1)],
  // 0x82 is a list of two; 0x98 0x02 says the same in one byte more.
  [
    "a length that is not the shortest",
    "malformed-cbor",
    () => concatBytes(Uint8Array.of(0x98, 2), deposit().slice(1)),
  ],
  ["canonical CBOR that is no envelope", "malformed-cbor", () => encode([1, 2, 3])],
  ["an envelope with a header of its own", "malformed-transaction", () => withHeader(deposit())],
  ["more than two MiB", "too-large", () => new Uint8Array(2 * 1024 * 1024 + 1)],
  ["an expiry that has passed", "expired", () => deposit({ expiry: now - 1 })],
  ["an expiry in a year", "expiry-too-far", () => deposit({ expiry: now + 31_536_000 })],
  [
    "another ledger",
    "wrong-ledger",
    () =>
      signSample(
        { ledgerId: new Uint8Array(32) },
        {
          signers: [ledger.depositor],
          calls: [depositCall(randomBytes(random, 16))],
          expiry: now + 900,
          nonce: randomBytes(random, 16),
        },
      ),
  ],
  ["a signature that does not verify", "wrong-signature", () => flippedSignature(deposit())],
  ["no signature", "wrong-signature-count", () => withSignatures(deposit(), () => [])],
  [
    "one of two signatures stripped",
    "wrong-signature-count",
    () => withSignatures(deposit({ signers: [ledger.depositor, ledger.court] }), (all) => all.slice(0, 1)),
  ],
  [
    "a signature too many",
    "wrong-signature-count",
    () => {
      const bytes = deposit();
      return withSignatures(bytes, (all) => [...all, extraSignature(bytes)]);
    },
  ],
  [
    "two signatures in each other's place",
    "unknown-key",
    () => withSignatures(deposit({ signers: [ledger.depositor, ledger.court] }), (all) => [...all].reverse()),
  ],
  [
    "a stranger's signature in another's place",
    "wrong-signer-order",
    () => withSignatures(deposit({ signers: [ledger.depositor, ledger.stranger] }), (all) => [...all].reverse()),
  ],
  ["a key that the party does not have", "unknown-key", () => deposit({ signers: [unknownKey()] })],
  ["a party that nobody knows", "unknown-party", () => deposit({ signers: [asRegistered(keyOf("nobody"))] })],
  ["the same signer twice", "duplicate-signer", () => deposit({ signers: [ledger.depositor, ledger.depositor] })],
  [
    "a call that was exchanged",
    "wrong-calls-root",
    () => withCalls(deposit(), () => decodeTransaction(deposit())[1] as CborValue[]),
  ],
  ["a call too many", "wrong-call-count", () => withCalls(deposit(), (calls) => [...calls, ...calls])],
  [
    "a list of calls stripped of one",
    "wrong-call-count",
    () => withCalls(deposit({ calls: 3 }), (calls) => calls.slice(1)),
  ],
  [
    "calls in another order",
    "wrong-calls-root",
    () => withCalls(deposit({ calls: 3 }), (calls) => [...calls].reverse()),
  ],
  [
    "several calls without blinds",
    "wrong-blind",
    () =>
      signTransaction({
        ledgerId: ledger.ledgerId,
        expiry: now + 900,
        nonce: randomBytes(random, 16),
        signers: [ledger.depositor],
        calls: [1, 2].map(() => depositCall(randomBytes(random, 16))),
      }),
  ],
];

describe("a transaction with", () => {
  test.each(bad)("%s is refused with its own word, %s, and changes nothing", async (_, word, make) => {
    const before = await statusOf(node.url);
    const answer = await postOne(node.url, make());
    expect(answer.status).toBe(400);
    const [submission] = answer.json.submissions;
    expect(submission).toMatchObject({ status: "inadmissible", code: word });
    expect(submission.message.length).toBeGreaterThan(10);
    expect(submission.remedy.length).toBeGreaterThan(5);
    const after = await statusOf(node.url);
    expect(after).toMatchObject({ height: before.height, appHash: before.appHash, waiting: { count: 0 } });
  });

  test("the words come in Chinese, too", async () => {
    const { json } = await postOne(node.url, deposit({ expiry: now - 1 }), { "accept-language": "zh-CN,zh;q=0.9" });
    expect(json.submissions[0].message).toMatch(/[一-龥]/);
    expect(json.submissions[0].remedy).toMatch(/[一-龥]/);
  });
});

describe("in one request", () => {
  test("each transaction has its own verdict, and the good ones are entered", async () => {
    const good = deposit();
    const { status, json } = await postMany(node.url, [...bad.slice(8).map(([, , make]) => make()), good]);
    expect(status).toBe(200);
    expect(json.submissions.map((each: { code?: string }) => each.code)).toEqual([
      ...bad.slice(8).map(([, word]) => word),
      undefined,
    ]);
    const last = json.submissions.at(-1);
    expect(last.status).toBe("admitted");
    expect((await settled(node.url, last.identity)).json).toMatchObject({
      status: "entered",
      outcomes: [{ verdict: "accepted" }],
    });
  });
});

describe("what was refused spent nothing:", () => {
  test("a payload that came first with a bad signature is entered with its good one", async () => {
    const good = deposit();
    expect((await postOne(node.url, flippedSignature(good))).json.submissions[0].code).toBe("wrong-signature");
    const taken = await postOne(node.url, good);
    expect(taken.json.submissions[0].status).toBe("admitted");
    expect((await settled(node.url, taken.json.submissions[0].identity)).json.status).toBe("entered");
  });
});

describe("the same bytes again", () => {
  test("are one transaction: admitted, then entered at the same place, and nothing more is made of them", async () => {
    const bytes = deposit();
    const first = (await postOne(node.url, bytes)).json.submissions[0];
    const { json: place } = await settled(node.url, first.identity);
    await proved(first.identity);
    const before = await statusOf(node.url);
    for (let times = 0; times < 3; times++) {
      const { json } = await postOne(node.url, bytes);
      expect(json.submissions).toEqual([
        { identity: first.identity, status: "entered", height: place.height, index: place.index },
      ]);
    }
    const { json } = await postMany(node.url, [bytes, bytes]);
    expect(json.submissions.map((each: { status: string }) => each.status)).toEqual(["entered", "entered"]);
    expect(await statusOf(node.url)).toMatchObject({ height: before.height, appHash: before.appHash });
  });

  test("twice in one request are entered once", async () => {
    const bytes = deposit();
    const { json } = await postMany(node.url, [bytes, bytes]);
    const [one, two] = json.submissions;
    expect(one.identity).toBe(two.identity);
    const { json: place } = await settled(node.url, one.identity);
    const block = (await (await fetch(`${node.url}/v1/blocks/${place.height}`)).json()) as {
      transactions: { identity: string }[];
    };
    expect(block.transactions.filter(({ identity }) => identity === one.identity)).toHaveLength(1);
  });

  test("are known after a restart, and a replay with other signature bytes is the same transaction", async () => {
    const bytes = deposit();
    const first = (await postOne(node.url, bytes)).json.submissions[0];
    await settled(node.url, first.identity);
    await node.kill();
    node = await startNodeProcess(data, "--empty");
    expect((await postOne(node.url, bytes)).json.submissions[0]).toMatchObject({
      status: "entered",
      identity: first.identity,
    });
    // Its identity is that of its payload: what else the envelope says is not even looked at.
    expect((await postOne(node.url, flippedSignature(bytes))).json.submissions[0]).toMatchObject({
      status: "entered",
      identity: first.identity,
    });
  });
});

async function proved(identity: string): Promise<void> {
  while ((await fetch(`${node.url}/v1/transactions/${identity}/receipt`)).status !== 200) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
