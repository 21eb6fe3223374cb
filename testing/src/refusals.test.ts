import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Application } from "@acta/contract";
import { builtIn, inadmissible, ledgerRefusals } from "@acta/ledger";
import { expect, test } from "vitest";

const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");

/** The text of all tests below a folder. */
function testsBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts") && !path.includes("node_modules"))
    .map((path) => readFileSync(join(folder, path), "utf8"))
    .join("\n");
}

/** Declared codes that no test below the folder names: the ring fails on them. */
function unprovoked(codes: readonly string[], folder: string): string[] {
  const tests = testsBelow(folder);
  return codes.filter((code) => !tests.includes(`"${code}"`) && !tests.includes(`/${code}"`));
}

function declaredBy({ contracts }: Application): string[] {
  return contracts.flatMap(({ actions }) => Object.values(actions).flatMap(({ refusals }) => Object.keys(refusals)));
}

const applications = readdirSync(join(root, "applications")).filter((name) =>
  existsSync(join(root, "applications", name, "index.ts")),
);

test.each(applications)("every refusal that %s declares is provoked by one of its tests", async (name) => {
  const folder = join(root, "applications", name);
  const module: { application: Application } = await import(pathToFileURL(join(folder, "index.ts")).href);
  expect(unprovoked(declaredBy(module.application), folder)).toEqual([]);
});

test("every refusal of the ledger and its built-in contracts is provoked", () => {
  const codes = [...Object.keys(ledgerRefusals), ...Object.keys(inadmissible), ...declaredBy(builtIn)];
  expect(unprovoked(codes, join(root, "core/ledger"))).toEqual([]);
});

test("a refusal without a test is named", () => {
  const unheardOf = ["never", "heard-of"].join("-");
  expect(unprovoked([unheardOf], join(root, "core/ledger"))).toEqual([unheardOf]);
});
