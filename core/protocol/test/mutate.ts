import { type CborKey, type CborValue, decode, encode, equalBytes, toHex } from "@acta/bytes";
import { type SignatureCheck, verifySignature } from "@acta/crypto";
import { encodeProof, examineProof, type Proof, parseProof, type Verdict } from "../src/index.ts";
import type { Sample } from "./samples.ts";

/** A changed proof: which sample it was made of, how, and the bytes. */
export type Mutant = { readonly sample: Sample; readonly kind: string; readonly bytes: Uint8Array };

/** What came of an attack by mutants. */
export type Attack = {
  readonly tried: number;
  /** Verified as valid although changed: there must be none. */
  readonly accepted: readonly Mutant[];
  /** How often each reason was given. */
  readonly reasons: ReadonlyMap<string, number>;
};

/** A generator of whole numbers below a bound, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
}

/**
 * Endless changed proofs, the same for the same samples and seed: flipped, inserted and deleted bytes, cuts, and trees of
 * which parts are dropped, doubled, exchanged, replaced by parts of other samples, or changed by a little.
 *
 * None is byte-identical to a sample, or to the receipt inside one. Left out are two kinds that are genuine: a slip that only opens less than its
 * sample, and a state proof whose absent key is replaced by another that is absent at the same place.
 */
export function* mutants(samples: readonly Sample[], seed: number): Generator<Mutant> {
  const random = randomNumbers(seed);
  const trees = samples.map(({ bytes }) => decode(bytes));
  // The receipt inside a slip is a genuine proof, too.
  const inside = trees.flatMap((tree) => (Array.isArray(tree) && tree.length === 3 ? [encode(tree[2])] : []));
  const genuine = [...samples.map(({ bytes }) => bytes), ...inside];
  for (;;) {
    const index = random(samples.length);
    const sample = samples[index] as Sample; // below the length
    const mutation = MUTATIONS[random(MUTATIONS.length)] as Mutation; // below the length
    const bytes = mutation.apply({ bytes: sample.bytes, tree: trees[index] as CborValue, trees, random });
    if (bytes === undefined || genuine.some((one) => equalBytes(one, bytes))) continue;
    if (!isGenuine(bytes, sample.bytes)) yield { sample, kind: mutation.kind, bytes };
  }
}

/** The bytes with one change that knows nothing of their structure; now and then none. */
export function changedBytes(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const mutation = BYTE_MUTATIONS[random(BYTE_MUTATIONS.length)] as Mutation; // below the length
  return mutation.apply({ bytes, tree: null, trees: [], random }) ?? bytes;
}

/**
 * Verifies `count` mutants. Signatures that were verified once are remembered, so that only changed ones cost.
 *
 * `verify` replaces the signature verification of `@acta/crypto` by a faster one that answers the same.
 */
export function attack(
  samples: readonly Sample[],
  now: number,
  count: number,
  seed: number,
  verify: Verify = verifySignature,
): Attack {
  const remembering = rememberingVerifier(verify);
  const accepted: Mutant[] = [];
  const reasons = new Map<string, number>();
  let tried = 0;
  for (const mutant of mutants(samples, seed)) {
    const { verdict, reason } = verdictOn(mutant, now, remembering);
    if (verdict === "valid") accepted.push(mutant);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (++tried >= count) break;
  }
  return { tried, accepted, reasons };
}

type Verify = (check: SignatureCheck) => boolean;

function verdictOn({ bytes, sample }: Mutant, now: number, verify: Verify): Verdict {
  const { checks, conclude } = examineProof(bytes, sample.trust, { now });
  const results: boolean[] = [];
  for (const check of checks) {
    const result = verify(check);
    results.push(result);
    // What is missing counts as false.
    if (!result) break;
  }
  return conclude(results);
}

function rememberingVerifier(verify: Verify): Verify {
  const known = new Map<string, boolean>();
  return (check) => {
    const key = [check.publicKey, check.message, check.signature].map(toHex).join();
    const result = known.get(key) ?? verify(check);
    if (known.size < 10_000) known.set(key, result);
    return result;
  };
}

type Material = {
  readonly bytes: Uint8Array;
  readonly tree: CborValue;
  readonly trees: readonly CborValue[];
  readonly random: (below: number) => number;
};
type Mutation = { readonly kind: string; readonly apply: (material: Material) => Uint8Array | undefined };

