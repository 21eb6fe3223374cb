/** What bytes or values were refused for. `offset` of the error says where. */
export type BytesErrorCode =
  | "cbor-truncated"
  | "cbor-trailing"
  | "cbor-not-shortest"
  | "cbor-reserved"
  | "cbor-indefinite"
  | "cbor-simple"
  | "cbor-float"
  | "cbor-tag"
  | "cbor-bignum"
  | "cbor-key-type"
  | "cbor-key-order"
  | "cbor-duplicate-key"
  | "cbor-nesting"
  | "cbor-envelope"
  | "cbor-unencodable"
  | "utf8-malformed"
  | "utf8-lone-surrogate"
  | "hex-malformed"
  | "base64-malformed"
  | "uint64-range";

/**
 * Bytes or values that are not what a coder of this package accepts.
 *
 * `offset` counts bytes of the input when decoding, characters when reading text, and is undefined where a value that
 * was to be encoded is at fault.
 */
export class BytesError extends Error {
  override readonly name = "BytesError";
  readonly code: BytesErrorCode;
  readonly offset: number | undefined;

  constructor(code: BytesErrorCode, sentence: string, offset?: number) {
    super(offset === undefined ? sentence : `${sentence} (offset ${offset})`);
    this.code = code;
    this.offset = offset;
  }
}
