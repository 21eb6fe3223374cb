import { byteText, type CborValue, encode } from "@acta/bytes";
import { sha256 } from "@acta/crypto";

/** The spaces of the state tree (docs/spec, 6.1). */
export const SPACE = {
  system: 0,
  contract: 1,
  record: 2,
  closedVersion: 3,
  once: 4,
  total: 5,
  due: 6,
  identity: 7,
  bucket: 8,
} as const;

/** A state key: its elements, its canonical bytes, and those bytes as text to index maps by. */
export class StateKey {
  readonly elements: readonly CborValue[];
  readonly bytes: Uint8Array;
  readonly text: string;
  #hash: Uint8Array | undefined;

  constructor(elements: readonly CborValue[]) {
    this.elements = elements;
    this.bytes = encode(elements);
    this.text = byteText(this.bytes);
  }

  /** SHA-256 of the bytes, by which the state tree knows the key. */
  get hash(): Uint8Array {
    this.#hash ??= sha256(this.bytes);
    return this.#hash;
  }
}

/** [0, name]: what the ledger knows of itself. */
export const systemKey = (name: string): StateKey => new StateKey([SPACE.system, name]);

/** [1, name]: the version of a contract that is in force. */
export const contractKey = (name: string): StateKey => new StateKey([SPACE.contract, name]);

/** [1, name, version]: the bundle of one version, kept when the contract moves on. */
export const contractVersionKey = (name: string, version: number): StateKey =>
  new StateKey([SPACE.contract, name, version]);

/** [2, contract, record, key…]: one record. */
export const recordKey = (contract: string, record: string, key: readonly CborValue[]): StateKey =>
  new StateKey([SPACE.record, contract, record, ...key]);

/** [3, contract, record, key…]: since when a record is as it is. */
export const versionHeadKey = ({ elements: [, ...record] }: StateKey): StateKey =>
  new StateKey([SPACE.closedVersion, ...record]);

/** [3, contract, record, key…, since]: what a record was from that height until another. */
export const closedVersionKey = ({ elements: [, ...record] }: StateKey, since: number): StateKey =>
  new StateKey([SPACE.closedVersion, ...record, since]);

/** [4, [contract, scope], key…]: what was used once. */
export const onceKey = (contract: string, scope: string, key: readonly CborValue[]): StateKey =>
  new StateKey([SPACE.once, [contract, scope], ...key]);

/** [5, contract, total, path…, cell]: a total under a path; the cell is `now`, or the day on which this ceased to hold. */
export const totalKey = (contract: string, total: string, path: readonly string[], cell: string | number): StateKey =>
  new StateKey([SPACE.total, contract, total, ...path, cell]);

/** [6, contract, name]: what is to be done when a deadline passes. */
export const dueKey = (contract: string, name: string): StateKey => new StateKey([SPACE.due, contract, name]);

/** [6, n]: node n of the queue of deadlines. */
export const dueNodeKey = (node: number): StateKey => new StateKey([SPACE.due, node]);

/** [7, identity]: a transaction of class two that was entered and has not yet been swept. */
export const identityKey = (identity: Uint8Array): StateKey => new StateKey([SPACE.identity, identity]);

/** [7, hour]: the newest identity among those that expire in that hour since 1970. */
export const expiryHourKey = (hour: number): StateKey => new StateKey([SPACE.identity, hour]);

/** [8, b]: count and digest of the transactions of class one that expire in minute b since 1970. */
export const bucketKey = (bucket: number): StateKey => new StateKey([SPACE.bucket, bucket]);