const BYTE_MUTATIONS: readonly Mutation[] = [
  {
    kind: "a bit flipped",
    apply: ({ bytes, random }) => changedAt(bytes, random(bytes.length), (byte) => byte ^ (1 << random(8))),
  },
  { kind: "a byte replaced", apply: ({ bytes, random }) => changedAt(bytes, random(bytes.length), () => random(256)) },
  { kind: "bytes deleted", apply: ({ bytes, random }) => spliced(bytes, random(bytes.length), 1 + random(3), []) },
  {
    kind: "bytes inserted",
    apply: ({ bytes, random }) =>
      spliced(bytes, random(bytes.length + 1), 0, [random(256), random(256)].slice(random(2))),
  },
  { kind: "cut off", apply: ({ bytes, random }) => bytes.slice(0, random(bytes.length)) },
  { kind: "a part doubled in place", apply: doubledBytes },
];

const MUTATIONS: readonly Mutation[] = [
  ...BYTE_MUTATIONS,
  { kind: "a part of the tree changed", apply: (material) => onTree(material, changedLeaf) },
  { kind: "a part of the tree dropped", apply: (material) => onTree(material, () => DROPPED) },
  { kind: "parts of the tree exchanged", apply: exchanged },
  { kind: "a part of another proof", apply: transplanted },
  { kind: "an element added", apply: (material) => onTree(material, addedTo) },
];

function changedAt(bytes: Uint8Array, position: number, change: (byte: number) => number): Uint8Array {
  const changed = bytes.slice();
  changed[position] = change(bytes[position] ?? 0);
  return changed;
}

function spliced(bytes: Uint8Array, position: number, deleted: number, inserted: readonly number[]): Uint8Array {
  return Uint8Array.of(...bytes.subarray(0, position), ...inserted, ...bytes.subarray(position + deleted));
}

function doubledBytes({ bytes, random }: Material): Uint8Array {
  const start = random(bytes.length);
  const part = bytes.slice(start, start + 1 + random(64));
  return spliced(bytes, start, 0, [...part]);
}

/** Marks a node that is to be left out. */
const DROPPED = Symbol("dropped");
type Changed = CborValue | typeof DROPPED;
type Change = (node: CborValue, material: Material) => Changed;

/** Changes one node of the tree, byte strings that hold CBOR included. */
function onTree(material: Material, change: Change): Uint8Array | undefined {
  const chosen = material.random(countNodes(material.tree));
  return encoded(replaced(material.tree, { left: chosen }, (node) => change(node, material)));
}

function exchanged(material: Material): Uint8Array | undefined {
  const { tree, random } = material;
  const count = countNodes(tree);
  const [a, b] = [random(count), random(count)];
  const [first, second] = [nodeAt(tree, a), nodeAt(tree, b)];
  if (first === undefined || second === undefined) return undefined;
  const once = replaced(tree, { left: Math.max(a, b) }, () => (a > b ? second : first));
  return once === DROPPED
    ? undefined
    : encoded(replaced(once, { left: Math.min(a, b) }, () => (a > b ? first : second)));
}

function transplanted(material: Material): Uint8Array | undefined {
  const { trees, random, tree } = material;
  const donor = trees[random(trees.length)] as CborValue; // below the length
  const graft = nodeAt(donor, random(countNodes(donor)));
  if (graft === undefined) return undefined;
  return encoded(
    replaced(tree, { left: random(countNodes(tree)) }, (node) => (sameKind(node, graft) ? graft : DROPPED)),
  );
}

function sameKind(a: CborValue, b: CborValue): boolean {
  return Object.prototype.toString.call(a) === Object.prototype.toString.call(b);
}

function changedLeaf(node: CborValue, { random }: Material): CborValue {
  if (typeof node === "number") return [node + 1, node - 1, 0, node + 256][random(4)] ?? 0;
  if (typeof node === "string") return `${node}x`;
  if (node instanceof Uint8Array)
    return node.length === 0 ? Uint8Array.of(0) : changedAt(node, random(node.length), (byte) => byte ^ 1);
  if (node === null) return 0;
  if (Array.isArray(node)) return [...node].reverse();
  return null;
}

function addedTo(node: CborValue, { random, trees }: Material): CborValue {
  const donor = trees[random(trees.length)] as CborValue; // below the length
  const extra = nodeAt(donor, random(countNodes(donor))) ?? 0;
  if (Array.isArray(node)) return [...node.slice(0, 1), extra, ...node.slice(1)];
  if (node instanceof Map) return new Map<CborKey, CborValue>([...node, [`${random(100)}`, extra]]);
  if (node instanceof Uint8Array) return Uint8Array.of(...node, ...seededHash(random));
  return node;
}

