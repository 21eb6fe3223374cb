import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MadeStream, makeEvidenceBlocks } from "../src/determinism/evidence-blocks.ts";
import { OTHER_VERSION, otherNode } from "../src/determinism/other-node.ts";

const PROGRAM = fileURLToPath(new URL("../src/determinism/replay-program.ts", import.meta.url));
const BLOCKS = 200;
const SEED = 20_261_122;

const folder = mkdtempSync(join(tmpdir(), "acta-determinism-"));
const file = join(folder, "evidence.json");
let made: MadeStream;
let here: Replayed;

type Came = { readonly appHashes: readonly string[]; readonly results: string };
type Replayed = {
  readonly version: string;
  readonly streams: Readonly<Record<"recorded" | "acts" | "evidence", Came>>;
};

beforeAll(async () => {
  made = await makeEvidenceBlocks(BLOCKS, SEED);
  writeFileSync(file, JSON.stringify(made.stream));
  here = await replayedBy(process.execPath, "listed");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function replayedBy(node: string, order: "listed" | "reversed"): Promise<Replayed> {
  const { stdout } = await promisify(execFile)(node, [PROGRAM, order, file], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Replayed; // as the program prints it
}

function recordedHashes(name: string): string[] {
  const url = new URL(`../../vectors/draft/ledger/${name}.json`, import.meta.url);
  const { blocks } = JSON.parse(readFileSync(url, "utf8")) as { blocks: { appHash: string }[] }; // as recorded
  return blocks.map(({ appHash }) => appHash);
}

test("the generated blocks hold what can be done with evidence, and what is refused", () => {
  const words = ["accepted", "undone", "already-deposited", "unknown-deposit", "already-held", "held-by-another-court"];
  const more = [
    "held-by-court",
    "already-withdrawn",
    "number-taken",
    "number-skipped",
    "in-the-future",
    "not-entitled",
  ];
  expect([...made.verdicts.keys()]).toEqual(expect.arrayContaining([...words, ...more]));
  expect(made.appHashes).toHaveLength(BLOCKS);
});

test("blocks replayed by a process of its own come to the same app hashes", () => {
  expect(here.streams.evidence.appHashes).toEqual(made.appHashes);
  expect(here.streams.recorded.appHashes).toEqual(recordedHashes("stream"));
  expect(here.streams.acts.appHashes).toEqual(recordedHashes("acts"));
});

test("contracts registered in another order come to the same app hashes and results", async () => {
  expect((await replayedBy(process.execPath, "reversed")).streams).toEqual(here.streams);
});

test(`Node ${OTHER_VERSION} comes to the same app hashes and results`, async ({ skip }) => {
  const found = await otherNode();
  if ("missing" in found) {
    console.warn(`skipped: no Node ${OTHER_VERSION}: ${found.missing}.`);
    return skip(`no Node ${OTHER_VERSION}: ${found.missing}`);
  }
  for (const order of ["listed", "reversed"] as const) {
    const { version, streams } = await replayedBy(found.path, order);
    expect(version).toBe(`v${OTHER_VERSION}`);
    expect(streams).toEqual(here.streams);
  }
});
