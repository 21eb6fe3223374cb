import { type CborValue, decode, encode } from "@acta/bytes";
import { type Commit, type CommitSignature, type Header, headerFromCbor, headerToCbor } from "@acta/light-client";
import { type LedgerAction, ledgerActionFromCbor, ledgerActionToCbor, outcomesRoot, resultData } from "@acta/protocol";
import type { RecordChange, StoredHeader, TransactionResult } from "./block.ts";
import { bytes, fields, list, number, RecordFormError, record } from "./cbor-fields.ts";

/** The records of a block in the database. What follows from the rest (roots, result data) is not stored but made. */

/** A header's record without its hash, which is computed when read. */
export type HeaderRecord = Omit<StoredHeader, "height" | "headerHash" | "blockId"> & {
  readonly parts: { readonly total: number; readonly hash: Uint8Array };
};

export function encodeHeaderRecord({ header, parts, stateRoot, actionCount, actionsRoot }: HeaderRecord): Uint8Array {
  return encode([headerToCbor(header), [parts.total, parts.hash], stateRoot, actionCount, actionsRoot]);
}

export function decodeHeaderRecord(encoded: Uint8Array): HeaderRecord {
  const [header, parts, stateRoot, actionCount, actionsRoot] = fields(record(encoded), 5);
  return {
    header: headerOf(header),
    parts: partsOf(parts),
    stateRoot: bytes(stateRoot),
    actionCount: number(actionCount),
    actionsRoot: bytes(actionsRoot),
  };
}

export function encodeTransactions(transactions: readonly Uint8Array[]): Uint8Array {
  return encode(transactions);
}

export function decodeTransactions(encoded: Uint8Array): Uint8Array[] {
  return list(record(encoded)).map(bytes);
}

export type ResultsRecord = {
  readonly results: readonly TransactionResult[];
  readonly actions: readonly LedgerAction[];
  readonly actionChanges: readonly (readonly RecordChange[])[];
};

export function encodeResults({ results, actions, actionChanges }: ResultsRecord): Uint8Array {
  return encode([results.map(resultToCbor), actions.map(ledgerActionToCbor), actionChanges.map(changesToCbor)]);
}

/** Reads the record; one of the time before acts were kept with their changes has two parts, and no acts. */
export function decodeResults(encoded: Uint8Array): ResultsRecord {
  const parts = list(record(encoded));
  const [results, actions, changes] = fields(parts.length === 2 ? [...parts, []] : parts, 3);
  return {
    results: list(results).map(resultFromCbor),
    actions: list(actions).map(ledgerActionFromCbor),
    actionChanges: list(changes).map(changesFromCbor),
  };
}

/** A whole commit, absent places included: a proof's form would not give the next header's last commit hash. */
export function encodeCommitRecord(commit: Commit): Uint8Array {
  return encode(commitToCbor(commit));
}

export function decodeCommitRecord(encoded: Uint8Array): Commit {
  return commitFromCbor(record(encoded));
}

export function commitToCbor({ height, round, blockId, signatures }: Commit): CborValue {
  const { hash, parts } = blockId;
  return [height, round, [hash, [parts.total, parts.hash]], signatures.map(signatureToCbor)];
}

export function commitFromCbor(value: CborValue | undefined): Commit {
  const [height, round, blockId, signatures] = fields(value, 4);
  const [hash, parts] = fields(blockId, 2);
  return {
    height: number(height),
    round: number(round),
    blockId: { hash: bytes(hash), parts: partsOf(parts) },
    signatures: list(signatures).map(signatureFromCbor),
  };
}

/** A header inside a record. */
export function headerOf(value: CborValue | undefined): Header {
  if (value === undefined) throw new RecordFormError("expected a header");
  return headerFromCbor(value);
}

export function partsOf(value: CborValue | undefined): { total: number; hash: Uint8Array } {
  const [total, hash] = fields(value, 2);
  return { total: number(total), hash: bytes(hash) };
}

const FLAGS = ["absent", "commit", "nil"] as const;

function signatureToCbor({ flag, address, time, signature }: CommitSignature): CborValue {
  return [FLAGS.indexOf(flag), address, time.seconds, time.nanoseconds, signature];
}

function signatureFromCbor(value: CborValue): CommitSignature {
  const [flag, address, seconds, nanoseconds, signature] = fields(value, 5);
  const name = FLAGS[number(flag)];
  if (name === undefined) throw new RecordFormError("expected a known flag of a vote");
  const time = { seconds: number(seconds), nanoseconds: number(nanoseconds) };
  return { flag: name, address: bytes(address), time, signature: bytes(signature) };
}

// Keys stand encoded: 2 bytes of nesting are left for whatever a key holds.
function resultToCbor({ identity, signaturesHash, outcomeBytes, changes }: TransactionResult): CborValue {
  return [identity, signaturesHash, outcomeBytes, changes.map(changesToCbor)];
}

function changesToCbor(changes: readonly RecordChange[]): CborValue {
  return changes.map(([key, valueHash]) => [encode(key), valueHash]);
}

function changesFromCbor(value: CborValue): readonly RecordChange[] {
  return list(value).map(changeFromCbor);
}

function resultFromCbor(value: CborValue): TransactionResult {
  const [identity, signaturesHash, outcomes, changes] = fields(value, 4);
  const outcomeBytes = list(outcomes).map(bytes);
  const root = outcomesRoot(outcomeBytes);
  return {
    identity: bytes(identity),
    signaturesHash: bytes(signaturesHash),
    outcomeBytes,
    outcomesRoot: root,
    data: resultData(bytes(identity), bytes(signaturesHash), root),
    changes: list(changes).map(changesFromCbor),
  };
}

function changeFromCbor(value: CborValue): RecordChange {
  const [key, valueHash] = fields(value, 2);
  return [list(decode(bytes(key))), valueHash === null ? null : bytes(valueHash)];
}
