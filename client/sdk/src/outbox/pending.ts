import { type CborValue, decode, encode } from "@acta/bytes";
import type { Disclosure } from "@acta/protocol";
import { CommandError } from "../command.ts";

/** One call that waits for its receipt: what it is about, in the person's words, and the name its slip will have. */
export type PendingCall = {
  /** The file as the person named it, or what the act is about. */
  readonly subject: string;
  /** SHA-256 of the file, 64 hex digits; empty where the act is about no file. */
  readonly sha256: string;
  /** Name of the slip in the folder, `.slip` included. */
  readonly slip: string;
};

/** A signed transaction on disk, with what its calls are about, so that it can be sent again after any interruption. */
export type PendingTransaction = { readonly bytes: Uint8Array; readonly calls: readonly PendingCall[] };

/** What opens a slip whose receipt is not there yet. Its bytes lie beside the slip's place as `NAME.slip.pending`. */
export type PendingSlip = {
  readonly identity: Uint8Array;
  readonly call: number;
  readonly disclosures: readonly Disclosure[];
};

const TRANSACTION = "acta/pending-transaction/1";
const SLIP = "acta/pending-slip/1";

/** Bytes of a pending transaction's file. */
export function encodePendingTransaction({ bytes, calls }: PendingTransaction): Uint8Array {
  return encode([TRANSACTION, bytes, calls.map(({ subject, sha256, slip }) => [subject, sha256, slip])]);
}

/** Reads a pending transaction. Throws CommandError that names the file. */
export function decodePendingTransaction(content: Uint8Array, path: string): PendingTransaction {
  const [format, bytes, calls] = listOf(content, 3, path);
  if (format !== TRANSACTION || !(bytes instanceof Uint8Array) || !Array.isArray(calls)) throw damaged(path);
  return { bytes, calls: calls.map((each) => callOf(each, path)) };
}

/** Bytes of a pending slip's file. */
export function encodePendingSlip({ identity, call, disclosures }: PendingSlip): Uint8Array {
  return encode([SLIP, identity, call, disclosures.map(({ path, salt, value }) => [path, salt, value])]);
}

/** Reads a pending slip. Throws CommandError that names the file. */
export function decodePendingSlip(content: Uint8Array, path: string): PendingSlip {
  const [format, identity, call, disclosures] = listOf(content, 4, path);
  if (format !== SLIP || !(identity instanceof Uint8Array) || typeof call !== "number" || !Array.isArray(disclosures)) {
    throw damaged(path);
  }
  return { identity, call, disclosures: disclosures.map((each) => disclosureOf(each, path)) };
}

function listOf(content: Uint8Array, length: number, path: string): readonly CborValue[] {
  try {
    return tupleOf(decode(content), length, path);
  } catch {
    // Whatever is wrong with the bytes, the person needs the file's name.
    throw damaged(path);
  }
}

function tupleOf(value: CborValue, length: number, path: string): readonly CborValue[] {
  if (Array.isArray(value) && value.length === length) return value;
  throw damaged(path);
}

function callOf(value: CborValue, path: string): PendingCall {
  const [subject, sha256, slip] = tupleOf(value, 3, path);
  if (typeof subject !== "string" || typeof sha256 !== "string" || typeof slip !== "string") throw damaged(path);
  return { subject, sha256, slip };
}

function disclosureOf(value: CborValue, path: string): Disclosure {
  const [steps, salt, content] = tupleOf(value, 3, path);
  const isPath = Array.isArray(steps) && steps.every((step) => typeof step === "string" || typeof step === "number");
  if (!isPath || !(salt instanceof Uint8Array) || content === undefined) throw damaged(path);
  return { path: steps, salt, value: content };
}

function damaged(path: string): CommandError {
  return new CommandError(
    `${path} is damaged: it is not what was written. Restore it from a copy; without it the sealed values cannot be opened.`,
  );
}
