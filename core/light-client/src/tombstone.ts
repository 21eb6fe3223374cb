import { concatBytes, equalBytes, utf8Encode } from "@acta/bytes";
import { ALGORITHM, sha256 } from "@acta/crypto";
import type { Validator } from "./validator-set.ts";

/**
 * The validator that ends a chain: a key that nobody holds, SHA-256("acta/closed/" ‖ chain id), with power 1.
 *
 * A chain whose header announces the set of this one validator is closed: nobody can sign the block after. PROTOCOL 19b.
 */
export function tombstoneValidator(chainId: string): Validator {
  const publicKey = sha256(concatBytes(utf8Encode("acta/closed/"), utf8Encode(chainId)));
  return { algorithm: ALGORITHM.ed25519, publicKey, power: 1 };
}

/** Whether the validator carries the tombstone's key of that chain. */
export function isTombstone(validator: Validator, chainId: string): boolean {
  return equalBytes(validator.publicKey, tombstoneValidator(chainId).publicKey);
}
