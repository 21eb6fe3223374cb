import { listRoot } from "@acta/merkle";
import { createMessage } from "./protobuf.ts";

/** What CometBFT hashes of a transaction's result; gas is always 0 here. Code is 0 or below 2^32. */
export type Result = { readonly code: number; readonly data: Uint8Array };

/** The leaf of a result before hashing: ExecTxResult with 1 code, 2 data; nothing when both are empty. */
export function resultLeaf(result: Result): Uint8Array {
  return createMessage().varint(1, result.code).bytes(2, result.data).finish();
}

/** The last results hash of the next header. */
export function resultsHash(results: readonly Result[]): Uint8Array {
  return listRoot(results.map(resultLeaf));
}
