import { decode, encode } from "@acta/bytes";
import type { Disclosure } from "@acta/protocol";

/** What opens a deposit's sealed values, as bytes for the browser's memory. */
export function encodeOpening(disclosures: readonly Disclosure[]): Uint8Array {
  return encode(disclosures.map(({ path, salt, value }) => [path, salt, value]));
}

/** The same, read again. Throws an Error where the bytes are not what was written. */
export function decodeOpening(bytes: Uint8Array): Disclosure[] {
  const list = decode(bytes);
  if (!Array.isArray(list)) throw new Error("The kept opening of a deposit is damaged.");
  return list.map((each) => {
    const [path, salt, value] = Array.isArray(each) ? each : [];
    const isPath = Array.isArray(path) && path.every((step) => typeof step === "string" || typeof step === "number");
    if (!isPath || !(salt instanceof Uint8Array) || value === undefined) {
      throw new Error("The kept opening of a deposit is damaged.");
    }
    return { path, salt, value };
  });
}
