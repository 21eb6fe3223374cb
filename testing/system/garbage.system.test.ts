import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "@acta/bytes";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, postMany, postOne, statusOf } from "../src/http.ts";
import { type NodeProcess, startNodeProcess } from "../src/node-process.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { depositCall, type SampleLedger, sampleLedger, signSample, writeSampleLedger } from "../src/sample-ledger.ts";

const data = mkdtempSync(join(tmpdir(), "acta-garbage-"));
const random = randomNumbers(31);
let node: NodeProcess;
let ledger: SampleLedger;

beforeAll(async () => {
  ledger = await sampleLedger();
  writeSampleLedger(data, ledger);
  node = await startNodeProcess(data, "--empty");
  while ((await statusOf(node.url)).height < 2) await new Promise((resolve) => setTimeout(resolve, 20));
});

afterAll(async () => {
  await node?.stop();
  rmSync(data, { recursive: true, force: true });
});

const oneOf = <T>(list: readonly T[]): T => list[random(list.length)] as T; // below the length

/** The bytes with some of them changed, doubled or cut. */
function damaged(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice();
  for (let times = 1 + random(4); times > 0; times--) changed[random(changed.length)] = random(256);
  if (random(4) === 0) return changed.slice(0, random(changed.length));
  return random(4) === 0 ? Uint8Array.of(...changed, ...changed.slice(random(changed.length))) : changed;
}

async function good(): Promise<Uint8Array> {
  const { nowSeconds } = await statusOf(node.url);
  const calls = Array.from({ length: 1 + random(3) }, () => depositCall(randomBytes(random, 16)));
  return signSample(ledger, {
    signers: [oneOf([ledger.depositor, ledger.stranger])],
    calls,
    expiry: nowSeconds + 600,
    nonce: randomBytes(random, 16),
  });
}

const refusing = (status: number): boolean => status === 400 || status === 413 || status === 415 || status === 429;

test("two hundred damaged transactions are refused in words, and nothing is entered", async () => {
  const before = await statusOf(node.url);
  for (let number = 0; number < 200; number++) {
    const bytes = random(5) === 0 ? randomBytes(random, random(400)) : damaged(await good());
    const { status, json } = await postOne(node.url, bytes);
    expect(refusing(status), `${status} ${JSON.stringify(json)}`).toBe(true);
    expect(json.submissions?.[0]?.message ?? json.error?.message).toMatch(/./);
  }
  expect(await statusOf(node.url)).toMatchObject({
    height: before.height,
    appHash: before.appHash,
    waiting: { count: 0 },
  });
});

test("lists that are no lists of transactions are refused in words", async () => {
  const headers = { "content-type": "application/vnd.acta.transactions+cbor" };
  const post = (body: Uint8Array) =>
    ask(`${node.url}/v1/transactions`, { method: "POST", headers, body: body.slice() });
  const list = encode([await good()]);
  for (const body of [
    new Uint8Array(0),
    Uint8Array.of(0x80),
    encode([1]),
    encode("text"),
    list.slice(0, -1),
    Uint8Array.of(0x9f, ...list.slice(1), 0xff),
    randomBytes(random, 300),
  ]) {
    const { status, json } = await post(body);
    expect(status, Buffer.from(body.slice(0, 20)).toString("hex")).toBe(400);
    expect(json.error.code).toBe("bad-request");
  }
  expect((await postMany(node.url, [new Uint8Array(0)])).json.submissions[0].code).toBe("malformed-cbor");
});

