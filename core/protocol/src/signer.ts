import { type CborValue, map, toHex } from "@acta/bytes";
import { type Algorithm, isAlgorithm, isPublicKeyForm, keyId, partyOf } from "@acta/crypto";
import { ProtocolError } from "./errors.ts";
import { formOf } from "./form.ts";

/** A role that a signer claims, for the contract that declares it. */
export type ListedRole = readonly [contract: string, role: string];

/** One who acts in a transaction. Only the powers listed here are used. FORMATS §3. */
export type Signer =
  | {
      readonly kind: "registered";
      readonly party: Uint8Array;
      readonly institution?: Uint8Array;
      readonly roles?: readonly ListedRole[];
      readonly mandates?: readonly Uint8Array[];
    }
  /** One that the ledger need not know: it carries its key, and its party is derived from it. */
  | {
      readonly kind: "stranger";
      readonly algorithm: Algorithm;
      readonly publicKey: Uint8Array;
      readonly party: Uint8Array;
    };

/** The stranger with this key. */
export function stranger(algorithm: Algorithm, publicKey: Uint8Array): Signer {
  return {
    kind: "stranger",
    algorithm,
    publicKey,
    party: partyOf(keyId(algorithm, publicKey)),
  };
}

const form = formOf("malformed-signer");

/** A signer entry as it stands in a payload. */
export function signerToCbor(signer: Signer): CborValue {
  if (signer.kind === "stranger") return map([[5, [signer.algorithm, signer.publicKey]]]);
  const entries: [number, CborValue][] = [[1, signer.party]];
  if (signer.institution !== undefined) entries.push([2, signer.institution]);
  if (signer.roles !== undefined) entries.push([3, signer.roles]);
  if (signer.mandates !== undefined) entries.push([4, signer.mandates]);
  return map(entries);
}

/** Reads a signer entry; throws {@link ProtocolError}. */
export function signerFromCbor(value: CborValue): Signer {
  if (value instanceof Map && value.has(5)) return strangerFromCbor(value);
  const fields = form.fields(value, "signer", [1], [2, 3, 4]);
  const party = form.hash(fields.get(1), "party");
  return {
    kind: "registered",
    party,
    ...(fields.has(2) && { institution: form.hash(fields.get(2), "institution") }),
    ...(fields.has(3) && { roles: rolesFromCbor(fields.get(3)) }),
    ...(fields.has(4) && { mandates: mandatesFromCbor(fields.get(4)) }),
  };
}

function strangerFromCbor(value: CborValue): Signer {
  const key = form.tuple(form.fields(value, "stranger", [5]).get(5), "key", 2);
  return stranger(...publicKeyFromCbor(key[0], key[1]));
}

/** Reads an algorithm and a key of the length that it asks; throws {@link ProtocolError}. */
export function publicKeyFromCbor(
  algorithm: CborValue | undefined,
  key: CborValue | undefined,
): [algorithm: Algorithm, publicKey: Uint8Array] {
  if (typeof algorithm !== "number" || !isAlgorithm(algorithm))
    throw new ProtocolError("unknown-algorithm", `algorithm ${String(algorithm)}`);
  if (!(key instanceof Uint8Array) || !isPublicKeyForm(algorithm, key)) throw new ProtocolError("malformed-key");
  return [algorithm, key];
}

function rolesFromCbor(value: CborValue | undefined): ListedRole[] {
  const roles = form.list(value, "roles", 1).map((entry): ListedRole => {
    const [contract, role] = form.tuple(entry, "role", 2);
    return [form.text(contract, "contract of a role"), form.text(role, "role")];
  });
  // Text cannot hold both parts ambiguously: the length of the first is part of the mark.
  const marks = roles.map(([contract, role]) => `${contract.length}:${contract}${role}`);
  if (new Set(marks).size !== marks.length) throw new ProtocolError("duplicate-role");
  return roles;
}

function mandatesFromCbor(value: CborValue | undefined): Uint8Array[] {
  const mandates = form.list(value, "mandates", 1).map((mandate) => form.bytes(mandate, "mandate id", 16));
  if (new Set(mandates.map(toHex)).size !== mandates.length) throw new ProtocolError("duplicate-mandate");
  return mandates;
}
