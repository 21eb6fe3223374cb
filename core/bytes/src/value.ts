import { BytesError } from "./errors.ts";

/** Keys of CBOR maps: text, or an integer from -2^64 to 2^64 - 1 (a number where it is safe, a bigint beyond). */
export type CborKey = string | number | bigint;

/** A map of CBOR. A decoded one has its keys in canonical order. */
export type CborMap = ReadonlyMap<CborKey, CborValue>;

/** Everything that FORMATS 1 allows in CBOR. Numbers are safe integers; what lies beyond is a bigint. */
export type CborValue = number | bigint | string | boolean | null | Uint8Array | readonly CborValue[] | CborMap;

/** The COSE_Sign structure under tag 98 (RFC 9052, 4.1), which only a transaction's element 0 may be. */
export class Envelope98 {
  readonly value: CborValue;

  constructor(value: CborValue) {
    this.value = value;
  }
}

/** A transaction's outermost array: the tagged envelope, then the rest. */
export type CborTransaction = readonly [Envelope98, ...CborValue[]];

/** Whether the value is an array. */
export function isArray(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}

/** Whether the value is a map. */
export function isMap(value: CborValue): value is CborMap {
  return value instanceof Map;
}

/** A map of the entries, in whatever order. Throws BytesError "cbor-duplicate-key" where two keys are the same. */
export function map(entries: Iterable<readonly [CborKey, CborValue]>): CborMap {
  const whole = new Map<CborKey, CborValue>();
  for (const [key, value] of entries) {
    if (whole.has(key)) throw new BytesError("cbor-duplicate-key", `The key ${String(key)} occurs twice in one map.`);
    whole.set(key, value);
  }
  return whole;
}

/** A map with the record's names as keys. An undefined value is an absent key (FORMATS 1). */
export function fromObject(record: Readonly<Record<string, CborValue | undefined>>): CborMap {
  const whole = new Map<CborKey, CborValue>();
  for (const [name, value] of Object.entries(record)) if (value !== undefined) whole.set(name, value);
  return whole;
}
