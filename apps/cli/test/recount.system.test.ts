import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareBytes, decode } from "@acta/bytes";
import {
  asStranger,
  builtIn,
  type ContractSource,
  contractLibrary,
  MemoryLedger,
  SPACE,
  testKey,
  totalKey,
} from "@acta/ledger";
import { fsck, openStore, type StateWrite } from "@acta/store";
import { acta, branches, branchesApplication } from "@acta/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recountLines } from "../src/commands/fsck.ts";
import { StoreRecounter } from "../src/recount-store.ts";

const folder = mkdtempSync(join(tmpdir(), "acta-recount-"));
let ledger: MemoryLedger;
let data: string;
let stores = 0;

beforeEach(() => {
  data = join(folder, String(stores++));
  ledger = new MemoryLedger({ contracts: [branchesApplication] });
  const member = (id: string, branch: string) =>
    ledger.call("branches", "enter", { id, branch, status: "full", hours: 15n, points: 4n });
  ledger.submit({ signers: [asStranger(testKey("ann"))], calls: [member("m1", "44/03"), member("m2", "44/04")] });
});

afterEach(() => rmSync(data, { recursive: true, force: true }));

/** A store whose state is this one from its genesis on: whole in every hash, whatever its totals say. */
async function recountOf(entries: readonly StateWrite[], sources: readonly ContractSource[] = [branchesApplication]) {
  const store = await openStore(join(data, "store"), { createIfMissing: true });
  // A store has the identities behind the state's buckets, a ledger in memory only their digests.
  const kept = entries.filter(([key]) => (decode(key) as readonly unknown[])[0] !== SPACE.bucket);
  const sorted = kept.sort(([a], [b]) => compareBytes(a, b));
  await store.initialise(ledger.genesisBytes, sorted);
  await store.close();
  const recounter = new StoreRecounter(contractLibrary([builtIn, ...sources]));
  expect(await fsck(join(data, "store"), () => {}, recounter.add)).toEqual([]);
  return recounter.finish();
}

const keyOf = (path: readonly string[]) => totalKey("branches", "everybody", path, "now").bytes;
const isAt = (path: readonly string[]) => (entry: readonly [Uint8Array, Uint8Array]) =>
  compareBytes(entry[0], keyOf(path)) === 0;

test("a total that differs is named, with what the records come to and what the ledger keeps", async () => {
  const other = ledger.entries().find(isAt(["44"]))?.[1] ?? expect.fail("two members are counted there");
  const entries = ledger
    .entries()
    .map(([key, value]) => [key, isAt(["44", "03"])([key, value]) ? other : value] as const);
  const recount = await recountOf(entries);
  expect(recount).toMatchObject({ records: 2, unknown: [], differing: [{ total: "everybody", path: "44/03" }] });
  expect(recountLines(recount)).toEqual([
    "differs: total branches.everybody under 44/03: the records come to 1; points 4; the ledger keeps 2; points 8",
    expect.stringContaining(`1 of ${recount.totals} totals differ from the 2 records.`),
  ]);
});

test("a total that is gone, and one of which there is no record, are named", async () => {
  const moved = ledger
    .entries()
    .map(([key, value]) => [isAt(["44", "03"])([key, value]) ? keyOf(["45"]) : key, value] as const);
  const { differing } = await recountOf(moved);
  expect(differing.map(({ path, counted, kept }) => [path, counted.count, kept.count])).toEqual([
    ["45", 0n, 1n],
    ["44/03", 1n, 0n],
  ]);
});

test("a contract that this release has in another version is not counted, and that is said", async () => {
  const wording = { "branches.title": "另一份" };
  const recount = await recountOf(ledger.entries(), [{ contracts: [branches], wording }]);
  expect(recount).toEqual({ records: 0, totals: 0, differing: [], unknown: ["branches"] });
  expect(recountLines(recount)[0]).toContain("contract branches: not in this release in that version");
});

test("the command recounts on request, and says that nothing differs", async () => {
  await recountOf(new MemoryLedger().entries(), []);
  const { code, stdout } = await acta(["fsck", "--data", data, "--totals"], { folder });
  expect(stdout).toContain("0 records recounted into 0 totals: none differs.");
  expect(code).toBe(0);
  const { stdout: json } = await acta(["fsck", "--data", data, "--totals", "--json"], { folder });
  expect(JSON.parse(json)).toMatchObject({ whole: true, totals: { records: 0, differing: [] } });
});
