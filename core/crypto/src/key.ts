import { encode } from "@acta/bytes";
import type { Algorithm } from "./algorithm.ts";
import { tagged } from "./tagged.ts";

/** The 32-byte key id: tagged("acta/key/1", CBOR [algorithm, key bytes]) (FORMATS 2). */
export function keyId(algorithm: Algorithm, publicKey: Uint8Array): Uint8Array {
  return tagged("acta/key/1", encode([algorithm, publicKey]));
}

/** The 32-byte party that derives from its first key's id; it stays when keys change (FORMATS 2). */
export function partyOf(firstKeyId: Uint8Array): Uint8Array {
  return tagged("acta/party/1", firstKeyId);
}

/** What a key signs at its registration to prove that its holder has it (FORMATS 2): 32 bytes. */
export function keyProofMessage(ledgerId: Uint8Array, party: Uint8Array, id: Uint8Array): Uint8Array {
  return tagged("acta/key-proof/1", encode([ledgerId, party, id]));
}
