import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acta, type NodeProcess, startNodeProcess } from "@acta/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let node: NodeProcess;

const run = (...words: string[]) => acta(words, { node: node.url, folder });
const json = async (...words: string[]) => JSON.parse((await run(...words, "--json")).stdout);
const key = (name: string): string => join(folder, "data", "keys", `${name}.key`);
const names = (of: string): string[] => readdirSync(join(folder, of)).sort();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "acta-cli-"));
  node = await startNodeProcess(join(folder, "data"), "--empty");
  mkdirSync(join(folder, "a"));
  mkdirSync(join(folder, "b"));
  writeFileSync(join(folder, "a", "note.txt"), "first");
  writeFileSync(join(folder, "b", "note.txt"), "second");
  writeFileSync(join(folder, "order.pdf"), "the court's order");
  await run("trust", "export", "--out", "ledger.trust");
});

afterAll(async () => {
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("files of equal names are deposited under names of their own, and verify", async () => {
  const { code, stdout } = await run(
    "evidence",
    "deposit",
    "a/note.txt",
    "b/note.txt",
    "--key",
    key("depositor"),
    "--out",
    "slips",
  );
  expect(stdout).toBe("2 accepted.\n");
  expect(code).toBe(0);
  expect(names("slips")).toEqual(["ledger.id", "note.txt-2.slip", "note.txt.slip", "verdicts.csv"]);
  const verdict = await json("verify", "slips/note.txt-2.slip", "--file", "b/note.txt", "--trust", "ledger.trust");
  expect(verdict).toMatchObject({
    verdict: "valid",
    reason: "valid",
    basis: "fresh",
    file: "same",
    outcome: { verdict: "accepted" },
  });
  expect(verdict.height).toBeGreaterThan(2);
  expect(verdict.noLaterThan).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test("verdicts.csv says what came of each file", () => {
  const [head, ...rows] = readFileSync(join(folder, "slips", "verdicts.csv"), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(head).toBe("file,sha256,verdict,reason,transaction,height");
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/^a\/note\.txt,[0-9a-f]{64},accepted,,[0-9a-f]{64},\d+$/);
});

test("running the same command again enters nothing twice", async () => {
  const before = await json("status");
  const { stdout } = await run(
    "evidence",
    "deposit",
    "a/note.txt",
    "b/note.txt",
    "--key",
    key("depositor"),
    "--out",
    "slips",
  );
  expect(stdout).toBe("0 accepted, 2 done before.\n");
  expect(names("slips")).toHaveLength(4);
  expect((await json("status")).height).toBe(before.height);
});

test("another file and a changed byte are caught: exit code 1", async () => {
  const { code, stdout } = await run(
    "verify",
    "slips/note.txt.slip",
    "--file",
    "b/note.txt",
    "--trust",
    "ledger.trust",
    "--json",
  );
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: "not-valid", reason: "wrong-file", file: "different" });
  const bytes = readFileSync(join(folder, "slips", "note.txt.slip"));
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(join(folder, "changed.slip"), bytes);
  expect((await run("verify", "changed.slip", "--trust", "ledger.trust")).code).toBe(1);
});

test("without a trust file nothing is believed: exit code 2", async () => {
  const { code, stdout } = await run("verify", "slips/note.txt.slip", "--json");
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: "cannot-tell", reason: "no-trust-file" });
});

test("a held deposit cannot be withdrawn until the court that held it lets go", async () => {
  const slip = "slips/note.txt.slip";
  expect((await run("evidence", "hold", slip, "--order", "order.pdf", "--key", key("court"))).code).toBe(0);
  const refused = await run("evidence", "withdraw", slip, "--key", key("depositor"));
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain("evidence/held-by-court");
  expect((await run("evidence", "release", slip, "--order", "order.pdf", "--key", key("court"))).code).toBe(0);
  expect((await run("evidence", "withdraw", slip, "--key", key("depositor"))).code).toBe(0);
  const refusal = await json("verify", "slips/note.txt.withdraw.slip", "--trust", "ledger.trust");
  expect(refusal).toMatchObject({
    verdict: "valid",
    outcome: { verdict: "refused", refusal: { contract: "evidence", code: "held-by-court" } },
  });
});

test("custody entries follow one another, and the record is proved", async () => {
  const slip = "slips/note.txt-2.slip";
  expect(
    (
      await run(
        "evidence",
        "custody",
        slip,
        "--event",
        "examined",
        "--note",
        "by the expert",
        "--key",
        key("depositor"),
      )
    ).code,
  ).toBe(0);
  expect((await run("evidence", "custody", slip, "--event", "presented", "--key", key("depositor"))).code).toBe(0);
  const { transaction } = await json("verify", slip, "--trust", "ledger.trust");
  expect(transaction).toMatch(/^[0-9a-f]{64}$/);
  const proved = await json(
    "record",
    "get",
    "operation",
    "clock",
    "--proof",
    "--trust",
    "ledger.trust",
    "--out",
    "clock.proof",
  );
  expect(proved).toMatchObject({ verdict: "valid", entries: ["present"] });
  expect(await json("verify", "clock.proof", "--trust", "ledger.trust")).toMatchObject({
    verdict: "valid",
    kind: "state",
  });
});

test("a record that is not there is proved to be absent", async () => {
  const proved = await json(
    "record",
    "get",
    "evidence",
    "deposit",
    "00".repeat(16),
    "--proof",
    "--trust",
    "ledger.trust",
  );
  expect(proved).toMatchObject({ verdict: "valid", entries: ["absent"] });
});

