import {
  assembleTransaction,
  buildPayload,
  type Call,
  identityOf,
  type Mode,
  signatureOf,
  signingBytes,
} from "@acta/protocol";
import type { ActingKey } from "./acting-key.ts";

/** Random bytes of a given length, from a source fit for keys. */
export type RandomBytes = (length: number) => Uint8Array;

/** What a transaction is composed of. Expiry is in seconds, reckoned from the node's `nowSeconds`. */
export type Composition = {
  readonly ledgerId: Uint8Array;
  readonly expiry: number;
  readonly mode: Mode;
  readonly calls: readonly Omit<Call, "blind">[];
  readonly signers: readonly ActingKey[];
  /** 16 random bytes, where something in a call was attested for just this transaction; otherwise drawn. */
  readonly nonce?: Uint8Array;
};

/** A signed transaction, ready to be sent as often as needed: the bytes never change. */
export type Composed = {
  readonly bytes: Uint8Array;
  readonly identity: Uint8Array;
  readonly payloadBytes: Uint8Array;
  readonly callBytes: readonly Uint8Array[];
};

/** Blinds the calls, draws the nonce where none is given, and has every signer sign, in order. */
export async function compose(composition: Composition, random: RandomBytes): Promise<Composed> {
  const { calls, signers, ...rest } = composition;
  const alone = calls.length === 1;
  const { payloadBytes, callBytes } = buildPayload({
    nonce: random(16),
    ...rest,
    signers: signers.map(({ signer }) => signer),
    calls: calls.map((call) => ({ ...call, blind: alone ? new Uint8Array(0) : random(16) })),
  });
  const signatures = [];
  for (const { algorithm, keyId, sign } of signers) {
    signatures.push(signatureOf(algorithm, keyId, await sign(signingBytes(algorithm, keyId, payloadBytes))));
  }
  const bytes = assembleTransaction(payloadBytes, signatures, callBytes);
  return { bytes, identity: identityOf(payloadBytes), payloadBytes, callBytes };
}
