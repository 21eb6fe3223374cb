import { type CborValue, compareBytes, decode, encode, utf8Encode } from "@acta/bytes";
import type { StateReader } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { dueNodeKey, systemKey } from "./state-key.ts";
import type { StateLayer, StateView } from "./state-layer.ts";

/** A deadline's place in the queue. They pass in the order of time, contract, name; texts compare as their UTF-8 bytes. */
export type DuePlace = { readonly at: number; readonly contract: string; readonly name: string };

/**
 * The queue of deadlines is a tree of sorted nodes inside the state, so that the next ones are found without a scan: in
 * as many steps as the tree is high, whatever the number of deadlines and however they lie in time.
 *
 * [6, n] → node n: a leaf is [ + [at, contract, name] ], any other node [ + [at, contract, name, child's n] ], where the
 * place is a lower bound of what the child holds. A node has at most 32 entries and splits in halves; it goes when its
 * last entry goes, and a root with one child gives way to that child. [0, "due"] → [first time, root's n, levels above
 * the leaves, next n] is there exactly while something is due. All of it is a function of the deadlines set and passed,
 * in their order.
 */
const HEAD = systemKey("due");
const MOST_ENTRIES = 32;

/** The time of the earliest deadline, whole seconds; undefined where nothing is due. Costs one read. */
export function firstDueTime(state: StateReader): number | undefined {
  const value = state.get(HEAD.bytes);
  return value && readHead(value).first;
}

/** The earliest deadlines up to `time`, in order, at most `most`. */
export function duePlaces(state: StateView, time: number, most: number): readonly DuePlace[] {
  const value = state.get(HEAD);
  if (value === undefined) return [];
  const head = readHead(value);
  const found: DuePlace[] = [];
  const collect = (number: number, level: number): void => {
    for (const entry of readNode(state, number)) {
      if (found.length >= most || (level === 0 && entry.at > time)) return;
      if (level === 0) found.push(entry);
      else collect(childOf(entry), level - 1);
    }
  };
  if (head.first <= time) collect(head.root, head.levels);
  return found;
}

/** Puts a deadline into the queue, where it is not yet. */
export function enqueue(state: StateLayer, place: DuePlace): void {
  const value = state.get(HEAD);
  if (value === undefined) {
    writeNode(state, 1, [place]);
    writeHead(state, { first: place.at, root: 1, levels: 0, next: 2 });
    return;
  }
  const head = { ...readHead(value) };
  insertAlong(state, head, pathTo(state, head, place), place);
  head.first = Math.min(head.first, place.at);
  writeHead(state, head);
}

/** Takes a deadline out of the queue, where it is. */
export function dequeue(state: StateLayer, place: DuePlace): void {
  const head = { ...readHead(present(state.get(HEAD), '[0, "due"]')) };
  const path = pathTo(state, head, place);
  const leaf = path.at(-1) as Step; // there is a root
  const last = leaf.entries[leaf.index];
  if (last === undefined || compare(last, place) !== 0) damaged(`[6, ${leaf.number}]`);
  if (!removeAlong(state, path)) {
    state.put(HEAD, null);
    return;
  }
  shrink(state, head);
  head.first = firstIn(state, head);
  writeHead(state, head);
}

type Head = { first: number; root: number; levels: number; next: number };
/** Of a leaf a deadline; of any other node a lower bound and the number of the child. */
type Entry = DuePlace & { readonly child?: number };
/** A node on the way to a place, and the index of the last entry not after that place (−1: all are after it). */
type Step = { readonly number: number; readonly entries: readonly Entry[]; readonly index: number };

function pathTo(state: StateView, { root, levels }: Head, place: DuePlace): Step[] {
  const path: Step[] = [];
  for (let number = root, level = levels; level >= 0; level--) {
    const entries = readNode(state, number);
    const index = lastNotAfter(entries, place);
    // What lies before every bound belongs to the first child.
    path.push({ number, entries, index: level > 0 ? Math.max(index, 0) : index });
    if (level > 0) number = childOf(entries[Math.max(index, 0)] as Entry); // no node is empty
  }
  return path;
}

