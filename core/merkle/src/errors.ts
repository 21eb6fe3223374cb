/** What a tree, a path or a proof was refused for. */
export type MerkleErrorCode =
  | "out-of-range"
  | "no-such-size"
  | "not-kept"
  | "wrong-edge"
  | "wrong-length"
  | "duplicate-key"
  | "proof-malformed"
  | "proof-empty"
  | "proof-order"
  | "proof-shape"
  | "proof-depth"
  | "proof-zero-hash"
  | "proof-foreign"
  | "proof-unresolved"
  | "proof-leftover";

/** Something that is no part of a tree, or a use of a tree out of order. */
export class MerkleError extends Error {
  override readonly name = "MerkleError";
  readonly code: MerkleErrorCode;

  constructor(code: MerkleErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
