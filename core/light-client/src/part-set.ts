import { listRoot } from "@acta/merkle";
import { createMessage } from "./protobuf.ts";

/** A block cut into parts: how many, and the RFC 9162 root over them. */
export type PartSet = { readonly total: number; readonly hash: Uint8Array };

/** CometBFT's BlockPartSizeBytes. */
export const PART_BYTES = 65_536;

/** Cuts the bytes of a block into parts of 64 KiB; the last may be shorter. */
export function partSet(blockBytes: Uint8Array): PartSet {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < blockBytes.length; start += PART_BYTES) {
    parts.push(blockBytes.subarray(start, start + PART_BYTES));
  }
  return { total: parts.length, hash: listRoot(parts) };
}

/** PartSetHeader: 1 total, 2 hash. */
export function encodePartSet(parts: PartSet): Uint8Array {
  return createMessage().varint(1, parts.total).bytes(2, parts.hash).finish();
}
