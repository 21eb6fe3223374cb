import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toBase64Url, toHex } from "@acta/bytes";
import { partyToUri } from "@acta/contract";
import { ledgerRefusals } from "@acta/ledger";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Schema, type SchemaValues, schemaValues } from "../src/fuzz/schema-values.ts";
import { type Answer, ask, postOne, receiptOf, statusOf } from "../src/http.ts";
import { type NodeProcess, startNodeProcess } from "../src/node-process.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { depositCall, type SampleLedger, sampleLedger, signSample, writeSampleLedger } from "../src/sample-ledger.ts";

// What is described at /openapi.json is asked for, rightly and wrongly: a node answers in its own words, and lives on.

const SEED = 20_261_121;
const random = randomNumbers(SEED);
const one = <T>(list: readonly T[]): T => list[random(list.length)] as T; // no list is empty
const data = mkdtempSync(join(tmpdir(), "acta-schema-fuzz-"));

type Parameter = { readonly name: string; readonly in: "path" | "query"; readonly schema: Schema };
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

let node: NodeProcess;
let ledger: SampleLedger;
let document: Document;
let values: SchemaValues;
let identity: string;
let before: Awaited<ReturnType<typeof statusOf>>;
const deposit = randomBytes(random, 16);

beforeAll(async () => {
  ledger = await sampleLedger();
  writeSampleLedger(data, ledger);
  node = await startNodeProcess(data, "--empty");
  while ((await statusOf(node.url)).height < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  identity = await entered();
  document = (await ask(`${node.url}/openapi.json`)).json;
  const parties = [ledger.depositor, ledger.court].map(({ key }) => key.party);
  const named = parties.map((party) => ({ party: toHex(party) }));
  const unknown = { algorithm: -19, publicKey: toBase64Url(ledger.stranger.key.publicKey) };
  const court = { party: toHex(ledger.court.key.party), roles: [["evidence", "court"]] };
  const operator = { party: toHex(ledger.operator.key.party), roles: [["operation", "operator"]] };
  const known = {
    "#/components/schemas/Signers": [named, [unknown], [court], [operator], [court, unknown]],
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$": ["2026-09-21T09:30:00Z", "1970-01-01T00:00:00Z"],
    "^(?:0|-?[1-9][0-9]{0,77})$": ["0", "1", "60", "-1"],
    "^[0-9a-f]{64}$": [identity, ...parties.map(toHex)],
    "^[0-9a-f]{32}$": [toHex(deposit)],
    "^acta:party:[02-9ac-hj-np-z]{58}$": parties.map((party) => partyToUri(toHex(party) as never)), // 32 bytes
    "^[A-Za-z0-9_-]*$": [toBase64Url(ledger.stranger.key.publicKey)],
  };
  const resolve = (reference: string): Schema => document.components.schemas[reference.split("/").at(-1) ?? ""] ?? {};
  values = schemaValues(resolve, random, known);
  before = await statusOf(node.url);
});

afterAll(async () => {
  await node?.stop();
  rmSync(data, { recursive: true, force: true });
});

async function entered(): Promise<string> {
  const { nowSeconds } = await statusOf(node.url);
  const bytes = signSample(ledger, {
    signers: [ledger.depositor],
    calls: [depositCall(deposit)],
    expiry: nowSeconds + 600,
    nonce: randomBytes(random, 16),
  });
  const { json } = await postOne(node.url, bytes);
  const name: string = json.submissions[0].identity;
  await receiptOf(node.url, name);
  return name;
}

/** The operations of one method with their paths; an endless stream is not among them. */
function operationsOf(method: "get" | "post"): readonly (readonly [path: string, operation: Operation])[] {
  return Object.entries(document.paths).flatMap(([path, { [method]: operation }]) =>
    operation === undefined || path === "/v1/events" ? [] : [[path, operation] as const],
  );
}

/** Holds an answer to the form that every answer has. */
function expectProper({ status, json }: Answer, what: string): void {
  const told = `${what}: ${status} ${JSON.stringify(json)?.slice(0, 500)}`;
  expect(status, told).toBeLessThan(500);
  if (status < 400 || json?.submissions !== undefined) return;
  expect(json?.error, told).toMatchObject({
    code: expect.stringMatching(/^[a-z]+(-[a-z]+)*$/),
    message: expect.stringMatching(/./),
    remedy: expect.stringMatching(/./),
  });
}

const LANGUAGES = ["en", "zh", "zh-CN,zh;q=0.9", "fr", ""];
const postJson = (path: string, body: string | Uint8Array, type = "application/json"): Promise<Answer> =>
  ask(node.url + path, {
    method: "POST",
    headers: { "content-type": type, "accept-language": one(LANGUAGES) },
    body: typeof body === "string" ? body : body.slice(),
  });

type Manifest = { readonly actions: Readonly<Record<string, { readonly refusals: Readonly<Record<string, string>> }>> };

/** The refusals that an action declares, with those of the ledger itself. */
async function declaredBy(path: string): Promise<ReadonlySet<string>> {
  const [, , , contract = "", action = ""] = path.split("/");
  const manifest: Manifest = (await ask(`${node.url}/v1/contracts/${contract}`)).json;
  const own = Object.keys(manifest.actions[action]?.refusals ?? {}).map((code) => `${contract}/${code}`);
  return new Set([...own, ...Object.keys(ledgerRefusals).map((code) => `ledger/${code}`)]);
}

function expectDeclared({ json }: Answer, declared: ReadonlySet<string>, what: string): void {
  const { verdict, refusal } = json.outcome;
  expect(verdict, what).toMatch(/^(accepted|refused)$/);
  if (verdict === "refused") expect([...declared], what).toContain(`${refusal.contract}/${refusal.code}`);
}

test("every action answers inputs of its schema with a verdict, and others with words", async () => {
  for (const [path, { requestBody }] of operationsOf("post")) {
    const schema = requestBody?.content["application/json"]?.schema;
    if (schema === undefined || !path.startsWith("/v1/contracts/")) continue;
    const declared = await declaredBy(path);
    let verdicts = 0;
    for (let times = 0; times < 500; times++) {
      const body = values.text(times % 4 === 0 ? values.valid(schema) : values.invalid(schema));
      const answer = await postJson(path, body);
      const what = `${path} ${body.slice(0, 1000)}`;
      expectProper(answer, what);
      if (answer.status !== 200) continue;
      verdicts++;
      expectDeclared(answer, declared, what);
    }
    expect(verdicts, `${path} was never answered with a verdict`).toBeGreaterThan(0);
  }
});

test("right and wrong bodies of other types get their word", async () => {
  const types = [
    "application/json; charset=utf-16",
    "text/plain",
    "application/cbor",
    "multipart/form-data",
    "a/b;;=",
    "",
  ];
  for (const [path, { requestBody }] of operationsOf("post")) {
    const schema = requestBody?.content["application/json"]?.schema ?? {};
    const right = values.text(values.valid(schema));
    for (const type of types) expectProper(await postJson(path, right, type), `${path} as ${type}`);
    const bodies = ["", " ", "{", `${right}x`, `\ufeff${right}`, "[1]", "null", `{"signers":1,"signers":2}`, "\u0000"];
    for (const body of bodies) expectProper(await postJson(path, body), `${path} ${JSON.stringify(body)}`);
    expectProper(await postJson(path, Uint8Array.of(0x22, 0xff, 0x22)), `${path} no UTF-8`);
    expectProper(await postJson(path, `"${"x".repeat(2 ** 20)}"`), `${path} a megabyte`);
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "GET"]) {
      expectProper(await ask(node.url + path, { method }), `${method} ${path}`);
    }
  }
});

