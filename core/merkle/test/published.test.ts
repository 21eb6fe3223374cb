// Inclusion and consistency proofs published by transparency-dev, right and wrong.
import { readdirSync, readFileSync } from "node:fs";
import { concatBytes, equalBytes, fromBase64 } from "@acta/bytes";
import { sharedData } from "@acta/testing";
import { describe, expect, test } from "vitest";
import { rootFromPath, verifyConsistency } from "../src/index.ts";

type Inclusion = { leafIdx: number; treeSize: number; root: string | null; leafHash: string; proof: string[] | null };
type Consistency = { size1: number; size2: number; root1: string | null; root2: string | null; proof: string[] | null };

const folder = sharedData();

describe.skipIf(folder === undefined)("published proofs", () => {
  test("of inclusion are accepted and refused as their makers say", () => {
    const cases = readCases<Inclusion>("inclusion");
    expect(cases).toHaveLength(98);
    for (const each of cases) expect([each.name, isIncluded(each)]).toEqual([each.name, !each.wantErr]);
  });

  test("of consistency are accepted and refused as their makers say", () => {
    const cases = readCases<Consistency>("consistency");
    expect(cases).toHaveLength(98);
    for (const each of cases) expect([each.name, isConsistent(each)]).toEqual([each.name, !each.wantErr]);
  });
});

function readCases<T>(kind: string): (T & { name: string; wantErr: boolean })[] {
  const base = `${folder}/vectors/rfc6962-merkle/${kind}`;
  const names = readdirSync(base, { recursive: true }) as string[]; // no encoding was asked for
  const files = names.filter((name) => name.endsWith(".json"));
  return files.map((name) => ({ name, ...JSON.parse(readFileSync(`${base}/${name}`, "utf8")) }));
}

function isIncluded({ leafIdx, treeSize, root, leafHash, proof }: Inclusion): boolean {
  const path = joined(proof);
  if (path === undefined) return false;
  const found = rootFromPath(fromBase64(leafHash), leafIdx, treeSize, path);
  return found !== undefined && equalBytes(found, fromBase64(root ?? ""));
}

function isConsistent({ size1, size2, root1, root2, proof }: Consistency): boolean {
  const path = joined(proof);
  if (path === undefined) return false;
  const roots = { root1: fromBase64(root1 ?? ""), root2: fromBase64(root2 ?? "") };
  return verifyConsistency({ size1, size2, ...roots, proof: path });
}

/** Our paths are one byte string: an element of another length than 32 bytes has no place in it. */
function joined(proof: string[] | null): Uint8Array | undefined {
  const hashes = (proof ?? []).map(fromBase64);
  return hashes.every(({ length }) => length === 32) ? concatBytes(...hashes) : undefined;
}