function lastNotAfter(entries: readonly Entry[], place: DuePlace): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(entries[middle] as Entry, place) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Inserts into the leaf, and splits upwards as long as a node has too many entries. */
function insertAlong(state: StateLayer, head: Head, path: readonly Step[], place: DuePlace): void {
  let added: Entry = place;
  for (const { number, entries, index } of path.toReversed()) {
    const grown = entries.toSpliced(index + 1, 0, added);
    const right = grown.length > MOST_ENTRIES ? grown.splice(grown.length >> 1) : [];
    writeNode(state, number, grown);
    if (right.length === 0) return;
    const fresh = head.next++;
    writeNode(state, fresh, right);
    added = { ...(right[0] as Entry), child: fresh }; // half of more than two
    if (number !== head.root) continue;
    writeNode(state, head.next, [{ ...(grown[0] as Entry), child: number }, added]);
    head.root = head.next++;
    head.levels++;
  }
}

/** Removes from the leaf, and upwards every node that has become empty. False where nothing is left. */
function removeAlong(state: StateLayer, path: readonly Step[]): boolean {
  for (const { number, entries, index } of path.toReversed()) {
    if (entries.length > 1) {
      writeNode(state, number, entries.toSpliced(index, 1));
      return true;
    }
    state.put(dueNodeKey(number), null);
  }
  return false;
}

function shrink(state: StateLayer, head: Head): void {
  while (head.levels > 0) {
    const entries = readNode(state, head.root);
    if (entries.length > 1) return;
    state.put(dueNodeKey(head.root), null);
    head.root = childOf(entries[0] as Entry); // no node is empty
    head.levels--;
  }
}

function firstIn(state: StateView, { root, levels }: Head): number {
  let number = root;
  for (let level = levels; level > 0; level--) number = childOf(readNode(state, number)[0] as Entry); // no node is empty
  return (readNode(state, number)[0] as Entry).at;
}

function compare(left: DuePlace, right: DuePlace): number {
  if (left.at !== right.at) return left.at - right.at;
  return compareText(left.contract, right.contract) || compareText(left.name, right.name);
}

const compareText = (left: string, right: string): number =>
  left === right ? 0 : compareBytes(utf8Encode(left), utf8Encode(right));

/** What nodes were last read as: values are never changed in place. */
const decoded = new WeakMap<Uint8Array, readonly Entry[]>();

function readNode(state: StateView, number: number): readonly Entry[] {
  const value = present(state.get(dueNodeKey(number)), `[6, ${number}]`);
  const known = decoded.get(value);
  if (known !== undefined) return known;
  // As `writeNode` wrote it.
  const entries = (decode(value) as readonly [number, string, string, number?][]).map(([at, contract, name, child]) =>
    child === undefined ? { at, contract, name } : { at, contract, name, child },
  );
  decoded.set(value, entries);
  return entries;
}

function writeNode(state: StateLayer, number: number, entries: readonly Entry[]): void {
  const value = encode(
    entries.map(
      ({ at, contract, name, child }): CborValue => [at, contract, name, ...(child === undefined ? [] : [child])],
    ),
  );
  decoded.set(value, entries);
  state.put(dueNodeKey(number), value);
}

function readHead(value: Uint8Array): Readonly<Head> {
  const [first, root, levels, next] = decode(value) as readonly [number, number, number, number]; // as written below
  return { first, root, levels, next };
}

function writeHead(state: StateLayer, { first, root, levels, next }: Head): void {
  state.put(HEAD, encode([first, root, levels, next]));
}

function childOf({ child }: Entry): number {
  return child ?? damaged("[6, …]");
}

function present(value: Uint8Array | undefined, key: string): Uint8Array {
  return value ?? damaged(key);
}

function damaged(key: string): never {
  throw new LedgerError("state-damaged", `The queue of deadlines is damaged at ${key}. Run "acta fsck".`);
}
