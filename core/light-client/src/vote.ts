import { utf8Encode } from "@acta/bytes";
import { type BlockId, encodeBlockId, isNoBlockId } from "./block-id.ts";
import { createMessage, delimited } from "./protobuf.ts";
import { encodeTime, type Time } from "./time.ts";

/** A precommit: `blockId` is null for a vote for nil. */
export type Vote = {
  readonly chainId: string;
  readonly height: number;
  readonly round: number;
  readonly blockId: BlockId | null;
  readonly time: Time;
};

/**
 * The bytes that a validator signs: the CanonicalVote after its length. PROTOCOL 17.
 *
 * Height and round are sfixed64, a round of 0 and the block id of a vote for nil are left out.
 */
export function voteSignBytes(vote: Vote): Uint8Array {
  const message = createMessage().varint(1, PRECOMMIT).sfixed64(2, vote.height).sfixed64(3, vote.round);
  if (vote.blockId !== null && !isNoBlockId(vote.blockId)) message.message(4, encodeBlockId(vote.blockId));
  return delimited(message.message(5, encodeTime(vote.time)).bytes(6, utf8Encode(vote.chainId)).finish());
}

const PRECOMMIT = 2;
