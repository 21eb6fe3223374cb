import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleOf } from "@acta/contract";
import { builtIn, memoryGenesis } from "@acta/ledger";
import { afterAll, expect, test } from "vitest";
import { keepBundles, readKeptBundles } from "../src/kept-bundles.ts";

const folder = mkdtempSync(join(tmpdir(), "acta-bundles-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("bundles of the genesis are kept under their hashes, and a damaged one is named", () => {
  const { genesis } = memoryGenesis({});
  keepBundles(folder, [builtIn], { ...genesis, contracts: genesis.contracts.slice(0, 2) });
  const [first, second] = builtIn.contracts.map((contract) => bundleOf(contract, builtIn.wording));
  expect(readKeptBundles(folder)).toHaveLength(2);
  expect(readKeptBundles(folder)).toEqual(expect.arrayContaining([first, second]));

  const [name = ""] = readdirSync(folder);
  writeFileSync(join(folder, name), "not what was written");
  expect(() => readKeptBundles(folder)).toThrow(`${name} is damaged. Take it away`);
});
