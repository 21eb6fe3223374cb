import { ALGORITHM, keyId, partyOf } from "@acta/crypto";
import { stranger } from "@acta/protocol";
import { type ActingKey, actingKey, keyFromSecret, type RandomBytes } from "@acta/sdk";
import type { Memory, StoredKey } from "./memory.ts";

/** The key of this browser, and whether the browser guards it or only keeps its bytes. */
export type DeviceKey = { readonly kind: StoredKey["kind"]; readonly acting: ActingKey };

/** The key that this browser has, or a new one, kept before it is used. */
export async function deviceKey(memory: Memory, random: RandomBytes): Promise<DeviceKey> {
  const known = await memory.key();
  if (known !== undefined) return deviceKeyOf(known);
  return (await guarded(memory)) ?? kept(memory, random);
}

/** The key that this browser has already; undefined before the first signature. */
export async function knownKey(memory: Memory): Promise<DeviceKey | undefined> {
  const known = await memory.key();
  return known === undefined ? undefined : deviceKeyOf(known);
}

// Undefined where the browser has no Ed25519, or cannot keep such a key: then ours is used.
async function guarded(memory: Memory): Promise<DeviceKey | undefined> {
  try {
    const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    // Of this algorithm the answer is always a pair.
    const { privateKey, publicKey } = pair as CryptoKeyPair;
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
    const key: StoredKey = { kind: "guarded", privateKey, publicKey: raw };
    await memory.keepKey(key);
    return deviceKeyOf(key);
  } catch {
    return undefined;
  }
}

async function kept(memory: Memory, random: RandomBytes): Promise<DeviceKey> {
  const { secret, publicKey } = keyFromSecret("ed25519", random(32));
  const key: StoredKey = { kind: "kept", secret, publicKey };
  await memory.keepKey(key);
  return deviceKeyOf(key);
}

function deviceKeyOf(key: StoredKey): DeviceKey {
  if (key.kind === "kept") return { kind: "kept", acting: actingKey({ suite: "ed25519", ...key }) };
  const { privateKey, publicKey } = key;
  const id = keyId(ALGORITHM.ed25519, publicKey);
  const acting: ActingKey = {
    signer: stranger(ALGORITHM.ed25519, publicKey),
    party: partyOf(id),
    algorithm: ALGORITHM.ed25519,
    keyId: id,
    sign: async (message) =>
      // A copy: WebCrypto's types ask for bytes that are surely not shared.
      new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, new Uint8Array(message))),
  };
  return { kind: "guarded", acting };
}
