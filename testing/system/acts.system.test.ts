import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode, map, toHex } from "@acta/bytes";
import { parseProof, parseTrustFile, verifyProof } from "@acta/protocol";
import { createNodeClient, proveAct, proveRecords, SdkError } from "@acta/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acta } from "../src/command.ts";
import { remindersApplication } from "../src/deadlines/reminders.ts";
import { type Answer, ask, postOne, settled, statusOf } from "../src/http.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { depositCall, signSample } from "../src/sample-ledger.ts";
import { type InProcessNode, startInProcess } from "./in-process-node.ts";

// What a node says and proves of the acts that its ledger did by itself, and of several records at once.

let node: InProcessNode;
let folder: string;
/** The block in which the reminders were fired. */
let height: number;
const random = randomNumbers(20_261_121);
const deposit = randomBytes(random, 16);
const absent = randomBytes(random, 16);

const run = (...words: string[]) => acta(words, { node: node.url, folder });
const json = async (...words: string[]) => JSON.parse((await run(...words, "--json")).stdout);
const client = () =>
  createNodeClient({
    node: node.url,
    fetch,
    sleep: () => Promise.resolve(),
    now: () => performance.now(),
    retryForMs: 0,
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "acta-acts-"));
  node = await startInProcess({ applications: [remindersApplication] });
  await send(depositCall(deposit));
  const { nowSeconds } = await statusOf(node.url);
  await send(planCall("march", 97, 4, nowSeconds + 1));
  height = await heightOfActs();
  // The ledger rests when the block that proves the acts is there.
  await node.ordering.reached(height + 1, 10_000);
});

afterAll(async () => {
  await node.close();
  rmSync(folder, { recursive: true, force: true });
});

function planCall(series: string, from: number, count: number, at: number) {
  const input = map([
    ["series", series],
    ["from", from],
    ["count", count],
    ["at", at],
  ]);
  return { contract: "reminders", version: 1, action: "plan", input, expects: [], blind: new Uint8Array(0) };
}

async function send(call: ReturnType<typeof depositCall>): Promise<void> {
  const { nowSeconds } = await statusOf(node.url);
  const { depositor } = node.ledger;
  const nonce = randomBytes(random, 16);
  const bytes = signSample(node.ledger, { signers: [depositor], calls: [call], expiry: nowSeconds + 600, nonce });
  const { json: answer } = await postOne(node.url, bytes);
  const { json: entered } = await settled(node.url, answer.submissions[0].identity);
  expect(entered.outcomes).toMatchObject([{ verdict: "accepted" }]);
}

/** The height of the block that the events tell of as one with acts. */
async function heightOfActs(): Promise<number> {
  const response = await fetch(`${node.url}/v1/events?from=1`);
  let text = "";
  for await (const part of response.body ?? []) {
    text += new TextDecoder().decode(part);
    for (const [, data = ""] of text.matchAll(/^data: (.*)\n\n/gm)) {
      const block = JSON.parse(data) as { height: number; actions: number };
      if (block.actions > 0) return block.height;
    }
  }
  throw new Error("The events ended without an act.");
}

