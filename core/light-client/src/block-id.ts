import { equalBytes } from "@acta/bytes";
import { encodePartSet, type PartSet } from "./part-set.ts";
import { createMessage } from "./protobuf.ts";

/** What a vote is for: the header's hash and the part set of the block's bytes. */
export type BlockId = { readonly hash: Uint8Array; readonly parts: PartSet };

/** The last block id of a first block. */
export const NO_BLOCK_ID: BlockId = Object.freeze({
  hash: new Uint8Array(0),
  parts: Object.freeze({ total: 0, hash: new Uint8Array(0) }),
});

/** Whether it is the id of no block, as in a first block's header or a vote for nil. */
export function isNoBlockId(id: BlockId): boolean {
  return id.hash.length === 0 && id.parts.total === 0 && id.parts.hash.length === 0;
}

/** Whether both name the same block. */
export function equalBlockIds(a: BlockId, b: BlockId): boolean {
  return equalBytes(a.hash, b.hash) && a.parts.total === b.parts.total && equalBytes(a.parts.hash, b.parts.hash);
}

/** BlockID: 1 hash, 2 part set header, which stands even when empty (`12 00` in a first block). */
export function encodeBlockId(id: BlockId): Uint8Array {
  return createMessage().bytes(1, id.hash).message(2, encodePartSet(id.parts)).finish();
}