test("a stranger's own key is made once, readable by its owner alone, and deposits", async () => {
  expect((await run("key", "new", "--suite", "ed25519", "--out", "mine.key")).code).toBe(0);
  expect(statSync(join(folder, "mine.key")).mode & 0o777).toBe(0o600);
  const again = await run("key", "new", "--out", "mine.key");
  expect(again.code).toBe(2);
  expect(again.stderr).toContain("never overwritten");
  expect((await run("evidence", "deposit", "order.pdf", "--key", "mine.key", "--out", "mine")).code).toBe(0);
  const verdict = await json("verify", "mine/order.pdf.slip", "--trust", "ledger.trust");
  expect(verdict.signers).toMatchObject([{ proved: true, signature: "verified" }]);
});

test("any action can be called from JSON, and its refusal has a receipt", async () => {
  writeFileSync(join(folder, "input.json"), JSON.stringify({ deposit: "00".repeat(16) }));
  const { code, stdout } = await run(
    "call",
    "evidence",
    "withdraw",
    "--input",
    "input.json",
    "--key",
    key("depositor"),
    "--out",
    "call.slip",
  );
  expect(stdout).toContain("ledger / not-entitled");
  expect(code).toBe(1);
  expect(await json("verify", "call.slip", "--trust", "ledger.trust")).toMatchObject({ verdict: "valid" });
});

test("the demo clock moves forward and the clock is confirmed", async () => {
  const { nowSeconds } = await json("status");
  expect((await run("demo", "clock", "+60d", "--key", key("operator"))).code).toBe(0);
  expect((await json("status")).nowSeconds).toBeGreaterThanOrEqual(nowSeconds + 60 * 86_400);
  expect((await run("clock", "confirm", "--key", key("operator"))).code).toBe(0);
  expect((await run("demo", "clock", "+1d", "--key", key("court"))).code).toBe(1);
});

test("the law is printed in both languages", async () => {
  expect((await run("law", "evidence")).stdout).toContain("May be sent by anyone.");
  expect((await run("law", "evidence", "--lang", "zh")).stdout).toContain("法院");
});

test("every command has help, and what is wrongly called is answered in words", async () => {
  const { stdout } = await run("--help");
  const commands = [...stdout.matchAll(/^ {2}acta ((?:[a-z]+ ?)+?) {2}/gm)].map(([, name = ""]) => name.split(" "));
  expect(commands.length).toBeGreaterThan(12);
  for (const command of commands)
    expect((await run(...command, "--help")).stdout).toContain(`acta ${command.join(" ")}`);
  const wrong = await run("evidence", "deposit", "a/note.txt", "--key", key("depositor"));
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("needs --out");
  expect((await run("evidence", "destroy")).stderr).toContain("There is no command");
});

test("what was interrupted before its slips were written is resumed", async () => {
  for (let number = 0; number < 50; number++) writeFileSync(join(folder, "a", `${number}.txt`), `file ${number}`);
  const files = names("a").map((name) => `a/${name}`);
  const deposit = run("evidence", "deposit", ...files, "--key", key("depositor"), "--out", "killed");
  while (!existsSync(join(folder, "killed")) || !names("killed").some((name) => name.endsWith(".transaction.pending")))
    await new Promise((wait) => setTimeout(wait, 5));
  await node.kill();
  node = await startNodeProcess(join(folder, "data"));
  const resumed = await run("evidence", "resume", "killed");
  await Promise.race([deposit, new Promise((wait) => setTimeout(wait, 1000))]);
  expect(resumed.code).toBe(0);
  const slips = names("killed").filter((name) => name.endsWith(".slip"));
  expect(slips).toHaveLength(files.length);
  expect(names("killed").filter((name) => name.includes("pending"))).toEqual([]);
  const verified = await json("verify", ...slips.map((name) => `killed/${name}`), "--trust", "ledger.trust");
  expect(verified.filter(({ verdict }: { verdict: string }) => verdict === "valid")).toHaveLength(files.length);
});

test("a folder of slips belongs to one ledger, and to one command at a time", async () => {
  const other = await startNodeProcess(join(folder, "other"), "--empty");
  const words = ["evidence", "deposit", "order.pdf", "--key", key("depositor"), "--out", "slips"];
  const refused = await acta(words, { node: other.url, folder });
  await other.stop();
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("another ledger");
  const [first, second] = await Promise.all([run(...words), run(...words)]);
  expect([first.stdout, second.stdout].toSorted()).toEqual(["0 accepted, 1 done before.\n", "1 accepted.\n"]);
});

test("a transaction that is inadmissible is named, put aside, and blocks nobody", async () => {
  const keyFile = JSON.parse(readFileSync(key("depositor"), "utf8"));
  writeFileSync(join(folder, "unknown.key"), JSON.stringify({ ...keyFile, party: "11".repeat(32) }));
  const refused = await run("evidence", "deposit", "order.pdf", "--key", "unknown.key", "--out", "aside");
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain("unknown-party");
  expect(names("aside").some((name) => name.endsWith(".transaction.inadmissible"))).toBe(true);
  expect((await run("evidence", "deposit", "order.pdf", "--key", key("depositor"), "--out", "aside")).code).toBe(0);
});

test("a stopped node's store is whole", async () => {
  expect(await node.stop()).toBe(0);
  const { code, stdout } = await run("fsck", "--data", "data");
  expect(stdout).toBe("The store is whole.\n");
  expect(code).toBe(0);
  node = await startNodeProcess(join(folder, "data"));
});