describe("the acts of a block", () => {
  test("are listed with their verdicts, and refusals in the reader's words", async () => {
    const { json: listed } = await ask(`${node.url}/v1/blocks/${height}/actions`);
    expect(listed).toMatchObject({ height, count: 4 });
    expect(listed.actions.map((each: { name: string }) => each.name)).toEqual(
      [97, 98, 99, 100].map((number) => `march/${String(number).padStart(7, "0")}`),
    );
    expect(listed.actions[0]).toEqual({
      index: 0,
      due: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      contract: "reminders",
      action: "fire",
      name: "march/0000097",
      verdict: "accepted",
    });
    expect(listed.actions[2]).toMatchObject({
      verdict: "refused",
      refusal: {
        contract: "reminders",
        code: "unwanted",
        blanks: { number: "99" },
        message: "Nobody wants to be reminded of number 99.",
      },
    });
    const headers = { "accept-language": "zh" };
    const chinese = await ask(`${node.url}/v1/blocks/${height}/actions?from=2&count=1`, { headers });
    expect(chinese.json.actions).toMatchObject([{ index: 2, refusal: { message: "没有人要第 99 号提醒。" } }]);
  });

  test("are found by contract and name", async () => {
    const find = (query: string) => ask(`${node.url}/v1/actions?${query}`);
    const { json: found } = await find("contract=reminders&name=march/0000099");
    expect(found).toMatchObject({ actions: [{ height, index: 2, verdict: "refused" }] });
    const away = ["contract=reminders&name=march", "contract=evidence&name=march/0000099"];
    for (const query of [...away, `contract=reminders&name=march/0000099&from=${height + 1}`])
      expect((await find(query)).json).toEqual({ actions: [] });
    expect((await find("contract=reminders")).json.error.code).toBe("bad-request");
    expect((await find("contract=a&contract=b&name=c")).json.error.code).toBe("bad-request");
  });

  test("are proved, each by itself, and no changed proof is valid", async () => {
    const trust = (await ask(`${node.url}/v1/trust`)).bytes;
    for (const index of [0, 1, 2, 3]) {
      const { bytes } = await ask(`${node.url}/v1/blocks/${height}/actions/${index}`);
      const now = (await statusOf(node.url)).nowSeconds;
      const verdict = verifyProof(bytes, trust, { now });
      expect(verdict).toMatchObject({ verdict: "valid", kind: "acted", basis: "fresh", height });
      expect(verdict.ledgerAction).toMatchObject({ index, verdict: index === 2 ? "refused" : "accepted" });
      const changed = bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte));
      expect(verifyProof(changed, trust, { now }).verdict).toBe("not-valid");
    }
  });

  test("that are not there are named so", async () => {
    const code = async (path: string) => (await ask(`${node.url}/v1/blocks/${path}`)).json.error.code;
    expect(await code(`${height}/actions/4`)).toBe("unknown-act");
    expect(await code("1/actions/0")).toBe("unknown-act");
    expect(await code(`${height + 99}/actions/0`)).toBe("unknown-block");
    expect(await code(`${height + 99}/actions`)).toBe("unknown-block");
    expect(await code(`${height}/actions/first`)).toBe("bad-request");
    expect((await ask(`${node.url}/v1/blocks/1/actions`)).json).toEqual({ height: 1, count: 0, actions: [] });
  });

  test("are proved to a program, which believes no node", async () => {
    const { verdict } = await proveAct({ node: client() }, { height, index: 2 });
    expect(verdict.ledgerAction).toMatchObject({ name: "march/0000099", refusal: { code: "unwanted" } });
    const lying = { ...client(), actionProof: () => client().actionProof({ height, index: 1 }) };
    await expect(proveAct({ node: lying }, { height, index: 2 })).rejects.toThrow(SdkError);
    const { actions } = await client().findActions("reminders", "march/0000100");
    expect(actions).toMatchObject([{ height, index: 3 }]);
  });

  test("are listed, found, proved, verified and renewed on the command line", async () => {
    const listed = await run("action", "list", String(height));
    expect(listed.stdout.split("\n")).toHaveLength(5);
    expect(listed.stdout).toMatch(/\d+ 2 {2}reminders\.fire {2}march\/0000099 {2}due .*Z {2}refused: Nobody wants/);
    expect((await run("action", "list", "1")).stdout).toBe("In this block the ledger did nothing by itself.\n");
    expect(await json("action", "find", "reminders", "march/0000099")).toMatchObject({
      actions: [{ height, index: 2 }],
    });
    expect((await run("action", "find", "reminders", "april")).stdout).toBe("No such deadline has passed.\n");
    expect((await run("action", "prove", String(height), "2", "--out", "march.proof")).code).toBe(0);
    expect((await run("action", "prove", String(height), "2", "--out", "march.proof")).code).toBe(2);
    expect((await run("action", "prove", String(height), "9", "--out", "none.proof")).code).not.toBe(0);
    expect(existsSync(join(folder, "none.proof"))).toBe(false);
    await run("trust", "export", "--out", "ledger.trust");
    const words = ["march.proof", "--trust", "ledger.trust"];
    expect(await json("verify", ...words)).toMatchObject({
      verdict: "valid",
      kind: "acted",
      basis: "fresh",
      height,
      outcome: { verdict: "refused", refusal: { contract: "reminders", code: "unwanted" } },
      deadline: { name: "march/0000099", index: 2 },
    });
    expect((await run("verify", ...words)).stdout).toContain(
      "by the ledger itself, at a deadline: march/0000099, due ",
    );
    await send(depositCall(randomBytes(random, 16)));
    await run("trust", "export", "--out", "newer.trust");
    const renewed = await run("receipt", "renew", "march.proof", "--trust", "newer.trust");
    expect(renewed.stdout).toBe("RENEWED  march.proof.renewed\n");
    expect(await json("verify", "march.proof.renewed", "--trust", "newer.trust")).toMatchObject({
      verdict: "valid",
      basis: "renewed",
      height,
    });
  });
});

