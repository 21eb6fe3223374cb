/** Bytes as a text of as many characters, each below 256: maps find it faster than bytes, and it sorts the same way. */
export function byteText(bytes: Uint8Array): string {
  if (bytes.length <= LONGEST_APPLY) return charactersOf(bytes);
  let text = "";
  for (let i = 0; i < bytes.length; i += LONGEST_APPLY) text += charactersOf(bytes.subarray(i, i + LONGEST_APPLY));
  return text;
}

const LONGEST_APPLY = 4096;

// `apply` takes whatever is like an array; spreading the bytes instead costs seven times as much.
const charactersOf = (bytes: Uint8Array): string => String.fromCharCode.apply(null, bytes as unknown as number[]);
