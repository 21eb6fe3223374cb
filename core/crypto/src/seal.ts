import { type CborValue, encode } from "@acta/bytes";
import { assertLength } from "./errors.ts";
import { tagged } from "./tagged.ts";

/** A value and the place in the ledger that its commitment is bound to (FORMATS 6). */
export type Seal = {
  readonly ledgerId: Uint8Array;
  readonly contract: string;
  readonly record: string;
  readonly key: readonly CborValue[];
  readonly field: readonly (string | number)[];
  /** The transaction's first signer. */
  readonly party: Uint8Array;
  /** 32 random bytes, fresh for every write: hiding rests on them alone. */
  readonly salt: Uint8Array;
  readonly value: CborValue;
};

/** The 32-byte commitment that stands in public for a sealed value. Throws CryptoError "wrong-length". */
export function sealCommitment(seal: Seal): Uint8Array {
  assertLength("A ledger id", seal.ledgerId, 32);
  assertLength("A party", seal.party, 32);
  assertLength("A salt", seal.salt, 32);
  const { ledgerId, contract, record, key, field, party, salt, value } = seal;
  return tagged("acta/seal/1", encode([ledgerId, contract, record, key, field, party, salt, value]));
}
