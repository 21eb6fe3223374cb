import type { Field, Presentation } from "../field.ts";
import { partyFromUri, partyToUri } from "../party-uri.ts";
import type { Party } from "../values.ts";
import { HASH_BYTES } from "./digest.ts";
import { hexFromBytes, hexOf, hexToBytes } from "./hex.ts";
import { compareScalars, type Kind } from "./kind.ts";

/** An institution or person by its identifier. */
export type PartyField = Field<Party> & { readonly kind: "party" };

/** What may be said about a {@link PartyField} beside its title. */
export type PartyOptions = Presentation;

/** The forms of a {@link PartyField}. */
export const party: Kind<PartyField, Party> = {
  codec: () => ({
    encode: partyToBytes,
    decode: partyFromBytes,
    toJson: (value) => partyToUri(asParty(value)),
    fromJson: partyFromUri,
    compare: compareScalars,
  }),
  schema: () => ({ type: "string", pattern: "^acta:party:[02-9ac-hj-np-z]{58}$" }),
  columns: () => [{ suffix: "", type: "text" }],
};

/** The party of its 32 bytes. */
export function partyFromBytes(value: unknown): Party {
  return hexFromBytes(value, HASH_BYTES) as Party; // its length was just checked
}

/** The 32 bytes of a party. */
export function partyToBytes(value: Party): Uint8Array {
  return hexToBytes(value, HASH_BYTES);
}

/** Refuses what is not 64 lower-case hex digits. */
export function asParty(value: unknown): Party {
  return hexOf(value, HASH_BYTES) as Party; // its form was just checked
}
