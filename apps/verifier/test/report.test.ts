import { concatBytes } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { expect, test } from "vitest";
import { type CheckedProof, checkProof } from "../src/check-proof.ts";
import type { Original } from "../src/pairing.ts";
import { reportOf } from "../src/report.ts";
import { trustFrom } from "../src/trust.ts";
import { viewOf } from "../src/view.ts";
import { cases, fromVector } from "./cases.ts";

const checker = { version: "9.9.9", hash: "ab".repeat(32) };

test("the report says in both languages what the page says", async () => {
  const checked = await check("file value of 2,500,000 bytes");
  const chinese = reportOf(checked, checker, "zh");
  for (const words of ["有效，文件没有比对", "deed.slip", "2,500,000 字节", "信任文件由您放入", "此步成立"])
    expect(chinese).toContain(words);
  expect(chinese).toContain('<html lang="zh-Hans">');
  const english = reportOf(checked, checker, "en");
  for (const words of ["Valid; file not compared", "Checked by Acta verifier 9.9.9", "abab abab", "(holds)"])
    expect(english).toContain(words);
  expect(english).not.toMatch(/\p{Script=Han}/u);
});

test("what stands in a proof or in a file's name cannot become part of the report's markup", async () => {
  const checked = await check("file value of 2,500,000 bytes");
  const named = { ...checked, proof: { ...checked.proof, name: `<img src="x" onerror='y'>&.slip` } };
  expect(reportOf(named, checker, "en")).toContain("&#60;img src=&#34;x&#34; onerror='y'&#62;&#38;.slip");
});

test("a proof that is not valid passes on nothing that it says", async () => {
  const view = viewOf(await check("slip: another value"), "en");
  expect(view.facts).toEqual([]);
  expect(view.steps).toEqual([{ state: "failed", text: "An opened value is not the one that was sealed." }]);
  expect(view.notProved).toEqual([]);
});

test("what is not believed is shown as a claim", async () => {
  const view = viewOf(await check("slip of a closed epoch without link"), "en");
  expect(view.factsTitle).toBe("What it claims (not proved)");
  expect(view.steps.at(-1)).toEqual({ state: "open", text: "The proof rests on votes of an epoch that has ended." });
});

test("an act of the ledger is shown with its deadline, and as nobody's", async () => {
  const view = viewOf(
    await check("second of three ledger actions (refused), proved by a fresh header of the open epoch"),
    "en",
  );
  expect(view).toMatchObject({ word: "Refused", kind: "Proof of an act of the ledger" });
  const labels = view.facts.map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(["What", "Deadline", "Outcome", "Reason", "Due", "As of"]));
  expect(view.notProved.join()).not.toContain("behind a key");
});

test("another file is told apart, and the slip judged for itself", async () => {
  const original: Original = {
    name: "deed.pdf",
    size: 2_500_000,
    sha256: sha256(new Uint8Array()),
    root: new Uint8Array(32),
  };
  const checked = await check("file value of 2,500,000 bytes", original);
  const view = viewOf(checked, "en");
  expect(view).toMatchObject({ word: "Not the same file", factsTitle: "What it says" });
  expect(view.sentence).toBe(
    "The size is the same, the content is not: at least one byte differs. The slip itself is valid.",
  );
  expect(view.halves[0]).not.toBe(view.halves[1]);
});

test("every word of every verdict is there in both languages", async () => {
  for (const { files, now } of cases) {
    const [proof, trust] = files;
    if (!proof || !trust || proof.name === "ledger.trust") continue;
    const source = { kind: "dropped", name: "x" } as const;
    const checked = await checkProof(
      { proof: { name: "x", bytes: concatBytes(proof.buffer) }, original: undefined, others: [] },
      trustFrom(source, concatBytes(trust.buffer)),
      clock(now ?? ""),
    );
    expect(JSON.stringify(viewOf(checked, "zh").next)).toMatch(/\p{Script=Han}/u);
    expect(JSON.stringify(viewOf(checked, "en"))).not.toMatch(/\p{Script=Han}/u);
  }
});

function check(note: string, original?: Original): Promise<CheckedProof> {
  const { now, proof, trust } = fromVector(note, "deed.slip");
  const believed = trustFrom({ kind: "dropped", name: trust.name }, concatBytes(trust.buffer));
  const given = { name: proof.name, bytes: concatBytes(proof.buffer) };
  return checkProof({ proof: given, original, others: [] }, believed, clock(now));
}

function clock(now: string): { now: number; buildTime: number } {
  return { now: Date.parse(now) / 1000, buildTime: 0 };
}
