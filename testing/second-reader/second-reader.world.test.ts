import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { acta } from "../src/index.ts";
import { hasSecondReader, judge, runPython, secondReader } from "./run.ts";

const isHere = await hasSecondReader();
const cases = fileURLToPath(new URL("../../vectors/draft/formats/cases.jsonl", import.meta.url));
const slips = process.env["ACTA_SLIPS"];
const folder = mkdtempSync(join(tmpdir(), "acta-second-reader-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!isHere)("the second reader", () => {
  test("passes its own tests, among them the examples of the specification", async () => {
    const { code, stderr } = await runPython(["-m", "unittest", "discover", "-s", here("tests"), "-t", here(".")]);
    expect(stderr).toMatch(/\nOK\n$/);
    expect(code).toBe(0);
  });

  test("agrees with every conformance case", async () => {
    const number = readFileSync(cases, "utf8").trimEnd().split("\n").length;
    const { code, stdout } = await secondReader(["cases", cases, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ agree: number, disagree: 0, unsupported: 0, disagreements: [] });
    expect(code).toBe(0);
  });

  test("says by its exit code whether proofs are valid, not valid, or it cannot tell", async () => {
    const fresh = findCase("receipt", "fresh");
    const trust = keep("trust", fresh.trust);
    const right = keep("right", fresh.bytes);
    const wrong = keep("wrong", findCase("receipt", "not-valid").bytes);
    const verify = (...args: string[]) => secondReader(["verify", "--now", fresh.now, ...args]);
    expect(await verify(right, "--trust", trust)).toMatchObject({ code: 0 });
    expect(await verify(right, wrong, "--trust", trust)).toMatchObject({ code: 1 });
    expect(await verify(right, "--trust", wrong)).toMatchObject({ code: 2 });
    expect(await verify(right)).toMatchObject({ code: 2 });
    expect(await verify(join(folder, "absent"), "--trust", trust)).toMatchObject({ code: 2 });
  });

  test("answers each proof in one line", async () => {
    const fresh = findCase("receipt", "fresh");
    const proof = keep("proof", fresh.bytes);
    const answers = await judge([proof, proof], { trust: keep("trust", fresh.trust), now: fresh.now, file: cases });
    expect(answers).toHaveLength(2);
    expect(answers[0]).toMatchObject({ path: proof, verdict: "not-valid", kind: "receipt", file: "none" });
  });

  test("agrees with the project's own verifier on changed proofs", async () => {
    const changed = join(folder, "changed");
    const { stderr } = await runPython(["-m", "tests.mutate", cases, changed, "1", "2000"]);
    expect(stderr).toBe("");
    for (const name of readdirSync(changed)) {
      const place = join(changed, name);
      const proofs = readdirSync(place).filter((proof) => proof.endsWith(".proof"));
      const theirs = await acta(["verify", ...proofs, "--trust", "trust", "--json"], { folder: place });
      const ours = await judge(
        proofs.map((proof) => join(place, proof)),
        { trust: join(place, "trust") },
      );
      expect(verdicts(place, ours)).toEqual(verdicts(place, JSON.parse(theirs.stdout)));
      expect(ours).toHaveLength(proofs.length);
    }
  });

  test.skipIf(slips === undefined)("holds every slip of the folder ACTA_SLIPS valid", async () => {
    const names = readdirSync(slips ?? "").filter((name) => name.endsWith(".slip"));
    const proofs = names.sort().map((name) => join(slips ?? "", name));
    expect(proofs.length).toBeGreaterThan(0);
    const answers = await judge(proofs, { trust: join(slips ?? "", "trust") });
    expect(answers.filter((answer) => answer.verdict !== "valid")).toEqual([]);
    expect(answers).toHaveLength(proofs.length);
  });
});

type Case = { kind: string; expect: string; now: string; bytes: string; trust: string };

function findCase(kind: string, verdict: string): Case {
  // The fields of a case are those of docs/spec/README.md.
  const all = readFileSync(cases, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Case);
  const found = all.find((one) => one.kind === kind && one.expect === verdict);
  if (found === undefined) throw new Error(`no case of ${kind} with ${verdict} in ${cases}`);
  return found;
}

type Judged = { path: string; verdict: string; basis?: string | null };

function verdicts(place: string, answers: readonly Judged[]): string[] {
  return answers.map(({ path, verdict, basis }) => `${join(place, basename(path))}: ${verdict} ${basis ?? ""}`);
}

function keep(name: string, base64: string): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(base64, "base64"));
  return path;
}

function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
