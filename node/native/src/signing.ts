import sodium from "sodium-native";

/** Signs with one Ed25519 key whose expanded form is kept, so that each signature costs one pass only. */
export type Ed25519Signer = {
  /** The 32 bytes of the public key. */
  readonly publicKey: Uint8Array;
  /** The 64-byte signature of RFC 8032 over the message; always the same bytes for the same message. */
  sign(message: Uint8Array): Uint8Array;
};

/** A signer for the 32-byte secret key (the seed of RFC 8032). Throws a RangeError at another length. */
export function ed25519Signer(secret: Uint8Array): Ed25519Signer {
  if (secret.length !== 32) throw new RangeError(`An Ed25519 secret key has 32 bytes; this one has ${secret.length}.`);
  const publicKey = new Uint8Array(32);
  const expanded = new Uint8Array(64);
  sodium.crypto_sign_seed_keypair(publicKey, expanded, secret);
  return {
    publicKey,
    sign(message) {
      const signature = new Uint8Array(64);
      sodium.crypto_sign_detached(signature, message, expanded);
      return signature;
    },
  };
}

/** The 64-byte Ed25519 signature of `message` by the 32-byte secret key; for many signatures keep an `ed25519Signer`. */
export function signEd25519(secret: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519Signer(secret).sign(message);
}
