import type { Field, Presentation } from "../field.ts";
import type { Digest } from "../values.ts";
import { hexFromBytes, hexOf, hexToBytes } from "./hex.ts";
import { compareScalars, type Kind } from "./kind.ts";

/** A SHA-256 hash, in JSON 64 hex digits: people compare it with the output of `sha256sum`. */
export type DigestField = Field<Digest> & { readonly kind: "digest" };

/** What may be said about a {@link DigestField} beside its title. */
export type DigestOptions = Presentation;

/** Bytes of a digest, a party and a commitment. */
export const HASH_BYTES = 32;

/** The forms of a {@link DigestField}. */
export const digest: Kind<DigestField, Digest> = {
  codec() {
    const check = (value: unknown): Digest => hexOf(value, HASH_BYTES) as Digest; // its form was just checked
    return {
      encode: (value) => hexToBytes(value, HASH_BYTES),
      decode: digestFromBytes,
      toJson: check,
      fromJson: check,
      compare: compareScalars,
    };
  },
  schema: () => ({ type: "string", pattern: "^[0-9a-f]{64}$" }),
  columns: () => [{ suffix: "", type: "text" }],
};

/** A digest of its 32 bytes. */
export function digestFromBytes(value: unknown): Digest {
  return hexFromBytes(value, HASH_BYTES) as Digest; // its length was just checked
}
