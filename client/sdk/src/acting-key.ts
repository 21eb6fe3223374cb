import { type Algorithm, keyId } from "@acta/crypto";
import { type Signer, stranger } from "@acta/protocol";
import { algorithmOf, type KeyFile, ownParty, signWith } from "./key-file.ts";

/** One who signs: how the payload names the signer, and the power to sign. A key in hardware gives the same. */
export type ActingKey = {
  readonly signer: Signer;
  readonly party: Uint8Array;
  readonly algorithm: Algorithm;
  readonly keyId: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
};

/**
 * The signer that a key file describes, with all the roles it names; `roles` narrows them.
 *
 * Only listed powers count, so an act lists what it needs and nothing more.
 */
export function actingKey(key: KeyFile, roles = key.roles): ActingKey {
  const algorithm = algorithmOf(key);
  const id = keyId(algorithm, key.publicKey);
  return {
    signer: key.party === undefined ? stranger(algorithm, key.publicKey) : registered(key.party, roles),
    party: key.party ?? ownParty(key),
    algorithm,
    keyId: id,
    sign: (message) => signWith(key, message),
  };
}

function registered(party: Uint8Array, roles: KeyFile["roles"]): Signer {
  const listed = roles ?? [];
  return { kind: "registered", party, ...(listed.length === 0 ? {} : { roles: listed }) };
}
