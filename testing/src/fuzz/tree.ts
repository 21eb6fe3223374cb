import {
  BytesError,
  type CborValue,
  decode,
  decodeTransaction,
  Envelope98,
  encode,
  isArray,
  isMap,
  toHex,
} from "@acta/bytes";

/** Encoded CBOR as a tree that can be changed into anything, well formed or not: leaves are bytes, whatever they say. */
export type Node = Uint8Array | Branch;

/** An array (4), a map as keys and values in turn (5), a byte string that holds CBOR (2), or an envelope of tag 98 (6). */
export type Branch = { readonly major: 2 | 4 | 5 | 6; readonly items: readonly Node[]; readonly size: number };

/** The tree of canonical bytes; of bytes that are no CBOR, a leaf. */
export function treeOf(bytes: Uint8Array): Node {
  const value = read(bytes);
  return value === undefined ? bytes : nodeOf(value);
}

/** A branch over these items. */
export function branch(major: Branch["major"], items: readonly Node[]): Branch {
  return { major, items, size: items.reduce((sum, item) => sum + sizeOf(item), 1) };
}

/** How many nodes a tree has. */
export function sizeOf(node: Node): number {
  return node instanceof Uint8Array ? 1 : node.size;
}

/** The node at a place, counted from 0, each before its items. */
export function nodeAt(node: Node, place: number): Node {
  if (place === 0 || node instanceof Uint8Array) return node;
  let left = place - 1;
  for (const item of node.items) {
    if (left < sizeOf(item)) return nodeAt(item, left);
    left -= sizeOf(item);
  }
  return node;
}

/** The tree with the node at a place replaced by others: none, one or several. */
export function withNode(node: Node, place: number, others: (node: Node) => readonly Node[]): Node {
  return replaced(node, place, others)[0] ?? new Uint8Array(0);
}

function replaced(node: Node, place: number, others: (node: Node) => readonly Node[]): readonly Node[] {
  if (place === 0) return others(node);
  if (node instanceof Uint8Array) return [node];
  let left = place - 1;
  const items = node.items.flatMap((item) => {
    const isHere = left >= 0 && left < sizeOf(item);
    const now = isHere ? replaced(item, left, others) : [item];
    left -= sizeOf(item);
    return now;
  });
  return [branch(node.major, items)];
}

/** The bytes of a tree. Counts and lengths are right; nothing else has to be, but with `tidy` the order of maps. */
export function bytesOf(node: Node, tidy = false): Uint8Array {
  const parts: Uint8Array[] = [];
  write(node, parts, tidy);
  return Buffer.concat(parts);
}

/** The first bytes of a CBOR value: its major type, and a length or count in its shortest form. */
export function headOf(major: number, argument: number): Uint8Array {
  const type = major << 5;
  if (argument < 24) return Uint8Array.of(type | argument);
  if (argument < 0x100) return Uint8Array.of(type | 24, argument);
  if (argument < 0x10000) return Uint8Array.of(type | 25, argument >> 8, argument & 255);
  return Uint8Array.of(type | 26, ...[24, 16, 8, 0].map((bits) => (argument >>> bits) & 255));
}

function write(node: Node, parts: Uint8Array[], tidy: boolean): void {
  if (node instanceof Uint8Array) return void parts.push(node);
  const { major } = node;
  const items = tidy && major === 5 ? inOrder(node.items) : node.items;
  if (major === 2) {
    const held = Buffer.concat(items.map((item) => bytesOf(item, tidy)));
    return void parts.push(headOf(2, held.length), held);
  }
  if (major === 6) parts.push(Uint8Array.of(0xd8, 98));
  else parts.push(headOf(major, major === 5 ? items.length >> 1 : items.length));
  for (const item of items) write(item, parts, tidy);
}

/** Keys and values in turn as a canonical map has them: each key once, in order, and none without a value. */
function inOrder(items: readonly Node[]): Node[] {
  const pairs = new Map<string, readonly [Node, Node]>();
  for (let at = 0; at + 1 < items.length; at += 2) {
    const [key, value] = [items[at] as Node, items[at + 1] as Node]; // both within
    if (key instanceof Uint8Array && [0, 1, 3].includes((key[0] ?? 0) >> 5)) pairs.set(toHex(key), [key, value]);
  }
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, pair]) => pair);
}

function read(bytes: Uint8Array): CborValue | readonly (CborValue | Envelope98)[] | undefined {
  for (const decoded of [decode, decodeTransaction]) {
    try {
      return decoded(bytes);
    } catch (error) {
      if (!(error instanceof BytesError)) throw error;
    }
  }
  return undefined;
}

function nodeOf(value: CborValue | Envelope98 | readonly (CborValue | Envelope98)[]): Node {
  if (value instanceof Envelope98) return branch(6, [nodeOf(value.value)]);
  if (Array.isArray(value)) return branch(4, value.map(nodeOf));
  // What is left is one value: the only list with an envelope was an array.
  const single = value as CborValue;
  if (isMap(single))
    return branch(
      5,
      [...single].flatMap(([key, held]) => [nodeOf(key), nodeOf(held)]),
    );
  if (single instanceof Uint8Array) return held(single) ?? encode(single);
  return encode(single);
}

/** A byte string that holds an array or a map, as a branch of its own. */
function held(bytes: Uint8Array): Node | undefined {
  if (bytes.length < 2) return undefined;
  const value = read(bytes);
  const isStructure = value !== undefined && typeof value === "object" && value !== null;
  return isStructure && (isArray(value as CborValue) || isMap(value as CborValue))
    ? branch(2, [nodeOf(value)])
    : undefined;
}
