import { ALGORITHM, isStrictEd25519Form, type SignatureCheck, verifySignature } from "@acta/crypto";
import type { FileIdentity } from "@acta/merkle";
import { examineProof, type TrustFile, type Verdict } from "@acta/protocol";

/** The verdict on a proof. Signatures are verified by the browser where it can, by our own code elsewhere. */
export async function checkSlip(
  bytes: Uint8Array,
  trust: TrustFile | Uint8Array,
  now: number,
  file?: FileIdentity,
): Promise<Verdict> {
  const { checks, conclude } = examineProof(bytes, trust, { now, ...(file === undefined ? {} : { file }) });
  return conclude(await Promise.all(checks.map(isGenuine)));
}

/** Browsers differ about odd points and keys: only a yes to a form that leaves no doubt is taken from them. */
async function isGenuine(check: SignatureCheck): Promise<boolean> {
  const { algorithm, publicKey, message, signature } = check;
  if (algorithm !== ALGORITHM.ed25519 || !isStrictEd25519Form(publicKey, signature)) return verifySignature(check);
  try {
    const [rawKey, text, raw] = [publicKey, message, signature].map((each) => new Uint8Array(each));
    const key = await crypto.subtle.importKey("raw", rawKey as BufferSource, "Ed25519", false, ["verify"]);
    if (await crypto.subtle.verify("Ed25519", key, raw as BufferSource, text as BufferSource)) return true;
  } catch {
    // No WebCrypto here: the address is not a secure one, or the browser is older.
  }
  return verifySignature(check);
}
