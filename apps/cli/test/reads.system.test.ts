import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Day, dayFromText, type Time } from "@acta/contract";
import { builtIn, contractLibrary } from "@acta/ledger";
import {
  actingKey,
  type Command,
  type CommandHost,
  type CommandOptions,
  contractClient,
  createNodeClient,
  keyFromSecret,
  parseTrustFile,
  SdkError,
  verifyProof,
} from "@acta/sdk";
import { fsck } from "@acta/store";
import { branches, branchesApplication, type InProcessNode, startInProcess } from "@acta/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recountLines } from "../src/commands/fsck.ts";
import { recordCommandOf } from "../src/commands/record.ts";
import { totalCommandOf } from "../src/commands/total.ts";
import { verdictLines } from "../src/commands/verify.ts";
import { createHost } from "../src/host.ts";
import { StoreRecounter } from "../src/recount-store.ts";

// A node over a contract with totals by day and records that keep their versions: no application of the release has either.

/** Noon of 2026-09-22 where the ledger is. */
const FIRST_NOON = Date.UTC(2026, 8, 22, 4);
const DAY_MS = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), "acta-reads-"));
const data = join(folder, "store");
const key = actingKey(keyFromSecret("ed25519", new Uint8Array(32).fill(7)));
const place = { branch: "01/02" };
const heights: number[] = [];
let shiftMs = 0;
let node: InProcessNode;
let client: ReturnType<typeof clientOver>;

beforeAll(async () => {
  const opened = performance.now();
  const clock = {
    wallMs: () => FIRST_NOON + shiftMs + performance.now() - opened,
    bootMs: () => shiftMs + performance.now() - opened,
  };
  node = await startInProcess({ data, clock, applications: [branchesApplication] });
  client = clientOver(fetch);
  const member = { status: "full", points: 3n } as const;
  const cny = (amount: bigint) => ({ amount, currency: "CNY" });
  await client.enter({ id: "m1", branch: "01/02", hours: 125n, dues: cny(90_000n), ...member });
  heights.push((await client.appoint({ ...place, holder: "ann" })).height);
  shiftMs += DAY_MS;
  await client.enter({ id: "m2", branch: "01/02", hours: 5n, dues: cny(10_050n), ...member });
  heights.push((await client.appoint({ ...place, holder: "bob" })).height);
  shiftMs += DAY_MS;
  heights.push((await client.dismiss(place)).height);
});

afterAll(async () => {
  await node?.close();
  rmSync(folder, { recursive: true, force: true });
});

function clientOver(fetching: typeof fetch) {
  const powers = {
    node: node.url,
    fetch: fetching,
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
    now: () => performance.now(),
  };
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
  return contractClient(branches, { node: createNodeClient(powers), key, random });
}

const day = (text: string): Day => dayFromText(text);
const timeOf = (days: number): Time => BigInt(FIRST_NOON / 1000 + days * 86_400) as Time; // seconds

