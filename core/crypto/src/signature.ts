import { ALGORITHM, type Algorithm, isAlgorithm, isPublicKeyForm, isSignatureForm } from "./algorithm.ts";
import { verifyStrict, verifyZip215 } from "./ed25519.ts";
import { verifyEsp256 } from "./esp256.ts";
import { verifyMlDsa65 } from "./ml-dsa-65.ts";

/**
 * Which rule a signature is held to: "signature" everywhere, "vote" for votes of validators, where Ed25519 follows
 * ZIP-215, ML-DSA-65 is the same, and ESP256 has no place (FORMATS 2).
 */
export type SignatureRule = "signature" | "vote";

/** One signature to be verified, and everything it depends on. */
export type SignatureCheck = {
  readonly rule: SignatureRule;
  readonly algorithm: Algorithm;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

/** Whether the signature is right. Never throws: what has not even the form is not right. */
export function verifySignature(check: SignatureCheck): boolean {
  if (!isAlgorithm(check.algorithm)) return false;
  if (!isPublicKeyForm(check.algorithm, check.publicKey)) return false;
  if (!isSignatureForm(check.algorithm, check.signature)) return false;
  try {
    return verifyForm(check);
  } catch {
    // noble throws where bytes are no point of the curve.
    return false;
  }
}

function verifyForm({ rule, algorithm, publicKey, message, signature }: SignatureCheck): boolean {
  switch (algorithm) {
    case ALGORITHM.ed25519:
      return (rule === "vote" ? verifyZip215 : verifyStrict)(publicKey, message, signature);
    case ALGORITHM.esp256:
      return rule === "signature" && verifyEsp256(publicKey, message, signature);
    case ALGORITHM.mlDsa65:
      return verifyMlDsa65(publicKey, message, signature);
  }
}
