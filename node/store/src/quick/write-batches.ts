import { sha256 } from "@acta/crypto";
import { leafHash } from "@acta/merkle";
import { readVarint } from "../files/snappy.ts";
import { FAMILY, META } from "../keys.ts";
import { decodeLastRecord } from "../last-record.ts";
import { valueIn } from "../sealed-value.ts";
import { PAIR_BYTES, type QuickBlock } from "./quick-format.ts";

/**
 * The blocks above a height that LevelDB's log still has, by height: what a crash kept from the journal. `records` are the
 * log's records, each one batch. LevelDB db/write_batch.cc.
 */
export function blocksInLog(records: readonly Uint8Array[], above: number): Map<number, QuickBlock> {
  const blocks = new Map<number, QuickBlock>();
  for (let index = records.length - 1; index >= 0; index--) {
    const block = blockOf(records[index] as Uint8Array); // index is within
    if (block === undefined || blocks.has(block.height)) continue;
    if (block.height <= above) return blocks;
    blocks.set(block.height, block);
  }
  return blocks;
}

type Write = { readonly key: Uint8Array; readonly value: Uint8Array | undefined };

/** What a batch says of the start; undefined for one that is no block's. */
function blockOf(record: Uint8Array): QuickBlock | undefined {
  const writes = [...writesOf(record)];
  const last = valueUnder(writes, (key) => Buffer.compare(key, META.last) === 0);
  const entry = valueUnder(writes, (key) => key[0] === FAMILY.log);
  if (last === undefined || entry === undefined) return undefined;
  const changed = writes.filter(({ key }) => key[0] === FAMILY.state);
  const pairs = Buffer.alloc(PAIR_BYTES * changed.length);
  for (const [index, { key, value }] of changed.entries()) {
    pairs.set(sha256(key.subarray(1)), PAIR_BYTES * index);
    const plain = value && valueIn(value);
    if (plain !== undefined) pairs.set(sha256(plain), PAIR_BYTES * index + PAIR_BYTES / 2);
  }
  return { height: decodeLastRecord(last).height, logLeaf: leafHash(entry), pairs };
}

function valueUnder(writes: readonly Write[], isWanted: (key: Uint8Array) => boolean): Uint8Array | undefined {
  const sealed = writes.findLast(({ key }) => isWanted(key))?.value;
  return sealed && valueIn(sealed);
}

// Sequence number and count.
const BATCH_HEAD_BYTES = 12;
const PUT = 1;

function* writesOf(record: Uint8Array): Generator<Write> {
  let at = BATCH_HEAD_BYTES;
  const take = () => {
    const length = readVarint(record, at);
    if (length === undefined) throw new RangeError("A batch ends in the middle of a write.");
    at = length.next + length.value;
    return record.subarray(length.next, at);
  };
  while (at < record.length) {
    const isPut = record[at++] === PUT;
    yield { key: take(), value: isPut ? take() : undefined };
  }
}
