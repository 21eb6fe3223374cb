import type { CborValue } from "@acta/bytes";
import type { Transaction } from "@acta/protocol";

/** Why a transaction whose text is not in normal form C is not admitted, and what to do. */
export const NOT_NORMALIZED = {
  code: "text-not-normalized",
  meaning: "A text in it is not in Unicode normal form C, so the same words could be entered as other bytes.",
  remedy: "Normalise the text (NFC) and sign again; current clients do.",
} as const;

/**
 * Whether all texts of a transaction's inputs are in Unicode normal form C.
 *
 * A rule of admission alone: it keeps one spelling of a name one, and never decides whether a block is valid, because
 * the tables of Unicode grow with the runtime.
 */
export function isNormalized({ calls }: Transaction): boolean {
  return calls.every(({ input }) => isNormal(input));
}

function isNormal(value: CborValue): boolean {
  if (typeof value === "string") return isNormalText(value);
  if (value instanceof Map) {
    for (const [key, member] of value) if (!isNormal(key) || !isNormal(member)) return false;
    return true;
  }
  return !Array.isArray(value) || value.every(isNormal);
}

/** Text below U+0300 has nothing to compose: the common case costs one look at each character. */
function isNormalText(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= 0x300) return text.normalize("NFC") === text;
  }
  return true;
}
