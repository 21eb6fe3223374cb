import { CryptoError } from "./errors.ts";
import { sha256Joined } from "./sha256.ts";

/**
 * tagged(T, x) = H(ASCII of T || 00 || x), FORMATS 1. Several parts are joined: then all of them must be of fixed size,
 * or two different lists could give one hash. Throws CryptoError "not-ascii" on a tag that is not printable ASCII.
 */
export function tagged(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  return sha256Joined(prefixes.get(tag) ?? rememberPrefix(tag), ...parts);
}

// Tags are few and written in code, so this never grows with what comes from outside.
const prefixes = new Map<string, Uint8Array>();

function rememberPrefix(tag: string): Uint8Array {
  if (!/^[!-~]+$/.test(tag)) throw new CryptoError("not-ascii", `The tag "${tag}" is not printable ASCII.`);
  const prefix = new Uint8Array(tag.length + 1); // the last byte stays 00
  for (let i = 0; i < tag.length; i++) prefix[i] = tag.charCodeAt(i);
  prefixes.set(tag, prefix);
  return prefix;
}
