import { type CborMap, type CborValue, encode } from "@acta/bytes";
import { ProtocolError } from "./errors.ts";
import { formOf, hasTextKeysOnly } from "./form.ts";

/** What a call expects of a record: the hash of its value bytes, or null where it expects none. */
export type Expectation = {
  readonly contract: string;
  readonly record: string;
  readonly key: readonly CborValue[];
  readonly valueHash: Uint8Array | null;
};

/** One call of an action of a contract. FORMATS §3. */
export type Call = {
  readonly contract: string;
  /** The contract's major version for which it was drafted. */
  readonly version: number;
  readonly action: string;
  /** Text keys at every depth; that it fits the action's schema is the ledger's business. */
  readonly input: CborMap;
  readonly expects: readonly Expectation[];
  /** 16 random bytes; empty in a transaction of one call. */
  readonly blind: Uint8Array;
};

/** A call's bytes: the leaf of the calls root. */
export function encodeCall(call: Call): Uint8Array {
  return encode(callToCbor(call));
}

/** A call as it stands inline in a transaction or a receipt. */
export function callToCbor(call: Call): CborValue {
  return [
    call.contract,
    call.version,
    call.action,
    call.input,
    call.expects.map(({ contract, record, key, valueHash }) => [[contract, record, ...key], valueHash]),
    call.blind,
  ];
}

const form = formOf("malformed-call");
const expectation = formOf("malformed-expectation");

/** Reads one of `count` calls; throws {@link ProtocolError}. */
export function callFromCbor(value: CborValue, count: number): Call {
  const [contract, version, action, input, expects, blind] = form.tuple(value, "call", 6);
  return {
    contract: form.text(contract, "contract"),
    version: form.count(version, "major version"),
    action: form.text(action, "action"),
    input: inputFromCbor(input),
    expects: form.list(expects, "expectations").map(expectationFromCbor),
    blind: blindFromCbor(blind, count),
  };
}

function inputFromCbor(value: CborValue | undefined): CborMap {
  const input = form.map(value, "input");
  return hasTextKeysOnly(input) ? input : form.fail("keys of the input must be text, at every depth");
}

function blindFromCbor(value: CborValue | undefined, count: number): Uint8Array {
  const blind = form.bytes(value, "blind");
  if (blind.length !== (count === 1 ? 0 : 16)) throw new ProtocolError("wrong-blind", `${blind.length} bytes`);
  return blind;
}

function expectationFromCbor(value: CborValue): Expectation {
  const [place, hash] = expectation.tuple(value, "expectation", 2);
  const [contract, record, ...key] = expectation.list(place, "place", 2);
  return {
    contract: expectation.text(contract, "contract of the place"),
    record: expectation.text(record, "record of the place"),
    key,
    valueHash: hash === null ? null : expectation.hash(hash, "hash of the value"),
  };
}
