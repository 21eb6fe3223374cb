import { byteText, type CborMap, decode, toHex } from "@acta/bytes";
import type { Algorithm } from "@acta/crypto";
import { recordKey, type StateKey } from "./state-key.ts";
import type { StateView } from "./state-layer.ts";

/** A registered party as the state keeps it. */
export type RegisteredParty = {
  /** The institution it acts for, which is itself where it is one; undefined for a person who acts for nobody. */
  readonly institution: Uint8Array | undefined;
  /** Its keys by key id in hexadecimal. */
  readonly keys: ReadonlyMap<string, PartyKey>;
};

/** A key of a party. Only one that is in force signs. */
export type PartyKey = { readonly algorithm: Algorithm; readonly publicKey: Uint8Array; readonly isInForce: boolean };

/** Where the state keeps a party's record. The same few parties sign again and again: their keys are made once. */
export function partyKey(party: Uint8Array): StateKey {
  const name = byteText(party);
  const known = partyKeys.get(name);
  if (known !== undefined) return known;
  // It forgets all rather than one: whoever signs now is back at once.
  if (partyKeys.size >= PARTY_KEYS_AT_HAND) partyKeys.clear();
  const key = recordKey("institutions", "party", [party.slice()]);
  partyKeys.set(name, key);
  return key;
}

const PARTY_KEYS_AT_HAND = 10_000;
const partyKeys = new Map<string, StateKey>();

/** Where the state keeps the record that an institution, or a party on its own, holds a role. */
export const roleKey = (institution: Uint8Array, contract: string, role: string): StateKey =>
  recordKey("institutions", "role", [institution, contract, role]);

/** The parties a block meets, each decoded once for each value of its record. */
export class Parties {
  readonly #decoded = new Map<string, { readonly value: Uint8Array; readonly party: RegisteredParty }>();

  /** The party whose record stands under the key, as the view sees it; undefined where it is not registered. */
  find(view: StateView, key: StateKey): RegisteredParty | undefined {
    const value = view.get(key);
    if (value === undefined) return undefined;
    const known = this.#decoded.get(key.text);
    if (known?.value === value) return known.party;
    const party = decodeParty(value);
    this.#decoded.set(key.text, { value, party });
    return party;
  }
}

// The casts: the genesis and the contract `institutions` write these records, and check every field when they do.
function decodeParty(value: Uint8Array): RegisteredParty {
  const [, fields] = decode(value) as readonly [number, CborMap];
  const keys = (fields.get("keys") as readonly CborMap[]).map((key) => {
    const isInForce = key.get("state") === "in-force";
    const [algorithm, publicKey] = [key.get("algorithm") as Algorithm, key.get("key") as Uint8Array];
    return [toHex(key.get("keyId") as Uint8Array), { algorithm, publicKey, isInForce }] as const;
  });
  return { institution: fields.get("institution") as Uint8Array | undefined, keys: new Map(keys) };
}
