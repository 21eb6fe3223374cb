/** What a caller of this package did wrong. Bad signatures are answers, not errors. */
export type CryptoErrorCode = "wrong-length" | "not-ascii";

/** A value that its caller should have checked: a bug or unchecked input there. */
export class CryptoError extends Error {
  override readonly name = "CryptoError";
  readonly code: CryptoErrorCode;

  constructor(code: CryptoErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Throws CryptoError "wrong-length" unless the bytes have that length. */
export function assertLength(what: string, bytes: Uint8Array, length: number): void {
  if (bytes.length === length) return;
  throw new CryptoError("wrong-length", `${what} has ${length} bytes, not ${bytes.length}.`);
}
