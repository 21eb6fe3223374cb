import { ALGORITHM, isStrictEd25519Form, type SignatureCheck, verifySignature } from "@acta/crypto";

/** Answers every check, in order: Ed25519 by the browser where it can, everything else by our own code. */
export async function verifySignatures(checks: readonly SignatureCheck[]): Promise<boolean[]> {
  const results: boolean[] = [];
  for (const check of checks) results.push(await verifyOne(check));
  return results;
}

/**
 * The browser compares bytes, as the strict rule asks, but does not ask for canonical points: that is checked before.
 * What it refuses as a vote may still be right by ZIP-215, so that our own code has the last word there.
 */
async function verifyOne(check: SignatureCheck): Promise<boolean> {
  if (check.algorithm !== ALGORITHM.ed25519) return verifySignature(check);
  if (check.rule === "signature" && !isStrictEd25519Form(check.publicKey, check.signature)) return false;
  const answer = await askBrowser(check);
  if (answer === true) return true;
  return answer === false && check.rule === "signature" ? false : verifySignature(check);
}

// Undefined: this browser has no Ed25519, or does not take the key.
async function askBrowser({ publicKey, message, signature }: SignatureCheck): Promise<boolean | undefined> {
  try {
    const key = await crypto.subtle.importKey("raw", copy(publicKey), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, copy(signature), copy(message));
  } catch {
    return undefined;
  }
}

// WebCrypto's types ask for bytes that are surely not shared.
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