describe("the typed client", () => {
  test("reads a total, now and of past days, out of verified proofs", async () => {
    const now = await client.totals.members.at("01/02");
    const dues: bigint | undefined = now.sums.dues["CNY"];
    expect([now.count, dues, now.sums.hours]).toEqual([2n, 100_050n, 130n]);
    const first = await client.totals.members.at("01", { day: day("2026-09-22") });
    const full = { values: ["full"], count: 1n, sums: { dues: { CNY: 90_000n }, hours: 125n } };
    expect(first).toMatchObject({ count: 1n, settled: true, split: [full] });
    const today = await client.totals.members.at("01", { day: day("2026-09-24") });
    expect(today).toMatchObject({ count: 2n, settled: false });
    const none = await client.totals.everybody.at("07/07");
    expect(none).toMatchObject({ count: 0n, sums: { points: 0n }, split: [] });
    const trust = node.ordering.trustFile();
    for (const { proof } of [now, first, today, none])
      expect(verifyProof(proof, trust, { now: Number(timeOf(3)) })).toMatchObject({ verdict: "valid", kind: "state" });
  });

  test("reads a record as of a time and as of a height", async () => {
    const at = (asOf: Parameters<typeof client.records.chair.get>[1]) => client.records.chair.get(place, asOf);
    const ann = { values: { holder: "ann" }, since: { height: heights[0] }, until: { height: heights[1] } };
    expect(await at({ asOf: { height: heights[0] ?? 0 } })).toMatchObject({ ...ann, settled: true });
    expect(await at({ asOf: { time: (timeOf(1) - 60n) as Time } })).toMatchObject({ ...ann, settled: true });
    expect(await at({ asOf: { height: (heights[0] ?? 0) - 1 } })).toMatchObject({ values: undefined, settled: true });
    expect(await at({ asOf: { height: heights[2] ?? 0 } })).toMatchObject({
      values: undefined,
      since: { height: heights[2] },
    });
    expect(await at({})).toMatchObject({ values: undefined, expectation: { valueHash: null } });
    const member = await client.records.member.get({ id: "m1" });
    expect(member.values?.dues).toEqual({ amount: 90_000n, currency: "CNY" });
  });

  test("believes no proof that is changed, or of something else", async () => {
    const answering = (change: (url: string, bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array) =>
      clientOver((async (url: string, init?: RequestInit) => {
        const response = await fetch(url, init);
        if (!url.includes("?proof")) return response;
        const bytes = new Uint8Array(await response.arrayBuffer());
        return new Response((await change(url, bytes)).slice(), response);
      }) as typeof fetch); // asked with texts alone
    const changed = answering((_, bytes) => bytes.with(60, (bytes[60] ?? 0) ^ 1));
    const refusal = (error: unknown) => (error instanceof SdkError ? error.code : error);
    expect(await changed.totals.members.at("01").catch(refusal)).toBe("not-proved");
    expect(await changed.records.member.get({ id: "m1" }).catch(refusal)).toBe("not-proved");
    const other = answering(async (url) => new Uint8Array(await (await fetch(url.replace("01", "02"))).arrayBuffer()));
    expect(await other.totals.members.at("01").catch(refusal)).toBe("not-proved");
    const newest = answering(
      async (url) => new Uint8Array(await (await fetch(url.replace(/&(day|asOf)=[^&]*/, ""))).arrayBuffer()),
    );
    expect(await newest.totals.members.at("01", { day: day("2026-09-22") }).catch(refusal)).toBe("not-proved");
    expect(await newest.records.chair.get(place, { asOf: { height: 1 } }).catch(refusal)).toBe("not-proved");
  });
});

describe("what a call expects of records", () => {
  test("is what the client read: refused once somebody else changed it", async () => {
    const read = await client.records.member.get({ id: "m2" });
    const expects = [read.expectation ?? expect.fail("a record as it stands has an expectation")];
    expect((await client.move({ id: "m2", branch: "03" }, { expects })).accepted).toBe(true);
    const late = await client.move({ id: "m2", branch: "04" }, { expects });
    expect(late).toMatchObject({ accepted: false, contract: "ledger", refused: "record-changed" });
    const again = await client.records.member.get({ id: "m2" });
    expect(again.values?.branch).toBe("03");
    expect(
      (await client.move({ id: "m2", branch: "01/02" }, { expects: [again.expectation ?? expect.fail()] })).accepted,
    ).toBe(true);
  });

  test("can be left to a node that prepares, which says what it filled in, or be given and be out of date", async () => {
    const signer = {
      algorithm: -19,
      publicKey: Buffer.from(keyFromSecret("ed25519", new Uint8Array(32).fill(7)).publicKey).toString("base64url"),
    };
    const prepare = async (expects: unknown, language = "en") => {
      const response = await fetch(`${node.url}/v1/contracts/branches/move`, {
        method: "POST",
        headers: { "content-type": "application/json", "accept-language": language },
        body: JSON.stringify({ signers: [signer], input: { id: "m1", branch: "05" }, expects }),
      });
      return { status: response.status, json: JSON.parse(await response.text()) };
    };
    const m1 = { contract: "branches", record: "member", key: ["m1"] };
    const filled = await prepare([m1, { ...m1, key: ["m9"] }]);
    expect(filled.json.outcome).toMatchObject({ verdict: "accepted" });
    const [{ valueHash }, absent] = filled.json.expects;
    expect(valueHash).toMatch(/^[0-9a-f]{64}$/);
    expect(absent).toEqual({ ...m1, key: ["m9"], valueHash: null });
    expect(Buffer.from(filled.json.call, "base64url").toString("hex")).toContain(valueHash);
    expect((await prepare([{ ...m1, valueHash }])).json.outcome.verdict).toBe("accepted");
    const late = await prepare([{ ...m1, valueHash: null }], "zh");
    expect(late.json.outcome.refusal).toMatchObject({ contract: "ledger", code: "record-changed" });
    expect(late.json.outcome.refusal.message).toMatch(/[一-龥]/);
    for (const wrong of [
      {},
      [1],
      [{ ...m1, more: 1 }],
      [{ ...m1, contract: "none" }],
      [{ ...m1, record: "constructor" }],
      [{ ...m1, key: [] }],
      [{ ...m1, key: ["m1", "m2"] }],
      [{ ...m1, valueHash: "ab" }],
      Array.from({ length: 17 }, () => m1),
    ])
      expect(await prepare(wrong), JSON.stringify(wrong)).toMatchObject({
        status: 400,
        json: { error: { code: "bad-request" } },
      });
  });
});

describe("over HTTP", () => {
  const problem = async (path: string, language = "en") => {
    const response = await fetch(`${node.url}${path}`, { headers: { "accept-language": language } });
    const { error } = JSON.parse(await response.text());
    return [response.status, error.code, error.message];
  };

  test.each([
    ["/v1/totals/branches/nobody", 404, "unknown-total"],
    ["/v1/totals/branches/constructor", 404, "unknown-total"],
    ["/v1/totals/nowhere/members", 404, "unknown-contract"],
    ["/v1/totals/branches/everybody/01?day=2026-09-22", 404, "days-not-kept"],
    ["/v1/totals/branches/members/01?day=2026-09-25", 404, "moment-ahead"],
    ["/v1/totals/branches/members/01?day=2026-02-30", 400, "bad-request"],
    ["/v1/totals/branches/members/01?day=2026-09-22&day=2026-09-23", 400, "bad-request"],
    ["/v1/totals/branches/members/0%201", 400, "bad-request"],
    ["/v1/totals/branches/members/01//02", 400, "bad-request"],
    ["/v1/totals/branches/members/%ff", 400, "bad-request"],
    ["/v1/records/branches/member/m1?asOf=5", 404, "versions-not-kept"],
    ["/v1/records/branches/chair/01%2F02?asOf=999999", 404, "unknown-block"],
    ["/v1/records/branches/chair/01%2F02?asOf=2999-01-01T00:00:00Z", 404, "moment-ahead"],
    ["/v1/records/branches/chair/01%2F02?asOf=yesterday", 400, "bad-request"],
    ["/v1/records/branches/chair/01%2F02?asOf=", 400, "bad-request"],
    ["/v1/records/branches/chair/01%2F02?asOf=1", 404, "absent-record"],
  ])("%s is answered in words", async (path, status, code) => {
    expect(await problem(path)).toEqual([status, code, expect.stringMatching(/^[A-Z]/)]);
    expect(await problem(path, "zh")).toEqual([status, code, expect.stringMatching(/[一-龥]/)]);
  });

  test("a total and a record of then are JSON with the block they were read at", async () => {
    const get = async (path: string) => JSON.parse(await (await fetch(`${node.url}${path}`)).text());
    const { height } = node.store;
    const total = await get("/v1/totals/branches/members/01%2F02?day=2026-09-22");
    expect(total).toEqual({
      contract: "branches",
      total: "members",
      path: "01/02",
      day: "2026-09-22",
      settled: true,
      count: "1",
      sums: { dues: { CNY: "900.00" }, hours: "12.5" },
      split: [{ values: ["full"], count: "1", sums: { dues: { CNY: "900.00" }, hours: "12.5" } }],
      height,
    });
    const chair = await get(`/v1/records/branches/chair/01%2F02?asOf=${heights[1]}`);
    expect(chair).toMatchObject({ value: { holder: "bob" }, height, settled: true, until: { height: heights[2] } });
    expect(chair.since.time).toMatch(/^2026-09-23T04:/);
  });

  test("the document describes what can be asked of totals and past records", async () => {
    const { paths } = JSON.parse(await (await fetch(`${node.url}/openapi.json`)).text());
    const asked = (path: string) => paths[path].get.parameters.map(({ name }: { name: string }) => name);
    expect(asked("/v1/totals/branches/members")).toEqual(["day", "proof"]);
    expect(asked("/v1/totals/branches/everybody/{path}")).toEqual(["path", "proof"]);
    expect(asked("/v1/records/branches/chair/{branch}")).toEqual(["branch", "asOf", "proof"]);
    expect(asked("/v1/records/branches/member/{id}")).toEqual(["id", "proof"]);
  });
});

/** Runs a command in this process, over the test's contract. */
async function acta(command: Command, words: readonly string[], options: CommandOptions, language: "zh" | "en" = "en") {
  const { host } = createHost({ node: node.url, json: false, language });
  const [said, results]: [string[], unknown[]] = [[], []];
  const listening: CommandHost = {
    ...host,
    say: (line) => void said.push(line),
    result: (value) => void results.push(value),
  };
  const code = await command.run(listening, words, options);
  return { code, said: said.join("\n"), result: results[0] };
}

describe("the command line", () => {
  const find = async () => branches;
  const proofFile = (name: string): string => join(folder, name);
  const inWords = (name: string, language: "zh" | "en") => {
    const verdict = verifyProof(readFileSync(proofFile(name)), parseTrustFile(node.ordering.trustFile()), {
      now: Math.floor(Date.now() / 1000),
    });
    return verdictLines(name, verdict, language, [branches]).join("\n");
  };

  test("says a total of a past day, keeps its proof, and reads it again offline in words", async () => {
    const options = { day: "2026-09-22", out: proofFile("total.proof") };
    const { code, said, result } = await acta(totalCommandOf(find), ["branches", "members", "01/02"], options);
    expect(code).toBe(0);
    expect(said).toContain(
      "branches.members under 01/02, at the end of 2026-09-22\n  1; dues 900.00 CNY; hours 12.5\n",
    );
    expect(said).toContain("status full: 1; dues 900.00 CNY");
    expect(result).toMatchObject({ verdict: "valid", count: "1", settled: true });
    expect(inWords("total.proof", "en")).toContain(
      "total branches.members under 01/02, at the end of 2026-09-22: 1; dues 900.00 CNY; hours 12.5",
    );
    expect(inWords("total.proof", "zh")).toContain(
      "合计 branches.members 路径 01/02, 2026-09-22 日终: 1; dues 900.00 CNY",
    );
    const chinese = await acta(totalCommandOf(find), ["branches", "members"], { day: "2026-09-23" }, "zh");
    expect(chinese.said).toMatch(/^branches\.members 全部，2026-09-23 日终\n {2}2; .*已验证，截至区块 \d+。$/s);
    await expect(acta(totalCommandOf(find), ["branches", "none"], {})).rejects.toThrow("It has: members, everybody.");
  });

  test("says what is so far where the day is not over, and that nothing is counted", async () => {
    const today = await acta(totalCommandOf(find), ["branches", "members"], {
      day: "2026-09-24",
      out: proofFile("now.proof"),
    });
    expect(today.said).toContain("so far");
    expect(inWords("now.proof", "en")).toContain("480 minutes ahead of UTC");
    await acta(totalCommandOf(find), ["branches", "members", "01"], {
      day: "2026-09-01",
      out: proofFile("never.proof"),
    });
    expect(inWords("never.proof", "en")).toContain("nothing was counted before 2026-09-22");
    await acta(totalCommandOf(find), ["branches", "everybody", "09"], { out: proofFile("nothing.proof") });
    expect(inWords("nothing.proof", "zh")).toContain("没有计入任何记录");
  });

  test("says a record as it was, and which blocks it was in force between", async () => {
    const options = { "as-of": String(heights[0]), out: proofFile("chair.proof") };
    const { code, said } = await acta(recordCommandOf(find), ["branches", "chair", "01/02"], options);
    expect(code).toBe(0);
    expect(said).toContain(`from block ${heights[0]} (2026-09-22T04:`);
    expect(said).toContain('"holder": "ann"');
    expect(inWords("chair.proof", "en")).toContain(
      `record branches.chair 01/02, from block ${heights[0]} (2026-09-22T04:`,
    );
    expect(inWords("chair.proof", "zh")).toContain('{"holder":"ann"}');
    await expect(acta(recordCommandOf(find), ["branches", "chair", "01/02"], options)).rejects.toThrow(
      "nothing is overwritten",
    );
    const chinese = await acta(recordCommandOf(find), ["branches", "chair", "01/02"], { "as-of": "1" }, "zh");
    expect(chinese.said).toMatch(/^截至 1，至区块 \d+（2026-09-22T04:.*）止:\n没有这条记录。/);
    const later = { "as-of": String(heights[2]), out: proofFile("gone.proof") };
    expect((await acta(recordCommandOf(find), ["branches", "chair", "01/02"], later)).said).toContain("There is none.");
    expect(inWords("gone.proof", "en")).toContain(`as it stands since block ${heights[2]}`);
  });

  test("recounts the totals of the store", async () => {
    await node.close();
    const recounter = new StoreRecounter(contractLibrary([builtIn, branchesApplication]));
    expect(await fsck(data, () => {}, recounter.add)).toEqual([]);
    const whole = recounter.finish();
    expect(whole).toMatchObject({ records: 2, differing: [], unknown: ["evidence"] });
    expect(recountLines(whole).at(-1)).toBe(`2 records recounted into ${whole.totals} totals: none differs.`);
  });
});
