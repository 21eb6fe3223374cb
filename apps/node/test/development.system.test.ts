import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fromHex, map, toHex } from "@acta/bytes";
import { asStranger, builtIn, contractLibrary, testKey } from "@acta/ledger";
import { ledgerId, verifyProof } from "@acta/protocol";
import { fsck } from "@acta/store";
import {
  ask,
  type NodeProcess,
  postOne,
  receiptOf,
  replay,
  servedBlock,
  settled,
  signSample,
  startNodeProcess,
  statusOf,
} from "@acta/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadApplications } from "../src/applications.ts";
import { readKeptBundles } from "../src/kept-bundles.ts";
import { startNode } from "../src/node.ts";

const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../..");
mkdirSync(join(root, ".cache"), { recursive: true });
// Below the project: applications import its packages by name.
const sources = mkdtempSync(join(root, ".cache", "development-"));
const data = mkdtempSync(join(tmpdir(), "acta-development-"));

afterAll(() => {
  rmSync(sources, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
});

/** What a state of the source says, the rest being always the same. */
type Source = { readonly fields: string; readonly isTakenBack: boolean; readonly lend: string };

const lendingSource = ({ fields, isTakenBack, lend }: Source): string => `
import { action, anyone, contract, record, t } from "@acta/contract";
const key = { copy: t.text("Copy") };
const fields = { ${fields} };
const records = { loan: record("Loan", key, fields) };
const lend = action(records, {
  title: "Lend", input: { ...key, ...fields }, allow: anyone, refusals: { "already-lent": "It is lent." },
  apply({ input: { copy, ...values }, state }) { ${lend} },
});
const takeBack = action(records, {
  title: "Take back", input: key, allow: anyone, refusals: { "not-lent": "It is not lent." },
  apply({ input, state }) { state.loan.get(input, "not-lent"); state.loan.remove(input); },
});
export const lending = contract({
  name: "lending", title: "Lending", roles: {}, records, actions: { lend${isTakenBack ? ", takeBack" : ""} },
});
`;

const STALLS = `
import { action, anyone, contract, record, t } from "@acta/contract";
const key = { stall: t.text("Stall") };
const records = { stall: record("Stall", key, {}) };
const open = action(records, {
  title: "Open", input: key, allow: anyone, refusals: { open: "It is open." },
  apply({ input, state }) { state.stall.insert(input, {}, "open"); },
});
export const stalls = contract({ name: "stalls", title: "Stalls", roles: {}, records, actions: { open } });
`;

/** Writes the applications folder as it stands at one time of the development. */
function folderOf(time: string, contracts: Readonly<Record<string, string>>): string {
  const folder = join(sources, time);
  for (const [name, source] of Object.entries(contracts)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, `${name}.ts`), source);
    const application = `{ name: "${name}", title: "${name}", contracts: [${name}], wording: {} }`;
    const index = `import { ${name} } from "./${name}.ts";\nexport const application = ${application};\n`;
    writeFileSync(join(folder, name, "index.ts"), index);
  }
  return folder;
}

const insert = 'state.loan.insert({ copy }, values, "already-lent");';
const first = { fields: 'reader: t.text("Reader")', isTakenBack: false, lend: insert };
const second = { ...first, fields: `${first.fields}, note: t.optional(t.text("Note"))`, isTakenBack: true };
const atFirst = folderOf("first", { lending: lendingSource(first) });
const later = folderOf("later", { lending: lendingSource(second), stalls: STALLS });
const mended = folderOf("mended", {
  lending: lendingSource({ ...second, lend: `if (copy === "") return; ${insert}` }),
  stalls: STALLS,
});
const broken = folderOf("broken", {
  lending: lendingSource({ ...second, fields: 'note: t.text("Note", { max: 5 })' }),
  stalls: STALLS,
});
const shortened = folderOf("shortened", { lending: lendingSource(second) });

const person = asStranger(testKey("ann"));
let nonce = 0;

/** Enters a call of a stranger's; answers its identity, and its verdict or why it was refused. */
async function act(url: string, contract: string, action: string, input: Readonly<Record<string, string>>) {
  const { json: status } = await ask(`${url}/v1/status`);
  const entries = map(Object.entries(input));
  const call = { contract, version: 1, action, input: entries, expects: [], blind: new Uint8Array(0) };
  const made = {
    signers: [person],
    calls: [call],
    expiry: status.nowSeconds + 600,
    nonce: new Uint8Array(16).fill(++nonce),
  };
  const sent = await postOne(url, signSample({ ledgerId: fromHex(status.ledgerId) }, made));
  const identity: string = sent.json.submissions[0].identity;
  const [outcome] = (await settled(url, identity)).json.outcomes;
  return { identity, end: outcome.refusal?.code ?? outcome.verdict };
}

/** Runs a node in this process while `use` asks it; answers what it logged. */
async function withNode(applications: string, use: (url: string) => Promise<void>): Promise<readonly string[]> {
  const log: string[] = [];
  const options = { port: 0, host: "127.0.0.1", data, reset: false, empty: true, genesis: undefined, applications };
  const node = await startNode(options, (message, details) => log.push(`${message} ${JSON.stringify(details ?? {})}`));
  try {
    await use(node.address);
  } finally {
    await node.close();
  }
  return log;
}

const recordOf = (url: string, path: string) => ask(`${url}/v1/records/${path}`);
const heightOf = async (url: string): Promise<number> => (await statusOf(url)).height;

let receipt: Uint8Array;

