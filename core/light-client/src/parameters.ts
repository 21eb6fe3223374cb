import { sha256 } from "@acta/crypto";
import { createMessage } from "./protobuf.ts";

/** The consensus parameters that headers show: the greatest block in bytes, and gas (-1: no limit). */
export type BlockParameters = { readonly maxBytes: number; readonly maxGas: number };

/** The header's consensus hash: plain SHA-256 of 1 max_bytes, 2 max_gas. CometBFT types/params.go. */
export function consensusHash({ maxBytes, maxGas }: BlockParameters): Uint8Array {
  return sha256(createMessage().varint(1, maxBytes).varint(2, maxGas).finish());
}
