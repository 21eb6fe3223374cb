import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { equalBytes, map, toBase64Url, toHex } from "@acta/bytes";
import { ALGORITHM, keyId } from "@acta/crypto";
import { ed25519Signer, verifyNative } from "@acta/native";
import { assembleTransaction, parseTransaction, parseTrustFile, signatureOf, verifyProof } from "@acta/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, postMany, postOne, receiptOf, settled, statusOf } from "../src/http.ts";
import { type NodeProcess, startNodeProcess } from "../src/node-process.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { replay, servedBlock } from "../src/replay.ts";
import {
  depositCall,
  evidenceCall,
  type SampleLedger,
  sampleLedger,
  signSample,
  writeSampleLedger,
} from "../src/sample-ledger.ts";

const data = mkdtempSync(join(tmpdir(), "acta-reading-"));
const random = randomNumbers(23);
const number = randomBytes(random, 16);
let node: NodeProcess;
let ledger: SampleLedger;
let transaction: { identity: string; height: number };

beforeAll(async () => {
  ledger = await sampleLedger();
  writeSampleLedger(data, ledger);
  node = await startNodeProcess(data, "--empty");
  transaction = await enter([depositCall(number), depositCall(number), depositCall(randomBytes(random, 16))]);
});

afterAll(async () => {
  await node?.stop();
  rmSync(data, { recursive: true, force: true });
});

async function enter(calls: Parameters<typeof signSample>[1]["calls"]): Promise<{ identity: string; height: number }> {
  const { nowSeconds } = await statusOf(node.url);
  const bytes = signSample(ledger, {
    signers: [ledger.depositor],
    calls,
    expiry: nowSeconds + 900,
    nonce: randomBytes(random, 16),
  });
  const { json } = await postOne(node.url, bytes);
  return (await settled(node.url, json.submissions[0].identity)).json;
}

async function verdictOf(bytes: Uint8Array) {
  const trust = parseTrustFile((await ask(`${node.url}/v1/trust`)).bytes);
  return verifyProof(bytes, trust, { now: (await statusOf(node.url)).nowSeconds, verify: verifyNative });
}

describe("a transaction that was entered", () => {
  test("shows each call's outcome, the refused one in words of the language asked for", async () => {
    const english = await settled(node.url, transaction.identity);
    expect(english.json.outcomes).toMatchObject([
      { index: 0, verdict: "accepted", contract: "evidence", action: "deposit" },
      {
        index: 1,
        verdict: "refused",
        refusal: { contract: "evidence", code: "already-deposited", message: expect.stringContaining("number exists") },
      },
      { index: 2, verdict: "accepted" },
    ]);
    const headers = { "accept-language": "zh-CN" };
    const chinese = await ask(`${node.url}/v1/transactions/${transaction.identity}`, { headers });
    expect(chinese.json.outcomes[1].refusal.message).toMatch(/[一-龥]/);
  });

  test("has a receipt for each call, alone and in a list, and each verifies", async () => {
    for (const [call, verdict] of ["accepted", "refused", "accepted"].entries()) {
      const proof = await verdictOf(await receiptOf(node.url, transaction.identity, call));
      expect(proof).toMatchObject({
        verdict: "valid",
        kind: "receipt",
        height: transaction.height,
        outcome: { index: call, verdict },
      });
    }
    const list = await ask(`${node.url}/v1/transactions/${transaction.identity}/receipts?from=1&count=1`);
    expect(list.status).toBe(200);
    expect(toHex(list.bytes)).toContain(toHex(await receiptOf(node.url, transaction.identity, 1)));
  });

  test("that is asked about too early or wrongly gets a word each", async () => {
    const ofNobody = "00".repeat(32);
    const codes = async (path: string) => {
      const { status, json } = await ask(`${node.url}/v1/transactions/${path}`);
      return [status, json.error.code];
    };
    expect(await codes(ofNobody)).toEqual([404, "unknown-transaction"]);
    expect(await codes(`${ofNobody}/receipt`)).toEqual([404, "unknown-transaction"]);
    expect(await codes("xyz")).toEqual([400, "bad-request"]);
    expect(await codes(`${transaction.identity}/receipt?call=3`)).toEqual([404, "unknown-call"]);
    expect(await codes(`${transaction.identity}/receipt?call=-1`)).toEqual([400, "bad-request"]);
  });
});

