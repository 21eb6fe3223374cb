import { readFileSync } from "node:fs";
import { decode, fromHex, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { describe, expect, test } from "vitest";
import {
  createFileHasher,
  decodeTreeProof,
  HistoryLog,
  leafHash,
  listPath,
  listRoot,
  rootFromPath,
  rootFromSides,
  StateTree,
  sidesOf,
  treeProof,
  treeProofRoot,
  verifyConsistency,
} from "../src/index.ts";

const leaves = Array.from({ length: 20 }, (_, i) => new Uint8Array(i).fill(i));

type ListCase = { count: number; root: string; index?: number; sides?: string; path?: string };

test.each(read<ListCase>("lists.json"))("the vectors of lists hold for $count leaves", (each) => {
  const { count, root, index } = each;
  expect(toHex(listRoot(leaves.slice(0, count)))).toBe(root);
  if (index === undefined) return;
  const hashes = leaves.slice(0, count).map(leafHash);
  const leaf = hashes[index] as Uint8Array;
  const path = fromHex(each.path ?? "");
  expect([toHex(listPath(hashes, index)), toHex(sidesOf(index, count))]).toEqual([each.path, each.sides]);
  expect(rootFromPath(leaf, index, count, path)).toEqual(fromHex(root));
  expect(rootFromSides(leaf, fromHex(each.sides ?? ""), path)).toEqual(fromHex(root));
});

type ConsistencyCase = { size1: number; root1: string; size2: number; root2: string; proof: string };

test.each(read<ConsistencyCase>("consistency.json"))(
  "the vectors of consistency hold from $size1 to $size2",
  (each) => {
    const { size1, size2 } = each;
    const claim = { size1, root1: fromHex(each.root1), size2, root2: fromHex(each.root2), proof: fromHex(each.proof) };
    expect(verifyConsistency(claim)).toBe(true);
    expect(toHex(HistoryLog.from(leaves.map(leafHash)).consistency(size1, size2))).toBe(each.proof);
  },
);

test.each(read<{ size: number; sha256: string; root: string }>("files.json"))(
  "the vectors of files hold for $size bytes",
  ({ size, sha256: digest, root }) => {
    const content = Uint8Array.from({ length: size }, (_, i) => (31 * i) >> 5);
    expect(createFileHasher().update(content).finish()).toEqual({ size, sha256: fromHex(digest), root: fromHex(root) });
  },
);

describe("the vectors of tree proofs", () => {
  test.each(read<{ name: string; state: [string, string][]; root: string; proof: string }>("tree-proofs.json"))(
    "lead to the root: $name",
    ({ state, root, proof }) => {
      const tree = StateTree.empty();
      tree.update(state.map(([key, value]) => [sha256(fromHex(key)), sha256(fromHex(value))]));
      tree.commit();
      const read = decodeTreeProof(decode(fromHex(proof)));
      expect([toHex(tree.root), toHex(treeProofRoot(read))]).toEqual([root, root]);
      expect(treeProof(tree, read.entries)).toEqual(read);
    },
  );

  test.each(read<{ name: string; proof: string; code: string }>("tree-proofs-refused.json"))(
    "refuse $name",
    ({ proof, code }) => {
      const read = decodeTreeProof(decode(fromHex(proof)));
      expect(() => treeProofRoot(read)).toThrow(expect.objectContaining({ code }));
    },
  );
});

/** The cases of one file under vectors/draft/merkle, in the shape that write-vectors.ts gives them. */
function read<T>(name: string): T[] {
  const text = readFileSync(new URL(`../../../vectors/draft/merkle/${name}`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: T[] }).cases;
}
