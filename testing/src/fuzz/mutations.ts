import type { RandomNumbers } from "../random.ts";
import { branch, bytesOf, headOf, type Node, nodeAt, sizeOf, treeOf, withNode } from "./tree.ts";

/** How an input is written, and so how it can be changed within its form. */
export type InputForm = "cbor" | "json" | "text";

/** Makes changed inputs of genuine ones, the same for the same numbers. */
export type Mutator = (random: RandomNumbers) => Uint8Array;

/** One changed input after another: one to three changes within the form, and now and then changes of bare bytes. */
export function mutatorOf(samples: readonly Uint8Array[], form: InputForm): Mutator {
  const trees = form === "cbor" ? samples.map(treeOf) : [];
  return (random) => {
    const index = random(samples.length);
    const sample = samples[index] as Uint8Array; // below the length
    if (random(400) === 0) return swollen(sample, trees[index], random);
    const changed = random(6) === 0 ? sample : structured(sample, trees, index, form, random);
    return random(8) === 0 || changed === sample ? damaged(changed, random) : changed;
  };
}

function structured(
  sample: Uint8Array,
  trees: readonly Node[],
  index: number,
  form: InputForm,
  random: RandomNumbers,
): Uint8Array {
  if (form === "json") return changedJson(sample, random);
  if (form === "text") return changedText(sample, random);
  let tree = trees[index] as Node; // a tree for each sample
  for (let times = 1 + random(3); times > 0; times--) tree = changedTree(tree, trees, random);
  return bytesOf(tree, random(6) > 0);
}

const one = <T>(list: readonly T[], random: RandomNumbers): T => list[random(list.length)] as T; // no list is empty

/** Canonical values of every type, at every bound. */
const PROPER: readonly Uint8Array[] = [
  ...["00", "01", "17", "1818", "1affffffff", "1b001fffffffffffff", "1b0020000000000000", "1bffffffffffffffff", "20"],
  ...["3b001ffffffffffffe", "3bffffffffffffffff", "c249010000000000000000", "40", "4100", `5820${"00".repeat(32)}`],
  ...[
    `5820${"ff".repeat(32)}`,
    `5840${"ff".repeat(64)}`,
    "60",
    "6100",
    "6161",
    "64f09f9880",
    "80",
    "8100",
    "820000",
    "a0",
  ],
  ...["a10000", "a16161f6", "f4", "f5", "f6", "695f5f70726f746f5f5f", "6b636f6e7374727563746f72", "8180"],
  "81".repeat(20).concat("00"),
].map((hex) => Uint8Array.from(Buffer.from(hex, "hex")));

/** Values that decoders fall over: too deep, too long, or not canonical. */
const HOSTILE: readonly Uint8Array[] = [
  ...["00", "17", "1818", "1817", "190001", "1affffffff", "1b001fffffffffffff", "1b0020000000000000"],
  ...["1bffffffffffffffff", "20", "3b001ffffffffffffe", "3bffffffffffffffff", "c249010000000000000000", "c240"],
  ...[`c25820${"ff".repeat(32)}`, `c35821${"ff".repeat(33)}`, "40", "4100", `5820${"00".repeat(32)}`],
  ...[`5820${"ff".repeat(32)}`, "5b7fffffffffffffff", "5affffffff", "5f4100ff", "60", "6100", "61ff", "63eda080"],
  ...["64f09f9880", "7bffffffffffffffff", "80", "8100", "9f00ff", "9affffffff", "9bffffffffffffffff", "a0"],
  ...["a10000", "a200000000", "a2616100616100", "bfff", "baffffffff", "f4", "f5", "f6", "f7", "f800", "f97e00"],
  ...["fb7ff8000000000000", "ff", "c000", "d86240", "d8628440a04040", "1c", "3f", "6a5f5f70726f746f5f5f"],
  ...["695f5f70726f746f5f5f", "6b636f6e7374727563746f72", "81".repeat(70).concat("00"), "a100".repeat(70).concat("00")],
].map((hex) => Uint8Array.from(Buffer.from(hex, "hex")));

