import { type CborValue, encode } from "@acta/bytes";
import { type Acted, actedFromCbor, actedToCbor } from "./acted.ts";
import { ProtocolError } from "./errors.ts";
import { decodeCanonical } from "./form.ts";
import { type Receipt, receiptFromCbor, receiptToCbor } from "./receipt.ts";
import { type Slip, slipFromCbor, slipToCbor } from "./slip.ts";
import { type StateProof, stateProofFromCbor, stateProofToCbor } from "./state-proof.ts";
import { type Renewal, renewed } from "./trusted.ts";
import type { ProofKind } from "./verdict.ts";

/** Any proof, read. */
export type Proof =
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "acted"; readonly acted: Acted }
  | { readonly kind: "state"; readonly state: StateProof }
  | { readonly kind: "slip"; readonly slip: Slip };

const TAG = /^acta\/(receipt|acted|state|slip)\/[0-9]+$/;

/** Which proof the decoded bytes call themselves, of whatever version; undefined where they are none. */
export function proofKindOf(value: CborValue): ProofKind | undefined {
  const tag = Array.isArray(value) ? value[0] : undefined;
  // The expression has one group, and it is one of the kinds.
  return typeof tag === "string" ? (TAG.exec(tag)?.[1] as ProofKind | undefined) : undefined;
}

/** Reads a proof of any kind; throws {@link ProtocolError}. */
export function parseProof(bytes: Uint8Array): Proof {
  return proofFromCbor(decodeCanonical(bytes, "proof"));
}

/** Reads a decoded proof of any kind; throws {@link ProtocolError}. */
export function proofFromCbor(value: CborValue): Proof {
  const kind = proofKindOf(value);
  switch (kind) {
    case "receipt":
      return { kind, receipt: receiptFromCbor(value) };
    case "acted":
      return { kind, acted: actedFromCbor(value) };
    case "state":
      return { kind, state: stateProofFromCbor(value) };
    case "slip":
      return { kind, slip: slipFromCbor(value) };
    case undefined:
      throw new ProtocolError("malformed-proof", "neither receipt, slip, state proof nor proof of an act");
    default:
      return kind satisfies never;
  }
}

/** A proof's bytes. */
export function encodeProof(proof: Proof): Uint8Array {
  switch (proof.kind) {
    case "receipt":
      return encode(receiptToCbor(proof.receipt));
    case "acted":
      return encode(actedToCbor(proof.acted));
    case "state":
      return encode(stateProofToCbor(proof.state));
    case "slip":
      return encode(slipToCbor(proof.slip));
    default:
      return proof satisfies never;
  }
}

/**
 * The same proof, resting on something newer. Throws {@link ProtocolError} `cannot-build` where it rests on a height
 * without any header, or on too many links.
 */
export function renewProof(bytes: Uint8Array, renewal: Renewal): Uint8Array {
  const proof = parseProof(bytes);
  switch (proof.kind) {
    case "receipt":
      return encodeProof({ kind: "receipt", receipt: renewedReceipt(proof.receipt, renewal) });
    case "slip":
      return encodeProof({
        kind: "slip",
        slip: { ...proof.slip, receipt: renewedReceipt(proof.slip.receipt, renewal) },
      });
    case "state":
      return encodeProof({ kind: "state", state: renewedRest(proof.state, renewal) });
    case "acted":
      return encodeProof({ kind: "acted", acted: renewedRest(proof.acted, renewal) });
    default:
      return proof satisfies never;
  }
}

function renewedReceipt(receipt: Receipt, renewal: Renewal): Receipt {
  return { ...receipt, trusted: renewed(receipt.trusted, renewal) };
}

function renewedRest<T extends StateProof | Acted>(proof: T, renewal: Renewal): T {
  if (typeof proof.trusted === "number")
    throw new ProtocolError("cannot-build", "it rests on a height, not on a header");
  return { ...proof, trusted: renewed(proof.trusted, renewal) };
}
