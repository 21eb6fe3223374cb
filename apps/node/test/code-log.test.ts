import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { noteCode } from "../src/code-log.ts";

const folder = mkdtempSync(join(tmpdir(), "acta-code-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("code is what the first file reaches by relative imports, and each change is noted once with its height", () => {
  const entry = join(folder, "index.ts");
  const helper = join(folder, "helper.ts");
  writeFileSync(entry, 'import { one } from "./helper.ts";\nexport const application = one;\n');
  writeFileSync(helper, "export const one = 1;\n");
  writeFileSync(join(folder, "apart.ts"), "export const two = 2;\n");
  const application = { name: "lending", title: "Lending", contracts: [], wording: {}, entry };
  const path = join(folder, "code.log");
  const said: unknown[] = [];
  const note = (height: number) => noteCode(path, [application], height, (_, details) => said.push(details));

  note(1);
  note(5);
  writeFileSync(join(folder, "apart.ts"), "export const two = 22;\n");
  note(6);
  expect(said).toEqual([]);
  writeFileSync(helper, "export const one = 2;\n");
  note(7);
  note(8);
  expect(said).toEqual([{ application: "lending", fromHeight: 7 }]);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => line.split(" ").slice(0, 2))).toEqual([
    ["1", "lending"],
    ["7", "lending"],
  ]);
});
