import { type CborValue, encode } from "@acta/bytes";
import { type Disclosure, disclosuresFromCbor, disclosuresToCbor } from "./disclosure.ts";
import { ProtocolError } from "./errors.ts";
import { decodeCanonical, formOf } from "./form.ts";
import { type Receipt, receiptFromCbor, receiptToCbor } from "./receipt.ts";

/** A receipt with opened values: what a person keeps. FORMATS §7. */
export type Slip = { readonly disclosures: readonly Disclosure[]; readonly receipt: Receipt };

export const SLIP = "acta/slip/1";

/** Builds a slip of what is opened, in whatever order, and a receipt. */
export function buildSlip(disclosures: readonly Disclosure[], receiptBytes: Uint8Array): Uint8Array {
  const receipt = receiptFromCbor(decodeCanonical(receiptBytes, "receipt"));
  return encode(slipToCbor({ disclosures, receipt }));
}

/** The slip as it stands in a file. */
export function slipToCbor({ disclosures, receipt }: Slip): CborValue {
  return [SLIP, disclosuresToCbor(disclosures), receiptToCbor(receipt)];
}

const form = formOf("malformed-proof");

/** Reads a slip; throws {@link ProtocolError}. */
export function slipFromCbor(value: CborValue | undefined): Slip {
  const [tag, disclosures, receipt] = form.tuple(value, "slip", 3);
  if (tag !== SLIP) throw new ProtocolError("unknown-version", "slip");
  return { disclosures: disclosuresFromCbor(disclosures), receipt: receiptFromCbor(receipt) };
}
