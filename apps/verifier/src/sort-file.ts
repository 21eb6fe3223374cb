import { utf8Decode } from "@acta/bytes";

/** What a file is that somebody put in: a proof, a trust file, a deposit still waiting, or an original. */
export type FileKind = "proof" | "trust" | "pending" | "original";

/** No proof or trust file is larger; a larger file is an original. Bytes. */
export const MOST_PROOF_BYTES = 8 << 20;

/**
 * Tells what a file is by its first bytes: a proof begins with its kind, a trust file is a map with epochs. The name
 * decides only where the beginning is damaged, so that a broken slip is judged and not taken for an original.
 */
export function sortFile(name: string, bytes: Uint8Array): FileKind {
  if (/\.pending$/i.test(name)) return "pending";
  if (beginsAsProof(bytes)) return "proof";
  if (beginsAsTrustFile(bytes)) return "trust";
  if (/\.(slip|receipt|proof|acted|state)$/i.test(name)) return "proof";
  return /\.trust$/i.test(name) ? "trust" : "original";
}

// An array, then a text of 12 to 23 bytes: "acta/slip/1", "acta/receipt/1", …
function beginsAsProof(bytes: Uint8Array): boolean {
  const isArray = (bytes[0] ?? 0) >> 5 === 4;
  return isArray && (bytes[1] ?? 0) >> 5 === 3 && textAt(bytes, 2, 5) === "acta/";
}

// A map of about ten fields, the first of which is "name" in canonical order.
function beginsAsTrustFile(bytes: Uint8Array): boolean {
  return (bytes[0] ?? 0) >> 5 === 5 && bytes[1] === 0x64 && textAt(bytes, 2, 4) === "name";
}

function textAt(bytes: Uint8Array, start: number, length: number): string | undefined {
  try {
    return utf8Decode(bytes.subarray(start, start + length));
  } catch {
    return undefined;
  }
}
