import { BytesError, concatBytes, decode, encode, equalBytes, map } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bitsOf, keyBytes, keyHashOf, keyUnder, packBits, pairsOf, valueBytes } from "../test/naive.ts";
import { MerkleError } from "./errors.ts";
import { StateTree } from "./state-tree.ts";
import {
  decodeTreeProof,
  encodeTreeProof,
  type TreeEntry,
  type TreeProof,
  treeProof,
  treeProofRoot,
} from "./tree-proof.ts";

type State = ReadonlyMap<number, number>;

function treeOf(state: State): StateTree {
  const tree = StateTree.empty();
  tree.update(pairsOf(state));
  tree.commit();
  return tree;
}

function entriesOf(state: State, asked: readonly number[]): TreeEntry[] {
  return asked.map((n) => [keyBytes(n), state.has(n) ? valueBytes(state.get(n) as number) : null]);
}

const states = fc.uniqueArray(fc.tuple(fc.nat(40), fc.nat(3)), { selector: ([n]) => n, maxLength: 30 });
const asks = fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 6 });

describe("a tree proof", () => {
  test("leads to the tree's root for any tree and any keys, present and absent", () => {
    fc.assert(
      fc.property(states, asks, (pairs, asked) => {
        const state = new Map(pairs);
        const tree = treeOf(state);
        const proof = treeProof(tree, entriesOf(state, asked));
        expect(treeProofRoot(proof)).toEqual(tree.root);
        expect(decodeTreeProof(decode(encode(encodeTreeProof(proof))))).toEqual(proof);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("that claims another value, a presence or an absence is refused or leads elsewhere", () => {
    fc.assert(
      fc.property(states, asks, fc.nat(), (pairs, asked, n) => {
        const state = new Map(pairs);
        const tree = treeOf(state);
        const proof = treeProof(tree, entriesOf(state, asked));
        const at = n % asked.length;
        const lie = (value: Uint8Array | null): TreeProof => ({
          ...proof,
          entries: proof.entries.map((entry, i) => (i === at ? [entry[0], value] : entry)),
        });
        const isAbsent = proof.entries[at]?.[1] === null;
        expect(leadsTo(lie(isAbsent ? valueBytes(1) : null), tree.root)).toBe(false);
        expect(leadsTo(lie(valueBytes(99)), tree.root)).toBe(false);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("has one form only: any other shape, hashes or foreign leaves are refused or lead elsewhere", () => {
    fc.assert(
      fc.property(
        states,
        asks,
        fc.constantFrom("shape", "hashes", "foreign"),
        mutation,
        (pairs, asked, part, mutate) => {
          const state = new Map(pairs);
          const tree = treeOf(state);
          const proof = treeProof(tree, entriesOf(state, asked));
          const mutated = part === "foreign" ? mutateForeign(proof, mutate) : { ...proof, [part]: mutate(proof[part]) };
          expect(leadsTo(mutated, tree.root)).toBe(equalProofs(mutated, proof));
        },
      ),
      { seed: 3, numRuns: 1500 },
    );
  });

  test("changed in any byte is refused, leads elsewhere, or still speaks the truth", () => {
    fc.assert(
      fc.property(states, asks, mutation, (pairs, asked, mutate) => {
        const state = new Map(pairs);
        const tree = treeOf(state);
        const bytes = encode(encodeTreeProof(treeProof(tree, entriesOf(state, asked))));
        const read = attempt(() => decodeTreeProof(decode(mutate(bytes))));
        if (read === undefined || !leadsTo(read, tree.root)) return;
        for (const [key, value] of read.entries) {
          expect(tree.valueHash(sha256(key))).toEqual(value === null ? undefined : sha256(value));
        }
      }),
      { seed: 4, numRuns: 1500 },
    );
  });

  test("speaks of the committed tree while writes are staged", () => {
    const state = new Map([
      [1, 1],
      [2, 2],
    ]);
    const tree = treeOf(state);
    tree.update([[keyHashOf(1), null]]);
    expect(treeProofRoot(treeProof(tree, entriesOf(state, [1])))).toEqual(tree.root);
  });
});

describe("a tree proof is refused", () => {
  const a = keyUnder("00");
  const b = keyUnder("01");
  const c = keyUnder("1");
  const foreign = keyUnder("00", a + 1);
  const state = new Map([
    [a, 1],
    [b, 2],
    [c, 3],
  ]);
  const tree = treeOf(state);
  const proof = treeProof(tree, entriesOf(state, [a]));
  const absence = treeProof(tree, entriesOf(state, [foreign]));
  const pair = (n: number): [Uint8Array, Uint8Array] => [keyHashOf(n), sha256(valueBytes(1))];
  const [present] = entriesOf(state, [a]) as [TreeEntry];
  const [presentB] = entriesOf(state, [b]) as [TreeEntry];
  const alone = { hashes: new Uint8Array(0), foreign: [] };

  test("unless changed: the proofs that these cases start from are good", () => {
    expect(proof.shape).toEqual(packBits("1010" + "01" + "1" + "1"));
    expect(absence.foreign).toEqual([pair(a)]);
    expect([treeProofRoot(proof), treeProofRoot(absence)]).toEqual([tree.root, tree.root]);
  });

  test.each<[string, TreeProof, string]>([
    ["without keys", { ...proof, entries: [] }, "proof-empty"],
    ["with a key twice", { ...proof, entries: [present, present] }, "proof-order"],
    ["with keys in another order", { ...proof, entries: [presentB, present] }, "proof-order"],
    ["with the bits 11", { ...proof, shape: packBits("11") }, "proof-shape"],
    ["with a shape cut short", { ...proof, shape: packBits("10101010") }, "proof-shape"],
    ["without shape", { ...proof, shape: new Uint8Array(0) }, "proof-shape"],
    ["with a spare byte of shape", { ...proof, shape: concatBytes(proof.shape, Uint8Array.of(0)) }, "proof-leftover"],
    ["with padding that is not zero", { entries: [present], shape: packBits("0101"), ...alone }, "proof-leftover"],
    ["with a hash too many", { ...proof, hashes: concatBytes(proof.hashes, proof.hashes) }, "proof-leftover"],
    ["with a hash too few", { ...proof, hashes: proof.hashes.subarray(32) }, "proof-shape"],
    ["with part of a hash", { ...proof, hashes: proof.hashes.subarray(1) }, "proof-malformed"],
    ["with a zero hash", { ...proof, hashes: new Uint8Array(64) }, "proof-zero-hash"],
    ["with a foreign leaf that no place uses", { ...proof, foreign: [pair(foreign)] }, "proof-leftover"],
    ["without the foreign leaf it needs", { ...absence, foreign: [] }, "proof-shape"],
    ["with a foreign leaf of the asked key", { ...absence, foreign: [pair(foreign)] }, "proof-foreign"],
    ["with a foreign leaf off the prefix", { ...absence, foreign: [pair(b)] }, "proof-foreign"],
    [
      "with a foreign key that is no hash",
      { ...absence, foreign: [[new Uint8Array(31), new Uint8Array(32)]] },
      "proof-malformed",
    ],
    [
      "with a foreign value that is no hash",
      { ...absence, foreign: [[keyHashOf(a), new Uint8Array(33)]] },
      "proof-malformed",
    ],
    [
      "where a present key's place is empty",
      { entries: [present], shape: packBits("00"), ...alone },
      "proof-unresolved",
    ],
    [
      "where two present keys share a leaf",
      { entries: [present, presentB], shape: packBits("01"), ...alone },
      "proof-unresolved",
    ],
    ["with a branch below bit 255", { entries: [present], shape: chain(256), ...alone }, "proof-depth"],
  ])("%s", (_, refused, code) => {
    expect(() => treeProofRoot(refused)).toThrow(expect.objectContaining({ code }));
  });

  test("but not for a branch at bit 255", () => {
    expect(treeProofRoot({ entries: [present], shape: chain(255), ...alone })).toHaveLength(32);
  });

  test.each([
    ["is no array", 1],
    ["has another number of parts", [[], new Uint8Array(0), new Uint8Array(0)]],
    ["has entries that are no pairs", [[[Uint8Array.of(1)]], new Uint8Array(0), new Uint8Array(0), []]],
    ["has a value that is text", [[[Uint8Array.of(1), "x"]], new Uint8Array(0), new Uint8Array(0), []]],
    ["has a key that is null", [[[null, null]], new Uint8Array(0), new Uint8Array(0), []]],
    ["has a map of foreign leaves", [[[Uint8Array.of(1), null]], new Uint8Array(0), new Uint8Array(0), map([])]],
    [
      "has foreign leaves of one part",
      [[[Uint8Array.of(1), null]], new Uint8Array(0), new Uint8Array(0), [[new Uint8Array(32)]]],
    ],
    ["has hashes in an array", [[[Uint8Array.of(1), null]], new Uint8Array(0), [], []]],
  ])("where its CBOR %s", (_, value) => {
    expect(() => decodeTreeProof(value)).toThrow(expect.objectContaining({ code: "proof-malformed" }));
  });

  test("where a prover is asked for nothing", () => {
    expect(() => tree.prove([])).toThrow(expect.objectContaining({ code: "proof-empty" }));
  });

  /** Branches along the path of key a down to the bit, with nothing beside them, then the leaf. */
  function chain(lastBranch: number): Uint8Array {
    const path = bitsOf(keyHashOf(a), 256).padEnd(257, "0");
    let shape = "01";
    for (let bit = lastBranch; bit >= 0; bit--) shape = path[bit] === "0" ? `10${shape}0` : `100${shape}`;
    return packBits(shape);
  }
});

type Mutation = (bytes: Uint8Array) => Uint8Array;

const mutation: fc.Arbitrary<Mutation> = fc
  .record({ place: fc.nat(), bit: fc.nat(7), kind: fc.constantFrom("flip", "remove", "insert", "cut", "zero") })
  .map(({ place, bit, kind }) => (bytes) => {
    const at = bytes.length === 0 ? 0 : place % bytes.length;
    const changed = bytes.slice();
    if (kind === "remove") return concatBytes(bytes.slice(0, at), bytes.slice(at + 1));
    if (kind === "insert") return concatBytes(bytes.slice(0, at), Uint8Array.of(1 << bit), bytes.slice(at));
    if (kind === "cut") return bytes.slice(0, at);
    if (kind === "zero") return changed.fill(0, at, at + 32);
    if (at < changed.length) changed[at] = (changed[at] as number) ^ (1 << bit);
    return changed;
  });

function mutateForeign(proof: TreeProof, mutate: Mutation): TreeProof {
  return { ...proof, foreign: proof.foreign.map(([key, value], i) => (i === 0 ? [mutate(key), value] : [key, value])) };
}

function equalProofs(a: TreeProof, b: TreeProof): boolean {
  return equalBytes(encode(encodeTreeProof(a)), encode(encodeTreeProof(b)));
}

function leadsTo(proof: TreeProof, root: Uint8Array): boolean {
  const found = attempt(() => treeProofRoot(proof));
  return found !== undefined && equalBytes(found, root);
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof MerkleError || error instanceof BytesError) return undefined;
    throw error;
  }
}
