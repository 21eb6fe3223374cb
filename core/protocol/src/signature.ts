import { type CborValue, encode, equalBytes, map, utf8Encode } from "@acta/bytes";
import { type Algorithm, isAlgorithm, isSignatureForm, keyId, tagged } from "@acta/crypto";
import { ProtocolError } from "./errors.ts";
import { decodeCanonical, formOf } from "./form.ts";
import type { Signer } from "./signer.ts";

/** One COSE signature of an envelope. FORMATS §3; RFC 9052, 4.1. */
export type Signature = {
  /** The protected header as it was signed: canonical CBOR {1: algorithm, 4: key id}. */
  readonly protectedBytes: Uint8Array;
  readonly algorithm: Algorithm;
  readonly keyId: Uint8Array;
  readonly bytes: Uint8Array;
};

const EXTERNAL = utf8Encode("acta/tx/1");
const EMPTY = new Uint8Array();

/** What a signer signs: the Sig_structure of RFC 9052, 4.4, over this payload. */
export function signingBytes(algorithm: Algorithm, id: Uint8Array, payloadBytes: Uint8Array): Uint8Array {
  return sigStructure(encodeProtected(algorithm, id), payloadBytes);
}

/** The signed structure for a protected header that stands already encoded. */
export function sigStructure(protectedBytes: Uint8Array, payloadBytes: Uint8Array): Uint8Array {
  return encode(["Signature", EMPTY, protectedBytes, EXTERNAL, payloadBytes]);
}

/** A signature with its protected header. */
export function signatureOf(algorithm: Algorithm, id: Uint8Array, bytes: Uint8Array): Signature {
  return {
    protectedBytes: encodeProtected(algorithm, id),
    algorithm,
    keyId: id,
    bytes,
  };
}

/** A signature as it stands in an envelope or a receipt. */
export function signatureToCbor(signature: Signature): CborValue {
  return [signature.protectedBytes, new Map(), signature.bytes];
}

/** The hash that an outcome's data names: of the very signatures that were executed. FORMATS §4. */
export function signaturesHashOf(signatures: readonly Signature[]): Uint8Array {
  return tagged("acta/signatures/1", encode(signatures.map(signatureToCbor)));
}

const form = formOf("malformed-signature");

/** Reads a signature; throws {@link ProtocolError}. */
export function signatureFromCbor(value: CborValue): Signature {
  const [header, unprotected, bytes] = form.tuple(value, "signature", 3);
  const protectedBytes = form.bytes(header, "protected header");
  if (form.map(unprotected, "unprotected header").size !== 0) form.fail("unprotected header must be empty");
  const fields = form.fields(decodeCanonical(protectedBytes, "protected header"), "protected header", [1, 4]);
  const algorithm = fields.get(1);
  if (typeof algorithm !== "number" || !isAlgorithm(algorithm))
    throw new ProtocolError("unknown-algorithm", `algorithm ${String(algorithm)}`);
  const signature = form.bytes(bytes, "signature bytes");
  if (!isSignatureForm(algorithm, signature)) form.fail(`${signature.length} bytes`);
  return { protectedBytes, algorithm, keyId: form.hash(fields.get(4), "key id"), bytes: signature };
}

/**
 * Checks that the signatures are one for each signer, in order, by distinct keys; a stranger's is by the key it carries.
 * Which keys a registered party has, the payload does not say. Throws {@link ProtocolError}.
 */
export function assertSignaturesFit(
  signatures: readonly Pick<Signature, "algorithm" | "keyId">[],
  signers: readonly Signer[],
): void {
  if (signatures.length !== signers.length)
    throw new ProtocolError("wrong-signature-count", `${signatures.length} for ${signers.length} signers`);
  signatures.forEach((signature, index) => {
    const signer = signers[index];
    if (signer?.kind === "stranger" && !isOfStranger(signature, signer))
      throw new ProtocolError("wrong-signer-order", `signature ${index}`);
    for (const other of signatures.slice(0, index))
      if (equalBytes(other.keyId, signature.keyId)) throw new ProtocolError("duplicate-key", `signature ${index}`);
  });
}

function isOfStranger(
  signature: Pick<Signature, "algorithm" | "keyId">,
  signer: Signer & { kind: "stranger" },
): boolean {
  if (signature.algorithm !== signer.algorithm) return false;
  return equalBytes(signature.keyId, keyId(signer.algorithm, signer.publicKey));
}

function encodeProtected(algorithm: Algorithm, id: Uint8Array): Uint8Array {
  return encode(
    map([
      [1, algorithm],
      [4, id],
    ]),
  );
}
