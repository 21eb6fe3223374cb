import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeProof, encodeTrustFile, parseProof, parseTrustFile, verifyProof } from "@acta/protocol";
import { acta, type NodeProcess, startNodeProcess } from "@acta/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let node: NodeProcess;

const run = (...words: string[]) => acta(words, { node: node.url, folder });
const json = async (...words: string[]) => JSON.parse((await run(...words, "--json")).stdout);
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const deposit = (name: string) =>
  run("evidence", "deposit", name, "--key", join(folder, "data", "keys", "depositor.key"), "--out", ".");

/** The ledger's trust file as that of a ledger in earnest: a demo ledger's proofs never grow old. */
const inEarnest = (name: string): Uint8Array =>
  encodeTrustFile({ ...parseTrustFile(bytesOf(name)), demo: false, development: false });
const TEN_YEARS = 10 * 366 * 86_400;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "acta-renew-"));
  node = await startNodeProcess(join(folder, "data"), "--empty");
  for (const name of ["first.txt", "second.txt", "third.txt"]) writeFileSync(join(folder, name), name);
  await deposit("first.txt");
  await run("trust", "export", "--out", "early.trust");
  await deposit("second.txt");
  await run("trust", "export", "--out", "ledger.trust");
  await deposit("third.txt");
});

afterAll(async () => {
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("a slip renewed to a trust file's anchor verifies with it ten years later, and without a clock", async () => {
  const { code, stdout } = await run("receipt", "renew", "first.txt.slip", "--trust", "ledger.trust");
  expect(stdout).toBe("RENEWED  first.txt.renewed.slip\n");
  expect(code).toBe(0);
  const words = ["--file", "first.txt", "--trust", "ledger.trust"];
  expect(await json("verify", "first.txt.renewed.slip", ...words)).toMatchObject({
    verdict: "valid",
    basis: "renewed",
    file: "same",
  });
  const trust = inEarnest("ledger.trust");
  const later = parseTrustFile(trust).issued + TEN_YEARS;
  for (const now of [later, undefined]) {
    expect(verifyProof(bytesOf("first.txt.renewed.slip"), trust, { now })).toMatchObject({
      verdict: "valid",
      basis: "renewed",
    });
    expect(verifyProof(bytesOf("first.txt.slip"), trust, { now }).verdict).toBe("cannot-tell");
  }
});

test("nothing is overwritten", async () => {
  const before = bytesOf("first.txt.renewed.slip");
  const { code, stderr } = await run("receipt", "renew", "first.txt.slip");
  expect(code).toBe(2);
  expect(stderr).toContain("is not overwritten");
  expect(bytesOf("first.txt.renewed.slip")).toEqual(before);
});

test("without a trust file a slip is renewed to the newest header, again and again with one link", async () => {
  expect(await json("receipt", "renew", "first.txt.slip", "--out", "once.slip")).toMatchObject({
    verdict: "valid",
    basis: "renewed",
    out: "once.slip",
  });
  await deposit("third.txt");
  writeFileSync(join(folder, "fourth.txt"), "fourth");
  await deposit("fourth.txt");
  expect((await run("receipt", "renew", "once.slip")).code).toBe(0);
  const proof = parseProof(bytesOf("once.renewed.slip"));
  expect(proof.kind === "slip" ? proof.slip.receipt.trusted.links.length : undefined).toBe(1);
  expect(await json("verify", "once.renewed.slip", "--trust", "ledger.trust")).toMatchObject({ basis: "renewed" });
});

test("what rests on an anchor can be renewed to a newer one", async () => {
  await run("trust", "export", "--out", "newer.trust");
  const { code } = await run("receipt", "renew", "first.txt.renewed.slip", "--trust", "newer.trust");
  expect(code).toBe(0);
  const name = "first.txt.renewed.renewed.slip";
  expect(verifyProof(bytesOf(name), inEarnest("newer.trust"), { now: undefined }).verdict).toBe("valid");
});

test("a state proof is renewed like a slip", async () => {
  const number = parseProof(bytesOf("second.txt.slip"));
  if (number.kind !== "slip") throw new Error("The deposit left no slip.");
  const id = Buffer.from(number.slip.receipt.call.input.get("deposit") as Uint8Array).toString("hex"); // an id is bytes
  const proof = await fetch(`${node.url}/v1/records/evidence/deposit/${id}?proof`);
  writeFileSync(join(folder, "deposit.proof"), new Uint8Array(await proof.arrayBuffer()));
  writeFileSync(join(folder, "fifth.txt"), "fifth");
  await deposit("fifth.txt");
  await run("trust", "export", "--out", "newest.trust");
  const { code } = await run("receipt", "renew", "deposit.proof", "--trust", "newest.trust");
  expect(code).toBe(0);
  expect(verifyProof(bytesOf("deposit.proof.renewed"), inEarnest("newest.trust"), { now: undefined })).toMatchObject({
    verdict: "valid",
    kind: "state",
    basis: "renewed",
  });
});

test("an anchor before the proof cannot renew it, and no file is left", async () => {
  const { code, stdout } = await run("receipt", "renew", "third.txt.slip", "--trust", "early.trust");
  expect(code).toBe(2);
  expect(stdout).toMatch(/^NOT RENEWED {2}third\.txt\.slip/);
  expect(existsSync(join(folder, "third.txt.renewed.slip"))).toBe(false);
});

test("a forged slip is renewed by no one", async () => {
  const proof = parseProof(bytesOf("second.txt.slip"));
  const [signature] = proof.kind === "slip" ? (proof.slip.receipt.signatures ?? []) : [];
  signature?.bytes.set([signature.bytes[0] === 0 ? 1 : 0]);
  writeFileSync(join(folder, "forged.slip"), encodeProof(proof));
  const { code } = await run("receipt", "renew", "forged.slip", "--trust", "newest.trust");
  expect(code).toBe(1);
  expect(existsSync(join(folder, "forged.renewed.slip"))).toBe(false);
});

test("the node says what it cannot link", async () => {
  const { height } = (await (await fetch(`${node.url}/v1/status`)).json()) as { height: number };
  const status = async (path: string) => (await fetch(`${node.url}/v1/headers/${path}`)).status;
  expect(await status("3/renewal?to=2")).toBe(404);
  expect(await status(`3/renewal?to=${height + 10}`)).toBe(404);
  expect(await status("3/renewal?to=soon")).toBe(400);
  expect(await status(`3/renewal?to=${height}`)).toBe(200);
  expect(await status("0/renewal")).toBe(404);
});
