import { concatBytes, toHex } from "@acta/bytes";
import { type SignatureCheck, sha256 } from "@acta/crypto";

/** Remembers verdicts of signatures, so that each is verified once. */
export type VerdictCache = {
  readonly find: (check: SignatureCheck) => boolean | undefined;
  readonly remember: (check: SignatureCheck, verdict: boolean) => void;
};

/**
 * A cache of at least `capacity` and at most twice as many verdicts; the oldest half goes when the newer half is full.
 *
 * Its key is the SHA-256 of the signed structure, the key and the signature: never the identity of the transaction,
 * because the same payload may arrive again with other signature bytes.
 */
export function createVerdictCache(capacity: number): VerdictCache {
  let newer = new Map<string, boolean>();
  let older = new Map<string, boolean>();
  return {
    find(check) {
      const key = keyOf(check);
      return newer.get(key) ?? older.get(key);
    },
    remember(check, verdict) {
      newer.set(keyOf(check), verdict);
      if (newer.size < capacity) return;
      older = newer;
      newer = new Map();
    },
  };
}

function keyOf({ rule, algorithm, publicKey, message, signature }: SignatureCheck): string {
  const lengths = new TextEncoder().encode(`${rule}/${algorithm}/${publicKey.length}/${signature.length}/`);
  return toHex(sha256(concatBytes(lengths, publicKey, signature, message)));
}
