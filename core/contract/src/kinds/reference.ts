import { type CborValue, compareBytes, decode, encode, toBase64Url } from "@acta/bytes";
import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import type { Reference } from "../values.ts";
import { bytesFromText } from "./bytes.ts";
import type { Kind } from "./kind.ts";
import { asArray, asObject } from "./members.ts";

/** A record of some contract, or of the one named in `to` (`contract.record`). Its JSON has the key's CBOR in base64url. */
export type ReferenceField = Field<Reference> & { readonly kind: "reference"; readonly to?: string };

/** What may be said about a {@link ReferenceField} beside its title. */
export type ReferenceOptions = Presentation & { readonly to?: `${string}.${string}` };

/** The forms of a {@link ReferenceField}. */
export const reference: Kind<ReferenceField, Reference> = {
  codec({ to }) {
    const check = (contract: unknown, record: unknown, key: readonly CborValue[]): Reference => {
      if (typeof contract !== "string" || typeof record !== "string" || !NAME.test(contract) || !NAME.test(record)) {
        return malformed("must name a contract and a record");
      }
      if (key.length > MAX_KEY) return malformed(`must have at most ${MAX_KEY} parts in its key`);
      if (!key.every(isKeyPart)) return malformed("must have integers, text and bytes in its key");
      if (to !== undefined && to !== `${contract}.${record}`) return malformed(`must refer to ${to}`);
      return { contract, record, key };
    };
    const fromCbor = (value: CborValue): Reference => {
      const [contract, record, ...key] = asArray(value);
      return check(contract, record, key);
    };
    const toCbor = (value: Reference): readonly CborValue[] => {
      const { contract, record, key } = check(value.contract, value.record, value.key);
      return [contract, record, ...key];
    };
    return {
      encode: toCbor,
      decode: fromCbor,
      toJson: (value) => ({ contract: value.contract, record: value.record, key: toBase64Url(encode(value.key)) }),
      fromJson(json) {
        const { contract, record, key } = asObject(json, ["contract", "record", "key"]);
        return check(contract, record, keyFromText(key));
      },
      compare: (left, right) => compareBytes(encode(toCbor(left)), encode(toCbor(right))),
    };
  },
  schema: () => ({
    type: "object",
    properties: {
      contract: { type: "string" },
      record: { type: "string" },
      key: { type: "string", pattern: "^[A-Za-z0-9_-]+$" },
    },
    required: ["contract", "record", "key"],
    additionalProperties: false,
  }),
  columns: () => [{ suffix: "", type: "jsonb" }],
};

const NAME = /^[A-Za-z][0-9A-Za-z-]{0,63}$/;
const MAX_KEY = 8;

function isKeyPart(part: CborValue): boolean {
  return typeof part === "string" || typeof part === "number" || typeof part === "bigint" || part instanceof Uint8Array;
}

function keyFromText(json: unknown): readonly CborValue[] {
  const bytes = bytesFromText(json);
  try {
    return asArray(decode(bytes));
  } catch {
    return malformed("must have its key as CBOR in base64url");
  }
}
