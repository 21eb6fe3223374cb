/** The signature algorithms in use, by their COSE numbers (FORMATS 2). Others are reserved and not valid. */
export const ALGORITHM = { ed25519: -19, esp256: -9, mlDsa65: -49 } as const;

/** A COSE number of `ALGORITHM`. */
export type Algorithm = (typeof ALGORITHM)[keyof typeof ALGORITHM];

/** Whether the value is the number of an algorithm in use. */
export function isAlgorithm(value: unknown): value is Algorithm {
  return value === ALGORITHM.ed25519 || value === ALGORITHM.esp256 || value === ALGORITHM.mlDsa65;
}

/** Whether a public key has the algorithm's length; whether its point or polynomial is valid shows when verifying. */
export function isPublicKeyForm(algorithm: Algorithm, publicKey: Uint8Array): boolean {
  return publicKey.length === publicKeyBytes[algorithm];
}

/** Whether a signature has the algorithm's length. */
export function isSignatureForm(algorithm: Algorithm, signature: Uint8Array): boolean {
  return signature.length === signatureBytes[algorithm];
}

const publicKeyBytes = { [-19]: 32, [-9]: 33, [-49]: 1952 } as const satisfies Record<Algorithm, number>;
const signatureBytes = { [-19]: 64, [-9]: 64, [-49]: 3309 } as const satisfies Record<Algorithm, number>;