beforeAll(async () => {
  await withNode(atFirst, async (url) => {
    const { identity, end } = await act(url, "lending", "lend", { copy: "1", reader: "ann" });
    expect(end).toBe("accepted");
    receipt = await receiptOf(url, identity);
    expect((await ask(`${url}/v1/contracts/stalls`)).status).toBe(404);
  });
});

test("a contract that gained a field and an action, and a new application, are entered at the start", async () => {
  const log = await withNode(later, async (url) => {
    expect((await recordOf(url, "lending/loan/1")).json).toMatchObject({ value: { reader: "ann" } });
    const trust = new Uint8Array(await (await fetch(`${url}/v1/trust`)).arrayBuffer());
    expect(verifyProof(receipt, trust, { now: Math.floor(Date.now() / 1000) }).verdict).toBe("valid");
    const proof = new Uint8Array(await (await fetch(`${url}/v1/records/lending/loan/1?proof`)).arrayBuffer());
    expect(verifyProof(proof, trust, { now: Math.floor(Date.now() / 1000) }).verdict).toBe("valid");

    expect((await act(url, "lending", "lend", { copy: "2", reader: "bob", note: "torn" })).end).toBe("accepted");
    expect((await act(url, "lending", "lend", { copy: "1", reader: "bob" })).end).toBe("already-lent");
    expect((await act(url, "lending", "takeBack", { copy: "1" })).end).toBe("accepted");
    expect((await act(url, "stalls", "open", { stall: "north" })).end).toBe("accepted");
    const document = JSON.stringify((await ask(`${url}/openapi.json`)).json);
    expect(document).toContain("/v1/contracts/lending/takeBack");
    expect((await ask(`${url}/v1/contracts/stalls`)).status).toBe(200);
  });
  const entered = log.filter((line) => line.startsWith("entered by the operator's key"));
  expect(entered.map((line) => line.replace(/\([0-9a-f]{16}\)/, "(…)").replace(/ \{.*/, ""))).toEqual([
    "entered by the operator's key: lending (…): + records.loan.fields.note, + actions.lend.input.note, + actions.takeBack",
    "entered by the operator's key: stalls (…): new",
  ]);
});

test("after kill -9 nothing is entered again, the store is whole, and all blocks replay", async () => {
  const node: NodeProcess = await startNodeProcess(data, "--applications", later);
  const before = await heightOf(node.url);
  expect((await act(node.url, "lending", "lend", { copy: "3", reader: "eve" })).end).toBe("accepted");
  await node.kill();
  expect((await fsck(join(data, "store"))).filter(({ severity }) => severity !== "notice")).toEqual([]);

  const log = await withNode(later, async (url) => {
    expect((await recordOf(url, "lending/loan/3")).json).toMatchObject({ value: { reader: "eve" } });
    const height = await heightOf(url);
    expect(height).toBeGreaterThan(before);
    const genesis = new Uint8Array(readFileSync(join(data, "genesis.cbor")));
    // The same as the node has: those of the release, and those of the folder beside them.
    const applications = [builtIn, ...(await loadApplications(join(root, "applications"), later))];
    const { lookup } = contractLibrary(applications, readKeptBundles(join(data, "contracts")));
    await replay(genesis, lookup, height, (each) => servedBlock(url, each));
    expect(toHex(ledgerId(genesis))).toBe((await ask(`${url}/v1/status`)).json.ledgerId);
  });
  expect(log.filter((line) => line.startsWith("entered by"))).toEqual([]);
});

test("changed code is no change of the contract, and the node says from which block on it decides", async () => {
  let height = 0;
  const log = await withNode(mended, async (url) => {
    height = await heightOf(url);
    expect((await act(url, "lending", "lend", { copy: "4", reader: "ann" })).end).toBe("accepted");
  });
  const warnings = log.filter((line) => line.startsWith("code has changed"));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(`{"application":"lending","fromHeight":`);
  const lines = readFileSync(join(data, "code.log"), "utf8").trim().split("\n");
  const last = (lines.at(-1) as string).split(" ");
  expect(last[1]).toBe("lending");
  expect(Number(last[0])).toBeLessThanOrEqual(height + 1);
  // The next start with the same code says nothing.
  expect((await withNode(mended, async () => undefined)).filter((line) => line.startsWith("code"))).toEqual([]);
});

test("what takes something away stops the node before any block, naming each part and the remedy", async () => {
  const start = startNodeProcess(data, "--applications", broken);
  await expect(start).rejects.toThrow(
    [
      "The contract lending has changed, and not by additions alone:",
      "  records.loan.fields.reader: It is gone.",
      "  records.loan.fields.note: It was of kind optional, and would be of kind text.",
      "  actions.lend.input.reader: It is gone.",
      "  actions.lend.input.note: It was of kind optional, and would be of kind text.",
      "Take that back, write it as a contract of another name, or begin a new development ledger with --reset.",
    ].join("\n"),
  );
});

test("so does an application whose folder is gone, although the genesis never had it", async () => {
  const start = startNodeProcess(data, "--applications", shortened);
  await expect(start).rejects.toThrow("The contract stalls is not in this release.");
});

test("without the operator's key nothing is entered, and the message says where it is looked for", async () => {
  const grown = folderOf("grown", {
    lending: lendingSource({ ...second, fields: `${second.fields}, until: t.optional(t.date("Until"))` }),
    stalls: STALLS,
  });
  const path = join(data, "keys", "operator.key");
  const key = readFileSync(path);
  rmSync(path);
  await expect(startNodeProcess(data, "--applications", grown)).rejects.toThrow(`no operator's key at ${path}`);
  writeFileSync(path, key, { mode: 0o600 });
  const log = await withNode(grown, async () => undefined);
  expect(log.some((line) => line.includes("+ records.loan.fields.until"))).toBe(true);
});
