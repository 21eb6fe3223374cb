import { type CborMap, type CborValue, compareBytes, encode, equalBytes } from "@acta/bytes";
import { sealCommitment } from "@acta/crypto";
import { formOf } from "./form.ts";

/** An opened value: where its commitment stands in the input, its salt, and itself. FORMATS §6. */
export type Disclosure = {
  /** Field names and array indices; never empty. */
  readonly path: readonly (string | number)[];
  /** 32 bytes. */
  readonly salt: Uint8Array;
  readonly value: CborValue;
};

/** What stands in an input in place of a sealed value. FORMATS §3. */
export type Sealed = {
  readonly record: string;
  readonly key: readonly CborValue[];
  readonly field: readonly (string | number)[];
  readonly commitment: Uint8Array;
};

/** The place of a sealed value, as it stands in an input. */
export function sealedToCbor({ record, key, field, commitment }: Sealed): CborValue {
  return [record, key, field, commitment];
}

/** The openings as they stand in a slip: ascending by the CBOR of their paths. */
export function disclosuresToCbor(disclosures: readonly Disclosure[]): CborValue {
  return disclosures
    .map(({ path, salt, value }) => ({ order: encode(path), entry: [path, salt, value] }))
    .sort((a, b) => compareBytes(a.order, b.order))
    .map(({ entry }) => entry);
}

const form = formOf("malformed-disclosure");

/** Reads the openings of a slip; throws ProtocolError. */
export function disclosuresFromCbor(value: CborValue | undefined): Disclosure[] {
  const disclosures = form.list(value, "disclosures").map(disclosureFromCbor);
  let before: Uint8Array = new Uint8Array();
  for (const { path } of disclosures) {
    const order = encode(path);
    if (compareBytes(before, order) >= 0) form.fail("disclosures must ascend by their paths, each once");
    before = order;
  }
  return disclosures;
}

function disclosureFromCbor(value: CborValue): Disclosure {
  const [path, salt, opened] = form.tuple(value, "disclosure", 3);
  return {
    path: form.list(path, "path", 1).map(stepFromCbor),
    salt: form.bytes(salt, "salt", 32),
    value: opened as CborValue, // the tuple has three elements
  };
}

function stepFromCbor(step: CborValue): string | number {
  return typeof step === "string" ? step : form.count(step, "step of a path");
}

/** The sealed value that stands at a path of an input; throws ProtocolError where none does. */
export function sealedAt(input: CborMap, path: readonly (string | number)[]): Sealed {
  let value: CborValue | undefined = input;
  for (const step of path) value = stepInto(value, step);
  const [record, key, field, commitment] = form.tuple(value, "sealed value", 4);
  return {
    record: form.text(record, "record of a sealed value"),
    key: form.list(key, "key of a sealed value"),
    field: form.list(field, "field of a sealed value").map(stepFromCbor),
    commitment: form.hash(commitment, "commitment"),
  };
}

function stepInto(value: CborValue | undefined, step: string | number): CborValue | undefined {
  if (typeof step === "string") return value instanceof Map ? value.get(step) : undefined;
  return Array.isArray(value) ? value[step] : undefined;
}

/** Whether an opening is of what was sealed at its place, by this call, for this ledger, by this first signer. */
export function isOpeningOf(
  sealed: Sealed,
  disclosure: Disclosure,
  place: { readonly ledgerId: Uint8Array; readonly contract: string; readonly party: Uint8Array },
): boolean {
  const { record, key, field, commitment } = sealed;
  const { salt, value } = disclosure;
  return equalBytes(commitment, sealCommitment({ ...place, record, key, field, salt, value }));
}
