import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { checkBoundaries, findViolations } from "./boundaries.ts";

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

test("names the forbidden import of node:fs that is planted in core", () => {
  const found = plant({ "core/merkle/src/tree.ts": `const a = 1;\nimport { readFileSync } from "node:fs";\n` });
  expect(found).toEqual(["core/merkle/src/tree.ts:2 imports node:fs: core is pure: it runs in a browser too."]);
});

test.each([
  ["core never imports node", "core/protocol/src/a.ts", "@acta/store", "core imports core only, never node"],
  ["core packages import those below", "core/bytes/src/a.ts", "@acta/crypto", "core/bytes may import nothing of core"],
  ["protocol does not know ledger", "core/protocol/src/a.ts", "@acta/ledger", "core/protocol may import bytes"],
  ["node never imports client", "node/store/src/a.ts", "@acta/sdk", "node imports core and node, never client"],
  ["client never imports node", "client/sdk/src/a.ts", "@acta/store", "client imports core and client, never node"],
  ["node never imports apps", "node/store/src/a.ts", "@acta/app-cli", "never apps"],
  [
    "an application does not know the ledger",
    "applications/evidence/a.ts",
    "@acta/ledger",
    "contract and patterns only",
  ],
  [
    "a portal imports client only",
    "applications/evidence/portal/a.tsx",
    "@acta/contract",
    "portal/ imports client only",
  ],
  ["commands import client only", "applications/evidence/commands.ts", "@acta/contract", "commands import client only"],
  ["a sample is loaded through the SDK", "applications/evidence/sample.ts", "@acta/ledger", "sample.ts imports"],
  ["an application has no file system", "applications/evidence/a.ts", "node:fs", "applications is pure"],
  ["an application knows no other one", "applications/evidence/a.ts", "../sale/index.ts", "only its own folder"],
  ["another package is not reached by path", "node/store/src/a.ts", "../../../core/bytes/src/a.ts", "by its name"],
  ["a package is not entered by its inside", "node/store/src/a.ts", "@acta/bytes/src/a.ts", "only the package itself"],
  [
    "an undeclared package is named",
    "node/store/src/a.ts",
    "@acta/contract",
    "node/store/package.json does not declare it",
  ],
  ["an undeclared library is named", "node/store/src/a.ts", "lodash", "node/store/package.json does not declare it"],
  ["a test tool stays in tests", "core/bytes/src/a.ts", "vitest", "core/bytes/package.json does not declare it"],
  ["relative imports end in .ts", "core/bytes/src/a.ts", "./b", "a relative import ends in .ts"],
  ["Node's modules carry their prefix", "node/store/src/a.ts", "fs", "a module of Node is named node:fs"],
  ["an unknown package is named", "node/store/src/a.ts", "@acta/unknown", "no package of the project has this name"],
])("%s", (_rule, file, specifier, reason) => {
  const found = plant({ [file]: `import { thing } from "${specifier}";\n` });
  expect(found).toEqual([
    expect.stringMatching(new RegExp(`^${literally(`${file}:1 imports ${specifier}: `)}.*${literally(reason)}`)),
  ]);
});

test("sees every way to import", () => {
  const source = [
    `import type {\n  A,\n  B,\n} from "@acta/store";`,
    `export { c } from "@acta/store";`,
    `import "@acta/store";`,
    `const d = await import("@acta/store");`,
    `export * as e from "@acta/store";`,
  ].join("\n");
  const lines = findViolations(tree({ "client/sdk/src/a.ts": source })).map(({ line }) => line);
  expect(lines).toEqual([4, 5, 6, 7, 8]);
});

test("takes neither comments nor strings for imports", () => {
  const source = `/**\n * import { a } from "@acta/store";\n */\nconst text = 'import { a } from "@acta/store"';\n`;
  expect(plant({ "client/sdk/src/a.ts": source })).toEqual([]);
});

test("allows what the tree is made for", () => {
  const found = plant({
    "core/protocol/src/a.ts": `import { b } from "@acta/bytes";\nimport { c } from "./b.ts";\n`,
    "core/protocol/src/a.test.ts": `import { readFileSync } from "node:fs";\nimport { test } from "vitest";\nimport { s } from "@acta/testing";\n`,
    "applications/evidence/index.ts": `import { contract } from "@acta/contract";\nimport { d } from "./evidence.ts";\n`,
    "applications/evidence/commands.ts": `import { deposit } from "./commands/deposit.ts";\n`,
    "applications/evidence/commands/deposit.ts": `import { connect } from "@acta/sdk";\n`,
    "applications/evidence/test/a.test.ts": `import { MemoryLedger } from "@acta/ledger";\n`,
    "apps/cli/src/main.ts": `import { openStore } from "@acta/store";\nimport { connect } from "@acta/sdk";\nimport { a } from "@acta/applications/evidence/index.ts";\nimport "@acta/sdk/look.css";\n`,
  });
  expect(found).toEqual([]);
});

function plant(files: Record<string, string>): string[] {
  return checkBoundaries(tree(files));
}

// A small project with the real shape: each package declares what the trials import rightly.
function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "acta-boundaries-"));
  trees.push(folder);
  const declared: Record<string, string[]> = {
    "core/bytes": ["@acta/crypto"],
    "core/crypto": ["@acta/bytes"],
    "core/merkle": [],
    "core/protocol": ["@acta/bytes", "@acta/ledger", "@acta/store"],
    "core/contract": [],
    "core/ledger": [],
    "node/store": ["@acta/bytes", "@acta/sdk", "@acta/app-cli"],
    "client/sdk": ["@acta/store"],
    "apps/cli": ["@acta/store", "@acta/sdk", "@acta/applications"],
    applications: ["@acta/contract", "@acta/ledger", "@acta/sdk"],
    testing: [],
  };
  const workspaces = ["core/*", "node/*", "client/*", "apps/*", "applications", "testing"];
  write(folder, "package.json", JSON.stringify({ workspaces, devDependencies: { vitest: "*" } }));
  for (const [place, names] of Object.entries(declared)) {
    const name = place.startsWith("apps/") ? `@acta/app-${place.slice(5)}` : `@acta/${place.split("/").at(-1)}`;
    const dependencies = Object.fromEntries(names.map((dependency) => [dependency, "*"]));
    write(folder, `${place}/package.json`, JSON.stringify({ name, dependencies }));
  }
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  return folder;
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