type TreeChange = (node: Node, random: RandomNumbers, trees: readonly Node[]) => readonly Node[];

const TREE_CHANGES: readonly TreeChange[] = [
  () => [],
  (node) => [node, node],
  (_, random) => [one(PROPER, random)],
  (_, random) => [one(PROPER, random)],
  (node, random) => [node, one(PROPER, random)],
  (node, random) => (node instanceof Uint8Array ? [one(PROPER, random)] : node.items.slice(1)),
  (node, random) => [random(3) === 0 ? one(HOSTILE, random) : nearby(node, random)],
  (node, random) => [one(PROPER, random), node],
  (_, random, trees) => [foreign(random, trees)],
  (node, random, trees) => [node, foreign(random, trees)],
  (node) => [branch(4, [node])],
  (node) => [branch(2, [node])],
  (node) => (node instanceof Uint8Array || node.items.length !== 1 ? [branch(6, [node])] : node.items),
  (node, random) => [
    node instanceof Uint8Array ? nearby(node, random) : branch(node.major, shuffled(node.items, random)),
  ],
  (node, random) => [
    node instanceof Uint8Array ? nearby(node, random) : branch(one([2, 4, 5] as const, random), node.items),
  ],
  (node, random) => [node instanceof Uint8Array || random(4) > 0 ? nearby(node, random) : lying(node, random)],
];

function changedTree(tree: Node, trees: readonly Node[], random: RandomNumbers): Node {
  const change = one(TREE_CHANGES, random);
  return withNode(tree, random(sizeOf(tree)), (node) => change(node, random, trees));
}

function foreign(random: RandomNumbers, trees: readonly Node[]): Node {
  const donor = one(trees, random);
  return nodeAt(donor, random(sizeOf(donor)));
}

/** Nearly the same: a scalar with one byte of its content changed, a structure with another last item. */
function nearby(node: Node, random: RandomNumbers): Node {
  if (!(node instanceof Uint8Array)) return branch(node.major, [...node.items.slice(0, -1), one(PROPER, random)]);
  const changed = node.slice();
  if (node.length === 1) return changed.fill(((node[0] ?? 0) + one([1, 255], random)) & 255);
  const at = 1 + random(Math.max(1, node.length - 1));
  changed[at] = random(2) === 0 ? random(256) : ((changed[at] ?? 0) + one([1, 255], random)) & 255;
  return changed;
}

function shuffled(items: readonly Node[], random: RandomNumbers): Node[] {
  const [from, to] = [random(items.length + 1), random(items.length + 1)];
  const rest = [...items];
  const moved = rest.splice(from, 1 + random(2));
  rest.splice(to, 0, ...moved);
  return rest;
}

/** A structure whose head does not tell the truth about its length. */
function lying(node: Exclude<Node, Uint8Array>, random: RandomNumbers): Uint8Array {
  const count = node.major === 5 ? node.items.length >> 1 : node.items.length;
  const told = one([count + 1, Math.max(0, count - 1), 2 ** 16, 2 ** 31 - 1], random);
  return Buffer.concat([headOf(node.major === 6 ? 4 : node.major, told), ...node.items.map((item) => bytesOf(item))]);
}

/** An input many times its size, in which one part stands thousands of times or thousands deep. */
function swollen(sample: Uint8Array, tree: Node | undefined, random: RandomNumbers): Uint8Array {
  if (tree === undefined) return manyTimes(sample, random);
  const place = random(sizeOf(tree));
  const part = nodeAt(tree, place);
  const times = Math.min(20_000, Math.ceil(100_000 / Math.max(1, bytesOf(part).length)));
  const forms: readonly (() => readonly Node[])[] = [
    () => Array.from({ length: times }, () => part),
    () => [
      branch(
        4,
        Array.from({ length: times }, () => part),
      ),
    ],
    () => [Buffer.concat([Buffer.alloc(50_000, 0x81), bytesOf(part)])],
    () => [branch(5, Array.from({ length: 10_000 }, (_, key): Node[] => [headOf(0, key), part]).flat())],
    () => [Buffer.concat([headOf(3, 100_000), Buffer.alloc(100_000, 0x61)])],
    () => [Buffer.concat([headOf(2, 100_000), Buffer.alloc(100_000, random(256))])],
  ];
  return bytesOf(withNode(tree, place, one(forms, random)));
}

