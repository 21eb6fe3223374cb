import { type CborValue, encode } from "@acta/bytes";
import { commitProofToCbor, headerToCbor } from "@acta/light-client";
import { decodeCanonical, formOf } from "./form.ts";
import { endFromCbor, linkFromCbor, linkToCbor, type Renewal, readHeader } from "./trusted.ts";

/** A renewal's bytes, as a node answers with them: [link, header, commit] or [link, height]; the parts are those of FORMATS §7. */
export function encodeRenewal(renewal: Renewal): Uint8Array {
  const link = linkToCbor(renewal.link);
  if ("height" in renewal) return encode([link, renewal.height]);
  return encode([link, headerToCbor(renewal.header), commitProofToCbor(renewal.commit)]);
}

const form = formOf("malformed-link");

/** Reads a renewal; throws ProtocolError. Whether it holds, only the renewed proof's verdict says. */
export function parseRenewal(bytes: Uint8Array): Renewal {
  const value = decodeCanonical(bytes, "renewal");
  const isToHeight = Array.isArray(value) && value.length === 2;
  const [link, second, third] = form.tuple(value, "renewal", isToHeight ? 2 : 3);
  return { link: linkFromCbor(link), ...(isToHeight ? heightOf(second) : headerOf(second, third)) };
}

function heightOf(value: CborValue | undefined): { readonly height: number } {
  const end = endFromCbor(value);
  return end.kind === "height" ? end : form.fail("a renewal without a header ends at a height");
}

function headerOf(header: CborValue | undefined, commit: CborValue | undefined) {
  const end = endFromCbor(commit);
  if (end.kind !== "commit") return form.fail("a renewal to a header ends with its commit");
  return { header: readHeader(header), commit: end.commit };
}
