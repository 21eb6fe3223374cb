import { type CborTransaction, type CborValue, decodeTransaction, Envelope98, encode, equalBytes } from "@acta/bytes";
import { type Algorithm, type SignatureCheck, tagged } from "@acta/crypto";
import { leafHash, listRootOfHashes } from "@acta/merkle";
import { type Call, callFromCbor } from "./call.ts";
import { ProtocolError, type ProtocolErrorCode } from "./errors.ts";
import { elementsAt, headEnd, itemEnd } from "./extent.ts";
import { decodeCanonical, formOf, refusingAsMalformed } from "./form.ts";
import { identityOf, type Payload, parsePayload } from "./payload.ts";
import { assertSignaturesFit, type Signature, signatureFromCbor, signatureToCbor, sigStructure } from "./signature.ts";

/** A transaction whose form is right. Whether its signatures verify and who may do what is decided elsewhere. */
export type Transaction = {
  readonly bytes: Uint8Array;
  readonly payloadBytes: Uint8Array;
  readonly payload: Payload;
  readonly identity: Uint8Array;
  /** One for each signer, in the payload's order. */
  readonly signatures: readonly Signature[];
  readonly signaturesHash: Uint8Array;
  readonly calls: readonly Call[];
  readonly callBytes: readonly Uint8Array[];
  /** H(00 ‖ call) of each call, as outcomes name it. */
  readonly callHashes: readonly Uint8Array[];
};

/** What a ledger takes. Where `ledgerId` is given, a payload for another ledger is refused. */
export type TransactionLimits = {
  readonly maxBytes: number;
  readonly maxCalls: number;
  readonly ledgerId?: Uint8Array;
};

const form = formOf("malformed-transaction");

/** Reads a transaction and holds it to every rule of form of FORMATS §3; throws {@link ProtocolError}. */
export function parseTransaction(bytes: Uint8Array, limits: TransactionLimits): Transaction {
  if (bytes.length > limits.maxBytes) throw new ProtocolError("too-large", `${bytes.length} bytes`);
  const decoded = refusingAsMalformed("transaction", () => decodeTransaction(bytes));
  const [envelope, callValues] = twoParts(decoded);
  const [payloadBytes, signatureValues] = openEnvelope(envelope);
  const payload = parsePayload(payloadBytes);
  if (limits.ledgerId !== undefined && !equalBytes(limits.ledgerId, payload.ledgerId))
    throw new ProtocolError("wrong-ledger");
  assertCallCount(callValues.length, payload.count, limits.maxCalls);
  const signatures = signatureValues.map(signatureFromCbor);
  assertSignaturesFit(signatures, payload.signers);
  const calls = callValues.map((call) => callFromCbor(call, payload.count));
  const { callBytes, signatureListBytes } = slicesOf(bytes);
  const callHashes = callBytes.map(leafHash);
  if (!equalBytes(listRootOfHashes(callHashes), payload.callsRoot)) throw new ProtocolError("wrong-calls-root");
  const identity = identityOf(payloadBytes);
  const signaturesHash = tagged("acta/signatures/1", signatureListBytes);
  return { bytes, payloadBytes, payload, identity, signatures, signaturesHash, calls, callBytes, callHashes };
}

/** Puts a payload, its signatures (one for each signer, in order) and its calls together. */
export function assembleTransaction(
  payloadBytes: Uint8Array,
  signatures: readonly Signature[],
  callBytes: readonly Uint8Array[],
): Uint8Array {
  const calls = callBytes.map((bytes) => decodeCanonical(bytes, "call"));
  const envelope = new Envelope98([new Uint8Array(), new Map(), payloadBytes, signatures.map(signatureToCbor)]);
  return encode([envelope, calls]);
}

/** A public key as the state keeps it. */
export type RegisteredKey = { readonly algorithm: Algorithm; readonly publicKey: Uint8Array };

/**
 * The signatures to verify, in order, by the keys of the state before the block; or the code of what makes the
 * transaction inadmissible before any is verified.
 *
 * `keyOf` finds a key in force of a party. A stranger brings its own key; but where `isRegistered` knows its party, that
 * key must be in force there (FORMATS §3).
 */
export function signatureChecks(
  transaction: Transaction,
  keyOf: (party: Uint8Array, keyId: Uint8Array) => RegisteredKey | undefined,
  isRegistered: (party: Uint8Array) => boolean = () => false,
): SignatureCheck[] | ProtocolErrorCode {
  const checks: SignatureCheck[] = [];
  for (const [index, signer] of transaction.payload.signers.entries()) {
    // assertSignaturesFit: there is one for each signer.
    const signature = transaction.signatures[index] as Signature;
    const known = signer.kind === "registered" || isRegistered(signer.party);
    const key = known ? keyOf(signer.party, signature.keyId) : (signer as RegisteredKey);
    if (key === undefined) return signer.kind === "registered" ? "unknown-key" : "key-not-in-force";
    if (key.algorithm !== signature.algorithm) return "wrong-algorithm";
    checks.push(signatureCheck(signature, key.publicKey, transaction.payloadBytes));
  }
  return checks;
}

/** The check of one signature over a payload. */
export function signatureCheck(signature: Signature, publicKey: Uint8Array, payloadBytes: Uint8Array): SignatureCheck {
  const message = sigStructure(signature.protectedBytes, payloadBytes);
  return { rule: "signature", algorithm: signature.algorithm, publicKey, message, signature: signature.bytes };
}

function twoParts(decoded: CborTransaction): [Envelope98, readonly CborValue[]] {
  const [envelope, calls] = decoded;
  if (decoded.length !== 2) return form.fail("it must have an envelope and calls");
  return [envelope, form.list(calls, "calls", 1)];
}

function openEnvelope(envelope: Envelope98): [payload: Uint8Array, signatures: readonly CborValue[]] {
  const [header, unprotected, payload, signatures] = form.tuple(envelope.value, "envelope", 4);
  form.bytes(header, "protected header of the envelope", 0);
  if (form.map(unprotected, "unprotected header of the envelope").size !== 0) form.fail("headers must be empty");
  return [form.bytes(payload, "payload"), form.list(signatures, "signatures")];
}

function assertCallCount(actual: number, signed: number, most: number): void {
  if (actual > most) throw new ProtocolError("too-many-calls", `${actual} calls`);
  if (actual !== signed) throw new ProtocolError("wrong-call-count", `${actual} instead of ${signed}`);
}

/** The encodings that are hashed, as slices of the transaction: [98([protected, unprotected, payload, signatures]), calls]. */
function slicesOf(bytes: Uint8Array): { callBytes: Uint8Array[]; signatureListBytes: Uint8Array } {
  const envelope = headEnd(bytes, 0);
  const envelopeEnd = itemEnd(bytes, envelope);
  const signatureListBytes = elementsAt(bytes, headEnd(bytes, envelope))[3] as Uint8Array; // openEnvelope: four elements
  return { callBytes: elementsAt(bytes, envelopeEnd), signatureListBytes };
}
