import { type CborValue, decode, encode, fromObject, isMap } from "@acta/bytes";
import { tagged } from "@acta/crypto";
import type { ContractDefinition } from "./contract.ts";
import { ContractError } from "./error.ts";
import { manifestOf } from "./manifest.ts";
import { describedContract } from "./manifest-reading.ts";

/** A contract's sentences in another language by derived key; see `wordingKeys`. */
export type Wording = Readonly<Record<string, string>>;

/** What a bundle is besides its code, in the bytes that its hash is made of: both canonical CBOR. */
export type Bundle = { readonly manifest: Uint8Array; readonly wordings: Uint8Array };

/** A contract's manifest, and {"zh": {key: sentence}}: the contract's own keys only, so that a neighbour's sentence changes nothing here. */
export function bundleOf(contract: ContractDefinition, wording: Wording): Bundle {
  const own = Object.entries(wording).filter(([key]) => key.startsWith(`${contract.name}.`));
  return {
    manifest: encode(manifestOf(contract)),
    wordings: encode(fromObject({ zh: fromObject(Object.fromEntries(own)) })),
  };
}

/**
 * The identity of what runs: tagged("acta/bundle/1", manifest hash ‖ code hash ‖ wordings hash), 32 bytes. While a
 * ledger is developed the source itself runs and the code hash is zero.
 */
export function hashOfBundle({ manifest, wordings }: Bundle, codeHash: Uint8Array = NO_CODE): Uint8Array {
  const wordingsHash = tagged("acta/wordings/1", wordings);
  return tagged("acta/bundle/1", tagged("acta/manifest/1", manifest), codeHash, wordingsHash);
}

/** tagged("acta/manifest/1", the manifest's bytes): 32 bytes. */
export function manifestHash(contract: ContractDefinition): Uint8Array {
  return tagged("acta/manifest/1", encode(manifestOf(contract)));
}

/** The hash of a contract's bundle; see {@link hashOfBundle}. */
export function bundleHash(contract: ContractDefinition, wording: Wording, codeHash?: Uint8Array): Uint8Array {
  return hashOfBundle(bundleOf(contract, wording), codeHash);
}

/**
 * Reads a bundle that somebody sent: the contract that it describes, without code. Throws ContractError
 * malformed-manifest or malformed-definition, also where its sentences are not of the form that {@link bundleOf} gives.
 */
export function describedBundle({ manifest, wordings }: Bundle): ContractDefinition {
  const contract = describedContract(decoded(manifest));
  if (!areWordings(contract, decoded(wordings))) {
    throw new ContractError("malformed-manifest", [], `Its wordings are no sentences of ${contract.name} by key.`);
  }
  return contract;
}

const NO_CODE = new Uint8Array(32);

function decoded(bytes: Uint8Array): CborValue {
  try {
    return decode(bytes);
  } catch (cause) {
    throw new ContractError("malformed-manifest", [], "It is no canonical CBOR.", { cause });
  }
}

function areWordings({ name }: ContractDefinition, value: CborValue): boolean {
  if (!isMap(value) || value.size !== 1) return false;
  const chinese = value.get("zh");
  if (chinese === undefined || !isMap(chinese)) return false;
  return [...chinese].every(([key, sentence]) => String(key).startsWith(`${name}.`) && typeof sentence === "string");
}