describe("one proof of several records", () => {
  const asked = () => [
    ["evidence", "deposit", toHex(deposit)],
    ["evidence", "deposit", toHex(absent)],
    ["reminders", "fired", "march", "98"],
    ["reminders", "fired", "march", "99"],
    ["operation", "clock"],
  ];
  const post = (body: unknown): Promise<Answer> =>
    ask(`${node.url}/v1/proofs`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  test("shows which are there and which are absent, all as of one block", async () => {
    const records = [...asked(), ...asked()];
    const { status, bytes } = await post({ records });
    expect(status).toBe(200);
    const trust = parseTrustFile((await ask(`${node.url}/v1/trust`)).bytes);
    const { verdict, records: proved } = verifyProof(bytes, trust, { now: (await statusOf(node.url)).nowSeconds });
    expect(verdict).toBe("valid");
    const presence = new Map(proved?.map(({ keyBytes, valueBytes }) => [toHex(keyBytes), valueBytes !== null]));
    const isThere = (...key: (string | number | Uint8Array)[]) => presence.get(toHex(encode([2, ...key])));
    expect(presence.size).toBe(5);
    expect(isThere("evidence", "deposit", deposit)).toBe(true);
    expect(isThere("evidence", "deposit", absent)).toBe(false);
    expect(isThere("reminders", "fired", "march", 98)).toBe(true);
    expect(isThere("reminders", "fired", "march", 99)).toBe(false);
    expect(isThere("operation", "clock")).toBe(true);
  });

  test("is asked for wrongly in words", async () => {
    const wrong: [unknown, string][] = [
      [{ records: [] }, "bad-request"],
      [{ records: "all" }, "bad-request"],
      [{ records: asked(), more: 1 }, "bad-request"],
      [{ records: [["evidence"]] }, "bad-request"],
      [{ records: [["evidence", "deposit", "no-hex"]] }, "bad-request"],
      [{ records: [["evidence", "deposit"]] }, "bad-request"],
      [{ records: [["nowhere", "deposit", "00"]] }, "unknown-contract"],
      [{ records: [["evidence", "toString", "00"]] }, "unknown-record"],
      [{ records: Array.from({ length: 1001 }, () => ["operation", "clock"]) }, "bad-request"],
      [[], "bad-request"],
      [null, "bad-request"],
    ];
    for (const [body, code] of wrong) expect((await post(body)).json.error.code, JSON.stringify(body)).toBe(code);
  });

  test("comes to a program verified", async () => {
    const { verdict } = await proveRecords({ node: client() }, [
      ["evidence", "deposit", toHex(deposit)],
      ["reminders", "fired", "march", "99"],
    ]);
    expect(verdict.records?.map(({ valueBytes }) => valueBytes !== null).sort()).toEqual([false, true]);
    const lying = { ...client(), stateProofOf: () => client().stateProofOf([["operation", "clock"]]) };
    await expect(proveRecords({ node: lying }, [["evidence", "deposit", toHex(deposit)]])).rejects.toThrow(SdkError);
  });

  test("is saved and verified on the command line", async () => {
    const words = asked().map((parts) => parts.join("/"));
    const { code, stdout } = await run("record", "prove", ...words, "--out", "records.proof");
    expect(code).toBe(0);
    expect(stdout.match(/: absent$/gm)).toHaveLength(2);
    await run("trust", "export", "--out", "records.trust");
    const verified = await json("verify", "records.proof", "--trust", "records.trust");
    expect(verified).toMatchObject({ verdict: "valid", kind: "state" });
    expect(verified.records.filter(({ value }: { value: unknown }) => value === null)).toHaveLength(2);
    expect(parseProof((await post({ records: asked() })).bytes).kind).toBe("state");
  });
});
