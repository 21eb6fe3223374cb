export { fromBase64, fromBase64Url, toBase64, toBase64Url } from "./base64.ts";
export type { Brand } from "./brand.ts";
export { byteText } from "./byte-text.ts";
export { compareBytes, concatBytes, equalBytes, uint64 } from "./compare.ts";
export { decode, decodeTransaction } from "./decode.ts";
export { encode } from "./encode.ts";
export { BytesError, type BytesErrorCode } from "./errors.ts";
export { fromHex, toHex } from "./hex.ts";
export { newBytes } from "./memory.ts";
export { isWellFormed, utf8Decode, utf8Encode } from "./utf8.ts";
export {
  type CborKey,
  type CborMap,
  type CborTransaction,
  type CborValue,
  Envelope98,
  fromObject,
  isArray,
  isMap,
  map,
} from "./value.ts";
