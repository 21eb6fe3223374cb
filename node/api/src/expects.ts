import { fromHex, toHex } from "@acta/bytes";
import { type ContractDefinition, decodeKey, encodeKey, keyFromJson, keyToJson } from "@acta/contract";
import { sha256 } from "@acta/crypto";
import { recordKey, type StateReader } from "@acta/ledger";
import type { Expectation } from "@acta/protocol";

/** What one asks to expect: a record by its key's JSON forms, and the hash of its value (hex, null for none; left out: that of now). */
type Listed = {
  readonly contract?: unknown;
  readonly record?: unknown;
  readonly key?: unknown;
  readonly valueHash?: unknown;
};

/** Records that a call may expect something of. */
const MOST_EXPECTATIONS = 16;

/**
 * What a call is to expect, from JSON: `[{contract, record, key, valueHash?}]`. Throws what `bad` makes of a sentence, or
 * ContractError for a key that has not the record's form.
 */
export function expectationsOf(
  given: unknown,
  contracts: readonly ContractDefinition[],
  state: StateReader,
  bad: (detail: string) => Error,
): readonly Expectation[] {
  if (given === undefined) return [];
  if (!Array.isArray(given) || given.length > MOST_EXPECTATIONS) {
    throw bad(`expects is a list of at most ${MOST_EXPECTATIONS}`);
  }
  return given.map((each: unknown) => {
    if (typeof each !== "object" || each === null || Array.isArray(each)) throw bad("an expectation is a JSON object");
    const { contract, record, key, valueHash, ...more } = each as Listed; // an object: its members are checked one by one
    if (Object.keys(more).length > 0) throw bad("an expectation has contract, record, key and valueHash, and no more");
    if (typeof contract !== "string" || typeof record !== "string")
      throw bad("an expectation names contract and record");
    const definition = contracts.find(({ name }) => name === contract);
    const specification = definition && Object.hasOwn(definition.records, record) && definition.records[record];
    if (!specification) throw bad("an expectation names a contract and one of its records");
    const elements = encodeKey(specification.key, keyFromJson(specification.key, key));
    const hash = valueHash === undefined ? hashOf(state.get(recordKey(contract, record, elements).bytes)) : valueHash;
    return { contract, record, key: elements, valueHash: hashFrom(hash, bad) };
  });
}

/** The same as JSON, with the hashes that were filled in. */
export function expectationsToJson(
  expects: readonly Expectation[],
  contracts: readonly ContractDefinition[],
): readonly object[] {
  return expects.map(({ contract, record, key, valueHash }) => {
    const shape = contracts.find(({ name }) => name === contract)?.records[record]?.key ?? {};
    return { contract, record, key: keyToJson(shape, decodeKey(shape, key)), valueHash: valueHash && toHex(valueHash) };
  });
}

function hashOf(value: Uint8Array | undefined): string | null {
  return value === undefined ? null : toHex(sha256(value));
}

function hashFrom(hash: unknown, bad: (detail: string) => Error): Uint8Array | null {
  if (hash === null) return null;
  if (typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash)) return fromHex(hash);
  throw bad("valueHash is 64 hex digits, or null for a record that is absent");
}