function seededHash(random: (below: number) => number): number[] {
  return Array.from({ length: 32 }, () => random(256));
}

/** What byte strings of the samples hold: they are asked for every mutant, and most hold nothing. */
const held = new WeakMap<Uint8Array, { readonly value: CborValue | undefined }>();

/** The value inside a byte string, where it holds an array or a map. */
function inner(node: CborValue): CborValue | undefined {
  if (!(node instanceof Uint8Array) || node.length < 2) return undefined;
  const known = held.get(node) ?? { value: valueIn(node) };
  held.set(node, known);
  return known.value;
}

function valueIn(node: Uint8Array): CborValue | undefined {
  try {
    const value = decode(node);
    return typeof value === "object" && value !== null && !(value instanceof Uint8Array) ? value : undefined;
  } catch {
    return undefined;
  }
}

function children(node: CborValue): readonly CborValue[] {
  if (Array.isArray(node)) return node;
  if (node instanceof Map) return [...node.values()];
  const value = inner(node);
  return value === undefined ? [] : [value];
}

function countNodes(node: CborValue): number {
  return children(node).reduce<number>((sum, child) => sum + countNodes(child), 1);
}

function nodeAt(node: CborValue, index: number): CborValue | undefined {
  if (index === 0) return node;
  let left = index - 1;
  for (const child of children(node)) {
    const size = countNodes(child);
    if (left < size) return nodeAt(child, left);
    left -= size;
  }
  return undefined;
}

/** The tree with the node replaced at which `place.left` reaches 0, in the order of `nodeAt`. */
function replaced(node: CborValue, place: { left: number }, change: (node: CborValue) => Changed): Changed {
  if (place.left-- === 0) return change(node);
  if (place.left < 0) return node;
  if (Array.isArray(node))
    return node.map((child) => replaced(child, place, change)).filter((child) => child !== DROPPED);
  if (node instanceof Map) {
    const entries = [...node].map(([key, child]) => [key, replaced(child, place, change)] as const);
    return new Map(entries.filter((entry): entry is [CborKey, CborValue] => entry[1] !== DROPPED));
  }
  const value = inner(node);
  if (value === undefined) return node;
  const changed = replaced(value, place, change);
  return changed === DROPPED ? DROPPED : (encoded(changed) ?? node);
}

/** The encoding, unless the tree has none (an integer out of range, nested too deep). */
function encoded(tree: Changed): Uint8Array | undefined {
  try {
    return tree === DROPPED ? undefined : encode(tree);
  } catch {
    return undefined;
  }
}

/** Whether a changed proof is genuine all the same: it says less than its sample, or something else that is true. */
function isGenuine(bytes: Uint8Array, genuine: Uint8Array): boolean {
  const [mutant, sample] = [parsed(bytes), parsed(genuine)];
  if (mutant?.kind === "slip" && sample?.kind === "slip") return opensLess(bytes, genuine);
  return mutant?.kind === "state" && sample?.kind === "state" && deniesAnother(mutant, sample);
}

function parsed(bytes: Uint8Array): Proof | undefined {
  try {
    return parseProof(bytes);
  } catch {
    return undefined;
  }
}

/** A slip with some openings left out: every holder may do that. */
function opensLess(bytes: Uint8Array, genuine: Uint8Array): boolean {
  const [, openings, receipt] = decode(bytes) as readonly [string, readonly CborValue[], CborValue]; // a slip
  const [, all, original] = decode(genuine) as readonly [string, readonly CborValue[], CborValue]; // a slip
  if (!equalBytes(encode(receipt), encode(original))) return false;
  return openings.every((one) => all.some((other) => equalBytes(encode(one), encode(other))));
}

/** The same state proof for another absent key: whatever falls into the same empty place is absent, too. */
function deniesAnother(mutant: Proof & { kind: "state" }, sample: Proof & { kind: "state" }): boolean {
  const withoutAbsent = (proof: Proof & { kind: "state" }): Uint8Array => {
    const entries = proof.state.tree.entries.map(([key, value]) => [value === null ? NO_KEY : key, value] as const);
    return encodeProof({ kind: "state", state: { ...proof.state, tree: { ...proof.state.tree, entries } } });
  };
  return equalBytes(withoutAbsent(mutant), withoutAbsent(sample));
}

const NO_KEY = new Uint8Array();
