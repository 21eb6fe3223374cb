import { type CborValue, encode } from "@acta/bytes";
import { decodeTreeProof, encodeTreeProof, MerkleError, type TreeProof } from "@acta/merkle";
import { ProtocolError } from "./errors.ts";
import { formOf } from "./form.ts";
import { type Trusted, trustedOrHeightFromCbor, trustedOrHeightToCbor } from "./trusted.ts";

/** A proof of records, present or absent, at a height. FORMATS §7. */
export type StateProof = {
  readonly tree: TreeProof;
  /** The history log's root at that height. */
  readonly logRoot: Uint8Array;
  /** Begins with the header after that height, or names a height of the trust file. */
  readonly trusted: Trusted | number;
};

export const STATE = "acta/state/1";

/** Builds the proof of what a tree proof shows. */
export function buildStateProof(proof: StateProof): Uint8Array {
  return encode(stateProofToCbor(proof));
}

/** The proof as it stands in a file. */
export function stateProofToCbor({ tree, logRoot, trusted }: StateProof): CborValue {
  return [STATE, encodeTreeProof(tree), logRoot, trustedOrHeightToCbor(trusted)];
}

const form = formOf("malformed-proof");

/** Reads the proof; throws {@link ProtocolError}. */
export function stateProofFromCbor(value: CborValue | undefined): StateProof {
  const [tag, tree, logRoot, trusted] = form.tuple(value, "state proof", 4);
  if (tag !== STATE) throw new ProtocolError("unknown-version", "state proof");
  return {
    tree: readTree(tree),
    logRoot: form.hash(logRoot, "log root"),
    trusted: trustedOrHeightFromCbor(trusted),
  };
}

function readTree(value: CborValue | undefined): TreeProof {
  try {
    return decodeTreeProof(value ?? null);
  } catch (cause) {
    if (cause instanceof MerkleError) throw new ProtocolError("malformed-proof", cause.message, { cause });
    throw cause;
  }
}