const ODD_SEGMENTS = [
  "%00",
  "%ff",
  "%C0%80",
  "%2e%2e",
  "%2F",
  "a%2Fb",
  "%25",
  "50%25",
  "%252F",
  "%F0%9F%98%80",
  "%",
  "%zz",
];
const ODD_QUERIES = [
  "?",
  "?&&",
  "?=",
  "?proof=1&proof=2",
  "?wait=1&wait=x",
  "?wait[]=1",
  "?call=-1",
  "?call=1e3",
  "?from=x",
];
const MORE_QUERIES = [
  "?count=0",
  "?count=99999999999999999999",
  `?q=${"x".repeat(5000)}`,
  "?%ff=%ff",
  "?__proto__=1",
  "?proof",
];

function pathOf(path: string, parameters: readonly Parameter[], isRight: boolean): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = parameters.find((each) => each.name === name && each.in === "path")?.schema ?? {};
    if (!isRight && random(3) === 0) return one(ODD_SEGMENTS);
    const value = isRight ? values.valid(schema) : values.invalid(schema);
    return encodeURIComponent((typeof value === "string" ? value : values.text(value)).slice(0, 2000).toWellFormed());
  });
  return isRight ? filled : filled + one(["", "", "/", "/x", "//", ...ODD_QUERIES, ...MORE_QUERIES]);
}

