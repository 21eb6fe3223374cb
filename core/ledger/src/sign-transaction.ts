import { ALGORITHM, type Algorithm, ed25519, esp256, keyId, mlDsa65, partyOf } from "@acta/crypto";
import {
  assembleTransaction,
  buildPayload,
  type Call,
  type ListedRole,
  type Mode,
  type Signer,
  signatureOf,
  signingBytes,
  stranger,
} from "@acta/protocol";

/** A key that signs, with what derives from it. The secret stays inside `sign`. */
export type SigningKey = {
  readonly algorithm: Algorithm;
  readonly publicKey: Uint8Array;
  readonly keyId: Uint8Array;
  /** The party of which this is the first key. */
  readonly party: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
};

/** One who signs: an entry of the payload, and the key that signs for it. */
export type SignerWithKey = { readonly signer: Signer; readonly key: SigningKey };

/** What a transaction is made of. */
export type TransactionDraft = {
  readonly ledgerId: Uint8Array;
  /** Seconds since 1970. */
  readonly expiry: number;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
  readonly mode?: Mode;
  readonly calls: readonly Call[];
  readonly signers: readonly SignerWithKey[];
};

/** The key of a secret: 32 bytes, for ML-DSA-65 its seed. */
export function signingKey(secret: Uint8Array, algorithm: Algorithm = ALGORITHM.ed25519): SigningKey {
  const suite = SUITES[algorithm];
  const publicKey = suite.publicKey(secret);
  const id = keyId(algorithm, publicKey);
  return { algorithm, publicKey, keyId: id, party: partyOf(id), sign: (message) => suite.sign(secret, message) };
}

/** Signs as a stranger, whose key comes with the transaction. */
export function asStranger(key: SigningKey): SignerWithKey {
  return { signer: stranger(key.algorithm, key.publicKey), key };
}

/** Signs for a registered party: by default the one that derives from the key. Only the powers listed here are used. */
export function asRegistered(
  key: SigningKey,
  powers: {
    readonly party?: Uint8Array;
    readonly institution?: Uint8Array;
    readonly roles?: readonly ListedRole[];
    readonly mandates?: readonly Uint8Array[];
  } = {},
): SignerWithKey {
  return { signer: { kind: "registered", party: key.party, ...powers }, key };
}

/** The bytes of a transaction, signed by each of its signers. */
export function signTransaction(draft: TransactionDraft): Uint8Array {
  const { ledgerId, expiry, nonce, calls } = draft;
  const signers = draft.signers.map(({ signer }) => signer);
  const payload = buildPayload({ ledgerId, expiry, nonce, calls, signers, mode: draft.mode ?? "each" });
  const signatures = draft.signers.map(({ key }) => {
    const message = signingBytes(key.algorithm, key.keyId, payload.payloadBytes);
    return signatureOf(key.algorithm, key.keyId, key.sign(message));
  });
  return assembleTransaction(payload.payloadBytes, signatures, payload.callBytes);
}

const SUITES = { [ALGORITHM.ed25519]: ed25519, [ALGORITHM.esp256]: esp256, [ALGORITHM.mlDsa65]: mlDsa65 };
