import { fromBase64, toHex } from "@acta/bytes";
import { ProtocolError, parseTrustFile, type TrustFile, trustFingerprint } from "@acta/protocol";

/** Who gave a trust file: whoever served the page, or the reader, by putting in a file. */
export type TrustSource =
  | { readonly kind: "given"; readonly giver: string }
  | { readonly kind: "dropped"; readonly name: string };

/** A trust file as it lies before us; `file` is undefined where it breaks a rule and is not used. */
export type Trust = {
  readonly source: TrustSource;
  readonly bytes: Uint8Array;
  /** Hex. */
  readonly fingerprint: string;
  readonly file: TrustFile | undefined;
};

/** Reads a trust file; what is wrong with it makes it unusable, never an error. */
export function trustFrom(source: TrustSource, bytes: Uint8Array): Trust {
  return { source, bytes, fingerprint: toHex(trustFingerprint(bytes)), file: parsed(bytes) };
}

function parsed(bytes: Uint8Array): TrustFile | undefined {
  try {
    return parseTrustFile(bytes);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** The trust file that a node put into the page's marked block, as the JSON that stands there; undefined for none. */
export function givenTrust(json: string | null | undefined): Trust | undefined {
  if (!json) return undefined;
  try {
    const { giver, trust } = JSON.parse(json) as { giver: unknown; trust: unknown }; // asked for below
    if (typeof giver !== "string" || typeof trust !== "string") return undefined;
    return trustFrom({ kind: "given", giver }, fromBase64(trust));
  } catch {
    return undefined;
  }
}
