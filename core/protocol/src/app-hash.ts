import { encode, uint64 } from "@acta/bytes";
import { tagged } from "@acta/crypto";

/** The history log's entry of a block: its header, and what the ledger did by itself in it. FORMATS §5. */
export function logEntry(
  height: number,
  headerHash: Uint8Array,
  actionCount: number,
  actionsRoot: Uint8Array,
): Uint8Array {
  return tagged("acta/log/1", encode([height, headerHash, actionCount, actionsRoot]));
}

/** The app hash after the block of this height; it stands in the next header. FORMATS §5. */
export function appHash(ledgerId: Uint8Array, stateRoot: Uint8Array, logRoot: Uint8Array, height: number): Uint8Array {
  return tagged("acta/app/1", ledgerId, stateRoot, logRoot, uint64(height));
}
