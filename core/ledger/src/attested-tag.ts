import { fromHex } from "@acta/bytes";
import { type SecretOnce, TAGS } from "@acta/contract";
import { type TagStatement, tagMessage, verifySignature } from "@acta/crypto";
import type { Refusal } from "@acta/protocol";
import type { Act, Occasion } from "./execute-action.ts";
import { partyKey, roleKey } from "./parties.ts";
import { ledgerRefusal } from "./refusal.ts";

/** A tag as a call carries it: made and signed by a tag office (docs/spec, 7.4). Hashes and parties in hexadecimal. */
export type AttestedTag = {
  readonly tag: string;
  readonly office: string;
  readonly key: string;
  readonly signature: Uint8Array;
};

/** The tag that a key of uniqueness is made of, or why it does not count. */
export type TagReading = { readonly tag: Uint8Array } | { readonly refusal: Refusal };

/** What of an act the tag must be vouched for. */
export type Tagged = Pick<TagStatement, "contract" | "scope" | "within" | "commitments">;

/**
 * The tag that a call carries for a declaration over sealed values, the `index`th of its action, once it is vouched
 * for: by a key in force of a party whose institution, or which itself, holds the declaration's role, over just these
 * commitments in this transaction. What the ledger does by itself has no transaction, so nobody vouches there. In a dry
 * run, which has none yet, everything but the signature is looked at.
 */
export function readAttestedTag(
  occasion: Occasion,
  { input }: Act,
  { scope, office }: SecretOnce,
  index: number,
  tagged: Tagged,
): TagReading {
  const given = (input[TAGS] as readonly AttestedTag[] | undefined)?.[index]; // as the language added the input
  if (given === undefined) return { refusal: ledgerRefusal("tag-missing", { scope, office }) };
  const tag = fromHex(given.tag);
  return isVouchedFor(occasion, given, office, { ...tagged, tag })
    ? { tag }
    : { refusal: ledgerRefusal("tag-not-attested", { scope, office }) };
}

function isVouchedFor(
  { draft, layer, signing, due }: Occasion,
  { office: named, key, signature }: AttestedTag,
  role: string,
  statement: Omit<TagStatement, "ledgerId" | "nonce">,
): boolean {
  if (due !== undefined) return false;
  const party = fromHex(named);
  const office = draft.parties.find(layer, partyKey(party));
  const signer = office?.keys.get(key);
  if (office === undefined || signer?.isInForce !== true) return false;
  if (layer.get(roleKey(office.institution ?? party, statement.contract, role)) === undefined) return false;
  if (signing.nonce === undefined) return true;
  const { ledgerId, verify = verifySignature } = draft.environment;
  const message = tagMessage({ ...statement, ledgerId, nonce: signing.nonce });
  const { algorithm, publicKey } = signer;
  return verify({ rule: "signature", algorithm, publicKey, message, signature });
}
