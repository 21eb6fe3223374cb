import { utf8Encode } from "@acta/bytes";
import { listRoot } from "@acta/merkle";
import { type BlockId, encodeBlockId } from "./block-id.ts";
import { createMessage } from "./protobuf.ts";
import { encodeTime, type Time } from "./time.ts";

/** Block protocol and application version, each below 2^64: a number where safe, otherwise a bigint. */
export type Version = { readonly block: number | bigint; readonly app: number | bigint };

/** The block protocol of CometBFT 0.40; any other is refused by it. */
export const BLOCK_PROTOCOL = 11;

/** A block header of CometBFT 0.40.0. `height` is the chain's own, from 1; the ledger's is the epoch's base more. */
export type Header = {
  readonly version: Version;
  readonly chainId: string;
  readonly height: number;
  readonly time: Time;
  readonly lastBlockId: BlockId;
  readonly lastCommitHash: Uint8Array;
  readonly dataHash: Uint8Array;
  readonly validatorsHash: Uint8Array;
  readonly nextValidatorsHash: Uint8Array;
  readonly consensusHash: Uint8Array;
  readonly appHash: Uint8Array;
  readonly lastResultsHash: Uint8Array;
  readonly evidenceHash: Uint8Array;
  readonly proposerAddress: Uint8Array;
};

/**
 * The hash that validators vote for: the list root over the fourteen fields, 32 bytes. PROTOCOL 17.
 *
 * Chain id, height and byte fields stand wrapped (StringValue, Int64Value, BytesValue: the value as field 1), the
 * others raw; an empty field is an empty leaf.
 */
export function headerHash(header: Header): Uint8Array {
  return listRoot([
    encodeVersion(header.version),
    wrapBytes(utf8Encode(header.chainId)),
    createMessage().varint(1, header.height).finish(),
    encodeTime(header.time),
    encodeBlockId(header.lastBlockId),
    ...byteFields(header).map(wrapBytes),
  ]);
}

/** The Header message, as it stands in a block. Time and last block id are always written. */
export function encodeHeader(header: Header): Uint8Array {
  const message = createMessage()
    .message(1, encodeVersion(header.version))
    .bytes(2, utf8Encode(header.chainId))
    .varint(3, header.height)
    .message(4, encodeTime(header.time))
    .message(5, encodeBlockId(header.lastBlockId));
  for (const [index, value] of byteFields(header).entries()) message.bytes(FIRST_BYTE_FIELD + index, value);
  return message.finish();
}

const FIRST_BYTE_FIELD = 6;

function byteFields(header: Header): Uint8Array[] {
  return [
    header.lastCommitHash,
    header.dataHash,
    header.validatorsHash,
    header.nextValidatorsHash,
    header.consensusHash,
    header.appHash,
    header.lastResultsHash,
    header.evidenceHash,
    header.proposerAddress,
  ];
}

function encodeVersion(version: Version): Uint8Array {
  return createMessage().varint(1, version.block).varint(2, version.app).finish();
}

function wrapBytes(value: Uint8Array): Uint8Array {
  return createMessage().bytes(1, value).finish();
}