function manyTimes(sample: Uint8Array, random: RandomNumbers): Uint8Array {
  const start = random(sample.length);
  const part = sample.slice(start, start + 1 + random(8));
  const filling = Buffer.alloc(100_000, Buffer.from(one([part, Buffer.from("["), Buffer.from('{"a":')], random)));
  return Buffer.concat([sample.subarray(0, start), filling, sample.subarray(start)]);
}

/** One to four changes that know nothing of the form. */
export function damaged(bytes: Uint8Array, random: RandomNumbers): Uint8Array {
  let changed = bytes;
  for (let times = 1 + random(4); times > 0; times--) changed = one(BYTE_CHANGES, random)(changed, random);
  return changed;
}

const spliced = (bytes: Uint8Array, at: number, gone: number, more: Uint8Array): Uint8Array =>
  Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at + gone)]);

const BYTE_CHANGES: readonly ((bytes: Uint8Array, random: RandomNumbers) => Uint8Array)[] = [
  (bytes, random) => {
    const at = random(bytes.length);
    return spliced(bytes, at, 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random(8))));
  },
  (bytes, random) => spliced(bytes, random(bytes.length), 1, Uint8Array.of(random(256))),
  (bytes, random) => spliced(bytes, random(bytes.length), 1 + random(3), new Uint8Array(0)),
  (bytes, random) => spliced(bytes, random(bytes.length + 1), 0, Uint8Array.of(random(256))),
  (bytes, random) => bytes.slice(0, random(bytes.length + 1)),
  (bytes, random) => {
    const at = random(bytes.length);
    return spliced(bytes, at, 0, bytes.slice(at, at + 1 + random(64)));
  },
  (bytes, random) => spliced(bytes, random(bytes.length), random(9), one(HOSTILE, random)),
];

const JSON_VALUES = [
  ...["null", "true", "0", "-1", "1.5", "1e400", "9".repeat(30), '""', '"x"', '"\\ud800"', '"\\u0000"', "[]", "{}"],
  ...[`"${"ab".repeat(32)}"`, `"${"A".repeat(43)}"`, `"${"A".repeat(42)}B"`, '"ed25519"', '"esp256"', '"__proto__"'],
  ...['[["evidence","court"]]', '[["evidence"]]', '{"__proto__":{"party":"x"}}', "[".repeat(200) + "]".repeat(200)],
];

/** A JSON object whose members are changed, dropped, doubled or added. */
function changedJson(sample: Uint8Array, random: RandomNumbers): Uint8Array {
  // Samples are objects.
  const members = Object.entries(JSON.parse(Buffer.from(sample).toString("utf8")) as object).map(
    ([name, value]): [string, string] => [name, JSON.stringify(value)],
  );
  for (let times = 1 + random(2); times > 0; times--) {
    const at = random(members.length);
    const [name] = members[at] ?? ["more"];
    const changed = [name, one(JSON_VALUES, random)] as [string, string];
    const more = [one(["more", "__proto__", "toString", name], random), one(JSON_VALUES, random)] as [string, string];
    members.splice(at, random(2), ...one([[], [changed], [changed], [more]], random));
  }
  return Buffer.from(`{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`);
}

const LETTERS = [..."qpzry9x8gf2tvdw0s3jn54khce6mua7lQP1bio: \n", "ｑ", "\u0000", "😀", "é", "ſ", "K"];

/** A text with letters exchanged, taken out, put in or written in capitals. */
function changedText(sample: Uint8Array, random: RandomNumbers): Uint8Array {
  let text = [...Buffer.from(sample).toString("utf8")];
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(text.length + 1);
    const put = one([[one(LETTERS, random)], [one(LETTERS, random)], [], text.slice(at, at + 5)], random);
    text.splice(at, random(3), ...put);
    if (random(20) === 0) text = [...text.join("").toUpperCase()];
  }
  return Buffer.from(text.join(""));
}