test("every address answers keys of its schema, and others with words", async () => {
  for (const [path, { parameters = [] }] of operationsOf("get")) {
    for (let times = 0; times < 200; times++) {
      const address = pathOf(path, parameters, times % 4 === 0);
      const started = performance.now();
      expectProper(await ask(node.url + address, { headers: { "accept-language": one(LANGUAGES) } }), `GET ${address}`);
      expect(performance.now() - started, `GET ${address}`).toBeLessThan(10_000);
    }
  }
});

test("what is there is found by every address that the document names", async () => {
  const found = new Map([
    ["/v1/transactions/{identity}", `/v1/transactions/${identity}?wait=0`],
    ["/v1/transactions/{identity}/receipt", `/v1/transactions/${identity}/receipt?call=0`],
    ["/v1/transactions/{identity}/receipts", `/v1/transactions/${identity}/receipts?from=0&count=1`],
    ["/v1/blocks/{height}", "/v1/blocks/1"],
    ["/v1/headers/{height}", "/v1/headers/1"],
    ["/v1/headers/{height}/renewal", "/v1/headers/1/renewal?to=2"],
    ["/v1/blocks/{height}/actions", "/v1/blocks/1/actions?from=0&count=1"],
    ["/v1/actions", "/v1/actions?contract=evidence&name=none"],
    ["/v1/contracts/{contract}", "/v1/contracts/evidence"],
    ["/v1/records/evidence/deposit/{deposit}", `/v1/records/evidence/deposit/${toHex(deposit)}?proof`],
  ]);
  for (const [path, address] of found) {
    expect(Object.keys(document.paths)).toContain(path);
    expect((await ask(node.url + address)).status, address).toBe(200);
  }
});

test("a key that holds a percent sign or a slash is a key like others", async () => {
  for (const name of ["50%", "a/b", "%41", "你/%2F"]) {
    const address = `/v1/records/institutions/institution/${encodeURIComponent(name)}`;
    const { status, json } = await ask(node.url + address);
    expect([status, json.error.code], address).toEqual([404, "absent-record"]);
  }
});

test("an address or a header that is too long gets its word", async () => {
  for (const headers of [{}, { "x-long": "x".repeat(20_000) }]) {
    const answer = await ask(`${node.url}/v1/contracts/${"x".repeat(headers["x-long"] ? 1 : 20_000)}`, { headers });
    expectProper(answer, "too long");
    expect(answer.status).toBe(431);
  }
});

test("after all that the node lives, and its ledger is as it was", async () => {
  const { height, appHash, waiting, state } = await statusOf(node.url);
  expect({ height, appHash, waiting: waiting.count, state }).toEqual({
    height: before.height,
    appHash: before.appHash,
    waiting: 0,
    state: before.state,
  });
});
