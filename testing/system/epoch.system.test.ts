import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "@acta/bytes";
import { proveCommit } from "@acta/light-client";
import { ed25519Signer } from "@acta/native";
import {
  buildStateProof,
  byCommit,
  encodeTrustFile,
  parseTrustFile,
  renewProof,
  type TrustFile,
  verifyProof,
} from "@acta/protocol";
import { parseKeyFile } from "@acta/sdk";
import { fsck } from "@acta/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acta } from "../src/command.ts";
import { blockAfterTheEnd, closeEpoch } from "../src/epochs/close-epoch.ts";
import { openNextEpoch } from "../src/epochs/next-epoch.ts";
import { validatorOf } from "../src/epochs/signed-block.ts";
import { statusOf } from "../src/http.ts";
import { type NodeProcess, startNodeProcess } from "../src/node-process.ts";

// A receipt that was made before its epoch closed: unproved until it is renewed, and renewed for ever after.

let folder: string;
let node: NodeProcess;
let lastHeight: number;

const run = (...words: string[]) => acta(words, { node: node.url, folder });
/** Without any node. */
const offline = (...words: string[]) => acta(words, { node: "http://127.0.0.1:9", folder });
const json = async (...words: string[]) => JSON.parse((await offline(...words, "--json")).stdout);
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const keep = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, name), bytes);
const newTrust = (): TrustFile => parseTrustFile(bytesOf("new.trust"));
/** The same as that of a ledger in earnest, whose proofs grow old. */
const inEarnest = (): Uint8Array => encodeTrustFile({ ...newTrust(), demo: false, development: false });
const deposit = (name: string) =>
  run("evidence", "deposit", name, "--key", join(folder, "data", "keys", "depositor.key"), "--out", ".");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "acta-epoch-"));
  node = await startNodeProcess(join(folder, "data"), "--empty");
  keep("fact.txt", new TextEncoder().encode("A fact of the first epoch."));
  await deposit("fact.txt");
  await run("trust", "export", "--out", "old.trust");
  await run("record", "prove", "operation/clock", "evidence/deposit/".padEnd(49, "0"), "--out", "records.proof");
  await node.stop();
  const { secret } = parseKeyFile(readFileSync(join(folder, "data", "keys", "validator.key"), "utf8"));
  await closeEpoch(join(folder, "data", "store"), ed25519Signer(secret), (store, closed) => {
    lastHeight = closed.lastHeight;
    const next = openNextEpoch(store, closed);
    keep("new.trust", next.trust);
    const [height] = heightsOf(bytesOf("fact.txt.slip"));
    keep("by-header.slip", renewProof(bytesOf("fact.txt.slip"), next.renewal(height ?? 0)));
    const after = blockAfterTheEnd(closed);
    const { proof } = store.proveState([encode([0, "flags"])]);
    const trusted = byCommit(after.header, proveCommit(after.commit, [validatorOf(closed.key)]));
    keep("after-the-end.proof", buildStateProof({ tree: proof, logRoot: store.log.root(lastHeight), trusted }));
  });
  node = await startNodeProcess(join(folder, "data"), "--empty");
});

afterAll(async () => {
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The ledger's heights of the headers that a proof of the first epoch rests on. */
function heightsOf(proof: Uint8Array): number[] {
  const { height } = verifyProof(proof, bytesOf("old.trust"), { now: Date.now() / 1000 });
  return height === undefined ? [] : [height + 1];
}

test("the slip is valid under the old trust file, and unproved under the new one, which says what to do", async () => {
  expect(await json("verify", "fact.txt.slip", "--trust", "old.trust")).toMatchObject({
    verdict: "valid",
    basis: "fresh",
  });
  const { code, stdout } = await offline("verify", "fact.txt.slip", "--file", "fact.txt", "--trust", "new.trust");
  expect(code).toBe(2);
  expect(stdout).toBe(
    "CANNOT TELL  fact.txt.slip\n  The proof rests on votes of an epoch that has ended. Ask a node of the ledger to renew the proof.\n",
  );
  const chinese = await offline("verify", "fact.txt.slip", "--trust", "new.trust", "--lang", "zh");
  expect(chinese.stdout).toMatch(/^无法判断 /);
  expect(await json("verify", "records.proof", "--trust", "new.trust")).toMatchObject({ reason: "epoch-closed" });
});

test("a node that kept the epoch takes nothing more, in words, and serves its proofs", async () => {
  const before = await statusOf(node.url);
  expect(before).toMatchObject({ state: "epoch-ended", height: lastHeight });
  keep("late.txt", new TextEncoder().encode("too late"));
  const { code, stderr } = await deposit("late.txt");
  expect(code).not.toBe(0);
  expect(stderr).toContain("The epoch that this node kept has ended");
  expect(existsSync(join(folder, "late.txt.slip"))).toBe(false);
  expect(await statusOf(node.url)).toMatchObject({ state: "epoch-ended", height: lastHeight });
  expect((await fetch(`${node.url}/healthz`)).status).toBe(200);
});

test("renewed to what the new trust file lists, slip and state proof are valid offline, without a clock, for ever", async () => {
  const { stdout, code } = await run("receipt", "renew", "fact.txt.slip", "records.proof", "--trust", "new.trust");
  expect(stdout).toBe("RENEWED  fact.txt.renewed.slip\nRENEWED  records.proof.renewed\n");
  expect(code).toBe(0);
  const words = ["--file", "fact.txt", "--trust", "new.trust"];
  expect(await json("verify", "fact.txt.renewed.slip", ...words)).toMatchObject({
    verdict: "valid",
    basis: "renewed",
    file: "same",
  });
  for (const name of ["fact.txt.renewed.slip", "records.proof.renewed"])
    for (const now of [newTrust().issued + 10 * 366 * 86_400, undefined])
      expect(verifyProof(bytesOf(name), inEarnest(), { now })).toMatchObject({ verdict: "valid", basis: "renewed" });
});

test("renewed to a header of the next epoch, the slip is valid while the votes of its validators are believed", () => {
  const { issued, period } = newTrust();
  const at = (now: number) => verifyProof(bytesOf("by-header.slip"), inEarnest(), { now });
  expect(at(issued)).toMatchObject({ verdict: "valid", basis: "renewed" });
  expect(at(issued + period + 3600)).toMatchObject({ verdict: "cannot-tell", reason: "trust-file-too-old" });
});

test("what the old keys sign after the end of their chain is not valid", () => {
  const now = newTrust().issued;
  expect(verifyProof(bytesOf("after-the-end.proof"), inEarnest(), { now })).toMatchObject({
    verdict: "not-valid",
    reason: "wrong-header",
  });
});

test("fsck finds the closed epoch whole", async () => {
  await node.stop();
  expect(await fsck(join(folder, "data", "store"))).toEqual([]);
  node = await startNodeProcess(join(folder, "data"), "--empty");
});