describe("a record", () => {
  const path = () => `${node.url}/v1/records/evidence/deposit/${toHex(number)}`;

  test("is read by its key, and with a proof that verifies", async () => {
    const { status, json } = await ask(path());
    expect(status).toBe(200);
    expect(json).toMatchObject({
      contract: "evidence",
      record: "deposit",
      value: { status: "kept", custodyEntries: "0" },
    });
    const proof = await ask(`${path()}?proof`);
    const verdict = await verdictOf(proof.bytes);
    expect(verdict).toMatchObject({ verdict: "valid", kind: "state" });
    expect(verdict.records?.[0]?.value).toBeDefined();
  });

  test("that is absent is a 404, or a proof of its absence", async () => {
    const absent = `${node.url}/v1/records/evidence/deposit/${"ab".repeat(16)}`;
    expect((await ask(absent)).json.error.code).toBe("absent-record");
    const verdict = await verdictOf((await ask(`${absent}?proof`)).bytes);
    expect(verdict).toMatchObject({ verdict: "valid", kind: "state" });
    expect(verdict.records?.[0]?.value).toBeUndefined();
  });

  test("of no contract, no name or half a key gets a word each", async () => {
    const code = async (rest: string) => (await ask(`${node.url}/v1/records/${rest}`)).json.error.code;
    expect(await code("nothing/deposit/ab")).toBe("unknown-contract");
    expect(await code("evidence/nothing/ab")).toBe("unknown-record");
    expect(await code("evidence/deposit/zz")).toBe("bad-request");
    expect(await code("evidence/custody/ab")).toBe("bad-request");
    expect(await code("evidence/__proto__/ab")).toBe("unknown-record");
  });
});

describe("blocks", () => {
  test("are served in their exact form, and replay to the node's app hash", async () => {
    await receiptOf(node.url, transaction.identity);
    const { height, appHash } = await statusOf(node.url);
    const replayed = await replay(ledger.genesisBytes, ledger.library.lookup, height, (at) =>
      servedBlock(node.url, at),
    );
    expect(toHex(replayed)).toBe(appHash);
    expect((await ask(`${node.url}/v1/blocks/${height + 100}`)).json.error.code).toBe("unknown-block");
    expect((await ask(`${node.url}/v1/headers/1`)).status).toBe(200);
  });

  test("come as events, one for each height, and a reader that comes back misses none", async () => {
    const first = await eventsUntil(`${node.url}/v1/events?from=1`, 3);
    expect(first.map(({ id }) => id)).toEqual([1, 2, 3]);
    const reading = eventsUntil(`${node.url}/v1/events`, 5, { "last-event-id": "3" });
    await enter([depositCall(randomBytes(random, 16))]);
    await enter([depositCall(randomBytes(random, 16))]);
    const rest = await reading;
    expect(rest.map(({ id }) => id)).toEqual([4, 5, 6, 7, 8]);
    for (const { id, block } of rest) expect(block).toEqual((await ask(`${node.url}/v1/blocks/${id}`)).json);
  });
});

/** Reads server-sent events until there are so many, then hangs up. */
async function eventsUntil(
  url: string,
  count: number,
  headers: Record<string, string> = {},
): Promise<{ id: number; block: unknown }[]> {
  const stop = new AbortController();
  const response = await fetch(url, { headers, signal: stop.signal });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const events: { id: number; block: unknown }[] = [];
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    const whole = text.split("\n\n");
    text = whole.pop() ?? "";
    for (const event of whole) {
      const found = /^id: (\d+)\nevent: block\ndata: (.*)$/.exec(event);
      if (found) events.push({ id: Number(found[1]), block: JSON.parse(found[2] ?? "") });
    }
    if (events.length >= count) break;
  }
  stop.abort();
  return events.slice(0, count);
}

describe("the node describes itself:", () => {
  test("health, status, contracts and OpenAPI", async () => {
    expect(await ask(`${node.url}/healthz`)).toMatchObject({ status: 200, json: { state: "running" } });
    const { json: contracts } = await ask(`${node.url}/v1/contracts`);
    const names = contracts.contracts.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(["evidence", "institutions", "operation"]));
    for (const name of names) expect((await ask(`${node.url}/v1/contracts/${name}`)).json.name).toBe(name);
    const { json: document } = await ask(`${node.url}/openapi.json`);
    expect(document.openapi).toMatch(/^3\.1/);
    const described = Object.keys(document.paths);
    const [ledgerRoutes, others] = [
      ["transactions", "status", "trust", "events", "headers/{height}/renewal"],
      ["/healthz", "/metrics", "/openapi.json", "/", "/assets/{name}", "/verifier.html"],
    ];
    for (const path of [...ledgerRoutes.map((each) => `/v1/${each}`), ...others]) expect(described).toContain(path);
    expect(JSON.stringify(document)).not.toMatch(/"\$ref":"#\/(?!components)/);
  });

  test("status tells the time that the next block can carry, and the demo", async () => {
    const { json } = await ask(`${node.url}/v1/status`);
    expect(json).toMatchObject({
      ledgerId: toHex(ledger.ledgerId),
      name: "memory",
      flags: { demo: true, development: true },
    });
    expect(Math.abs(json.nowSeconds - Date.now() / 1000)).toBeLessThan(10);
  });
});