test("a body beyond the limit, of another type, or badly framed gets its word", async () => {
  // Announced, and refused before it is sent.
  const big = await raw(
    `POST /v1/transactions HTTP/1.1\r\nHost: x\r\nContent-Type: application/cbor\r\nContent-Length: ${2 ** 24 + 1}\r\n\r\n`,
  );
  expect(big).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"body-too-large"/);
  for (const type of ["text/plain", "application/json", "application/x-www-form-urlencoded", "nonsense"]) {
    const { status, json } = await ask(`${node.url}/v1/transactions`, {
      method: "POST",
      headers: { "content-type": type },
      body: "{}",
    });
    expect([status, json.error.code], type).toEqual([415, "unsupported-content-type"]);
  }
  const { status, json } = await ask(`${node.url}/v1/contracts/evidence/deposit`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{",
  });
  expect([status, json.error.code]).toEqual([400, "bad-request"]);
  expect(await raw("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: a\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
  expect(await raw("\u0001\u0002 nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
});

const WORDS = [
  "v1",
  "transactions",
  "records",
  "evidence",
  "deposit",
  "blocks",
  "headers",
  "contracts",
  "events",
  "status",
  "receipt",
  "receipts",
  "..",
  "%00",
  "%ff",
  "%E4%BD%A0",
  "0",
  "1",
  "-1",
  "99999999999999999999",
  "1e9",
  "__proto__",
  "constructor",
  "[]",
  "{}",
  "a".repeat(300),
  "ab".repeat(32),
];
const QUERIES = [
  "",
  "?wait=x",
  "?wait=-1",
  "?call=1.5",
  "?from=99999999999999999999",
  "?from=1&count=0",
  "?proof",
  "?proof=",
  "?%00",
  "?a[]=1",
];

test("three hundred invented addresses, methods and bodies are never an error of the node", async () => {
  for (let number = 0; number < 300; number++) {
    const path = `/${Array.from({ length: 1 + random(5) }, () => oneOf(WORDS)).join("/")}${oneOf(QUERIES)}`;
    // A stream of events would never end.
    if (/^\/v1\/events(\?|$)/.test(path)) continue;
    const method = oneOf(["GET", "GET", "GET", "POST", "PUT", "DELETE", "PATCH"]);
    const hasBody = method !== "GET";
    const headers: Record<string, string> = hasBody
      ? { "content-type": oneOf(["application/json", "application/cbor", "text/plain"]) }
      : {};
    const body = hasBody ? oneOf(["{}", "[]", "null", '"x"', "{", '{"__proto__":{"a":1}}', "\u0000"]) : null;
    const { status, json } = await ask(node.url + path, { method, headers, body });
    expect(status, `${method} ${path} ${body}`).toBeLessThan(500);
    if (status >= 400)
      expect(json?.error?.code ?? 0, `${method} ${path} ${JSON.stringify(json)}`).toEqual(
        expect.stringMatching(/^[a-z]+(-[a-z]+)*$/),
      );
  }
});

test("invented inputs of every action are refused as they are declared, never an error of the node", async () => {
  const { json } = await ask(`${node.url}/v1/contracts`);
  const values = [
    null,
    0,
    -1,
    1.5,
    "",
    "x",
    "ab".repeat(16),
    "\ud800",
    [],
    {},
    { commitment: "ab".repeat(32) },
    { commitment: 1 },
    "2026-01-01T00:00:00Z",
    "9".repeat(400),
    true,
    "transferred",
    { a: { b: { c: [] } } },
  ];
  for (const { name } of json.contracts as { name: string }[]) {
    const { json: manifest } = await ask(`${node.url}/v1/contracts/${name}`);
    for (const [action, { input }] of Object.entries<{ input?: object }>(manifest.actions ?? {})) {
      for (let times = 0; times < 15; times++) {
        const given = Object.fromEntries(Object.keys(input ?? {}).map((field) => [field, oneOf(values)]));
        const signers = oneOf([
          [{ party: "ab".repeat(32) }],
          [{ party: "ab".repeat(32), roles: [["evidence", "court"]] }],
          [{}],
          "x",
          [null],
        ]);
        const body = JSON.stringify({ signers, input: given });
        const answer = await ask(`${node.url}/v1/contracts/${name}/${action}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
        });
        expect(answer.status, `${name}.${action} ${body} ${JSON.stringify(answer.json)}`).toBeLessThan(500);
        if (answer.status === 200) expect(answer.json.outcome.verdict).toMatch(/accepted|refused/);
      }
    }
  }
});

/** Writes bytes to the node's socket and reads what comes until it hangs up. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(node.url);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on("data", (part) => {
      answer += part.toString("latin1");
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    socket.setTimeout(5000, () => socket.destroy());
  });
}
