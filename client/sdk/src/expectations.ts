import { type CborValue, decode, isArray } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { SPACE } from "@acta/ledger";
import { type Expectation, parseProof } from "@acta/protocol";
import { SdkError } from "./error.ts";

/**
 * The records that a saved state proof shows, present or absent, as what a call expects: that they are still so.
 *
 * The proof is not verified: where it is wrong, the call is refused. Throws ProtocolError for bytes that are no proof,
 * SdkError `not-proved` for one that shows no record.
 */
export function expectationsIn(proof: Uint8Array): readonly Expectation[] {
  const parsed = parseProof(proof);
  const entries = parsed.kind === "state" ? parsed.state.tree.entries : [];
  const found = entries.flatMap(([key, value]) => {
    const place = placeOf(key);
    return place === undefined ? [] : [{ ...place, valueHash: value === null ? null : sha256(value) }];
  });
  if (found.length > 0) return found;
  throw new SdkError("not-proved", "This proof shows no record as it stands, so a call can expect nothing of it.");
}

function placeOf(bytes: Uint8Array): Omit<Expectation, "valueHash"> | undefined {
  const [space, contract, record, ...key] = elementsOf(bytes);
  if (space !== SPACE.record || typeof contract !== "string" || typeof record !== "string") return undefined;
  return { contract, record, key };
}

/** An absent key may be any bytes. */
function elementsOf(bytes: Uint8Array): readonly CborValue[] {
  try {
    const elements = decode(bytes);
    return isArray(elements) ? elements : [];
  } catch {
    return [];
  }
}