describe("preparing", () => {
  const secret = new Uint8Array(32).fill(77);
  const key = ed25519Signer(secret);
  const id = keyId(ALGORITHM.ed25519, key.publicKey);
  const stranger = { algorithm: -19, publicKey: toBase64Url(key.publicKey) };
  const prepare = (action: string, body: unknown) =>
    ask(`${node.url}/v1/contracts/evidence/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  test("gives bytes that are signed elsewhere and entered as they are", async () => {
    const input = { deposit: "cd".repeat(16), file: { commitment: "ef".repeat(32) } };
    const { status, json } = await prepare("deposit", { signers: [stranger], input });
    expect(status, JSON.stringify(json)).toBe(200);
    expect(json.outcome).toMatchObject({ verdict: "accepted" });
    const payload = new Uint8Array(Buffer.from(json.payload, "base64url"));
    const signature = signatureOf(
      ALGORITHM.ed25519,
      id,
      key.sign(new Uint8Array(Buffer.from(json.toSign[0], "base64url"))),
    );
    const bytes = assembleTransaction(payload, [signature], [new Uint8Array(Buffer.from(json.call, "base64url"))]);
    const { json: answer } = await postOne(node.url, bytes);
    expect((await settled(node.url, answer.submissions[0].identity)).json.outcomes).toMatchObject([
      { verdict: "accepted" },
    ]);
  });

  test("tells a refusal before anyone signs, and changes nothing", async () => {
    const before = await statusOf(node.url);
    const { json } = await prepare("deposit", {
      signers: [stranger],
      input: { deposit: toHex(number), file: { commitment: "00".repeat(32) } },
    });
    expect(json.outcome).toMatchObject({ verdict: "refused", refusal: { code: "already-deposited" } });
    const { json: entitled } = await prepare("withdraw", { signers: [stranger], input: { deposit: toHex(number) } });
    expect(entitled.outcome).toMatchObject({
      verdict: "refused",
      refusal: { contract: "ledger", code: "not-entitled" },
    });
    const after = await statusOf(node.url);
    expect(after.height - before.height).toBeLessThanOrEqual(1);
  });

  test("of what makes no sense gets a word", async () => {
    const good = { deposit: "cd".repeat(16), file: { commitment: "ef".repeat(32) } };
    const code = async (action: string, body: unknown) => {
      const { status, json } = await prepare(action, body);
      return [status, json.error?.code];
    };
    expect(await code("nothing", {})).toEqual([404, "unknown-action"]);
    expect(await code("constructor", {})).toEqual([404, "unknown-action"]);
    for (const body of [
      {},
      [],
      null,
      { signers: [] },
      { signers: [stranger] },
      { signers: [stranger], input: { ...good, more: 1 } },
      { signers: [{ ...stranger, algorithm: 5 }], input: good },
      { signers: [stranger], input: { ...good, file: { size: "1" } } },
    ]) {
      expect(await code("deposit", body), JSON.stringify(body)).toEqual([400, "bad-request"]);
    }
  });
});

test("other calls of a contract reach the ledger over HTTP", async () => {
  const place = await enter([evidenceCall("withdraw", map([["deposit", number]]))]);
  expect(place).toMatchObject({ status: "entered", outcomes: [{ verdict: "accepted" }] });
  expect((await ask(`${node.url}/v1/records/evidence/deposit/${toHex(number)}`)).json.value.status).toBe("withdrawn");
});

test("receipts given before and after a restart are the same bytes", async () => {
  const before = await receiptOf(node.url, transaction.identity, 2);
  await node.stop();
  node = await startNodeProcess(data, "--empty");
  expect(equalBytes(await receiptOf(node.url, transaction.identity, 2), before)).toBe(true);
});

test("a body of many transactions is limited in number", async () => {
  expect((await postMany(node.url, [])).json.error.code).toBe("bad-request");
  expect(
    (
      await postMany(
        node.url,
        Array.from({ length: 1001 }, () => new Uint8Array(1)),
      )
    ).json.error.code,
  ).toBe("bad-request");
});

test("the signed bytes that a test made are the ones that the block holds", async () => {
  const { transactions } = await servedBlock(node.url, transaction.height);
  const limits = { maxBytes: 1 << 21, maxCalls: 100 };
  expect(transactions.map((bytes) => toHex(parseTransaction(bytes, limits).identity))).toContain(transaction.identity);
  expect(readFileSync(join(data, "genesis.cbor")).equals(ledger.genesisBytes)).toBe(true);
});
