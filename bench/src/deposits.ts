import { randomFillSync } from "node:crypto";
import { type CborMap, map } from "@acta/bytes";
import { ALGORITHM } from "@acta/crypto";
import { type Ed25519Signer, ed25519Signer } from "@acta/native";
import { assembleTransaction, buildPayload, type Call, signatureOf, signingBytes } from "@acta/protocol";

/** Who deposits, where, and until when the transactions are valid (seconds since 1970). Plain data: it goes to workers. */
export type Depositor = {
  readonly ledgerId: Uint8Array;
  readonly expiry: number;
  readonly secret: Uint8Array;
  readonly party: Uint8Array;
  readonly keyId: Uint8Array;
};

/**
 * Makes signed transactions of `evidence.deposit`, each with `per` calls.
 *
 * Numbers and commitments are random bytes: of a sealed file the ledger never sees more than that.
 */
export function depositMaker(depositor: Depositor, per: number): () => Uint8Array {
  const signer = ed25519Signer(depositor.secret);
  return () => deposit(depositor, signer, per);
}

/** The input of `evidence.deposit`, as its contract's shape would encode it. */
export function depositInput(number: Uint8Array, commitment: Uint8Array): CborMap {
  return map([
    ["deposit", number],
    ["file", ["deposit", [number], ["file"], commitment]],
  ]);
}

function deposit({ ledgerId, expiry, party, keyId }: Depositor, signer: Ed25519Signer, per: number): Uint8Array {
  const calls = Array.from({ length: per }, () => depositCall(per > 1));
  const { payloadBytes, callBytes } = buildPayload({
    ledgerId,
    expiry,
    nonce: random(16),
    signers: [{ kind: "registered", party }],
    mode: "each",
    calls,
  });
  const signature = signer.sign(signingBytes(ALGORITHM.ed25519, keyId, payloadBytes));
  return assembleTransaction(payloadBytes, [signatureOf(ALGORITHM.ed25519, keyId, signature)], callBytes);
}

function depositCall(isBlinded: boolean): Call {
  const input = depositInput(random(16), random(32));
  const blind = isBlinded ? random(16) : new Uint8Array(0);
  return { contract: "evidence", version: 1, action: "deposit", input, expects: [], blind };
}

const pool = new Uint8Array(65_536);
let used = pool.length;

// One large draw serves a thousand small ones, each of which would cost as much.
function random(length: number): Uint8Array {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += length;
  return pool.slice(used - length, used);
}
