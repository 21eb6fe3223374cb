import { encode } from "@acta/bytes";
import type { Roots } from "./block.ts";
import { bytes, fields, flag, number, RecordFormError, record } from "./cbor-fields.ts";

/** The record of the newest block: what a start compares everything with. Height 0 is the ledger before its first. */
export type LastRecord = Roots & {
  readonly height: number;
  readonly headerHash: Uint8Array;
  readonly resultsHash: Uint8Array;
  /** Whether this node signed the block, so that its sign guard must know it. */
  readonly isSigned: boolean;
};

/** Written into every such record; a store of another version is refused. */
export const STORE_VERSION = 1;

export function encodeLastRecord(last: LastRecord): Uint8Array {
  const { height, headerHash, stateRoot, logRoot, appHash, resultsHash, isSigned } = last;
  return encode([STORE_VERSION, height, headerHash, stateRoot, logRoot, appHash, resultsHash, isSigned]);
}

export function decodeLastRecord(encoded: Uint8Array): LastRecord {
  const [version, height, headerHash, stateRoot, logRoot, appHash, resultsHash, isSigned] = fields(record(encoded), 8);
  if (version !== STORE_VERSION) throw new RecordFormError(`is of store version ${String(version)}`);
  return {
    height: number(height),
    headerHash: bytes(headerHash),
    stateRoot: bytes(stateRoot),
    logRoot: bytes(logRoot),
    appHash: bytes(appHash),
    resultsHash: bytes(resultsHash),
    isSigned: flag(isSigned),
  };
}
