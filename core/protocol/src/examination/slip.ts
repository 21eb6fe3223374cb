import { type CborMap, type CborValue, equalBytes } from "@acta/bytes";
import { isOpeningOf, sealedAt } from "../disclosure.ts";
import { ProtocolError } from "../errors.ts";
import type { Slip } from "../slip.ts";
import type { ClaimedFile } from "../verdict.ts";
import { NotValid } from "./belief.ts";

/** Checks that every opening is of what was sealed at its place. Throws {@link NotValid}. */
export function examineDisclosures({ disclosures, receipt }: Slip): void {
  const { payload, call } = receipt;
  const party = payload.signers[0]?.party;
  if (party === undefined) throw new NotValid("wrong-form", "no signer");
  const place = { ledgerId: payload.ledgerId, contract: call.contract, party };
  for (const disclosure of disclosures) {
    const sealed = sealedIn(call.input, disclosure.path);
    if (!isOpeningOf(sealed, disclosure, place))
      throw new NotValid("wrong-disclosure", `the value at ${disclosure.path.join(".")}`);
  }
}

function sealedIn(input: CborMap, path: readonly (string | number)[]): ReturnType<typeof sealedAt> {
  try {
    return sealedAt(input, path);
  } catch (error) {
    if (error instanceof ProtocolError) throw new NotValid("wrong-disclosure", `nothing sealed at ${path.join(".")}`);
    throw error;
  }
}

/** Every file value in a value: a map of exactly size, sha256 and root, at whatever depth. FORMATS §6. */
export function filesIn(value: CborValue, path: readonly (string | number)[]): ClaimedFile[] {
  if (Array.isArray(value)) return value.flatMap((inner, index) => filesIn(inner, [...path, index]));
  if (!(value instanceof Map)) return [];
  const file = fileOf(value, path);
  if (file) return [file];
  return [...value].flatMap(([key, inner]) => filesIn(inner, [...path, String(key)]));
}

function fileOf(value: CborMap, path: readonly (string | number)[]): ClaimedFile | undefined {
  const [size, sha256, root] = [value.get("size"), value.get("sha256"), value.get("root")];
  const isFile =
    value.size === 3 && typeof size === "number" && sha256 instanceof Uint8Array && root instanceof Uint8Array;
  return isFile ? { path, size, sha256, root } : undefined;
}

/** What was measured of a file at hand. */
export type MeasuredFile = { readonly size: number; readonly sha256: Uint8Array; readonly root: Uint8Array };

/** Whether the file is one of those claimed: all three numbers, on the same bytes. */
export function isFileAmong(file: MeasuredFile, claimed: readonly ClaimedFile[]): boolean {
  return claimed.some(
    ({ size, sha256, root }) => size === file.size && equalBytes(sha256, file.sha256) && equalBytes(root, file.root),
  );
}
