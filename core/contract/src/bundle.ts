import { encode, fromObject } from "@acta/bytes";
import { tagged } from "@acta/crypto";
import type { ContractDefinition } from "./contract.ts";
import { manifestOf } from "./manifest.ts";

/** A contract's sentences in another language by derived key; see `wordingKeys`. */
export type Wording = Readonly<Record<string, string>>;

/** tagged("acta/manifest/1", the manifest's bytes): 32 bytes. */
export function manifestHash(contract: ContractDefinition): Uint8Array {
  return tagged("acta/manifest/1", encode(manifestOf(contract)));
}

/**
 * The identity of what runs: tagged("acta/bundle/1", manifest hash ‖ code hash ‖ wordings hash), 32 bytes. While a
 * ledger is developed the source itself runs and the code hash is zero. Of the wording only the contract's own keys
 * count, so that a neighbour's sentence changes nothing here.
 */
export function bundleHash(contract: ContractDefinition, wording: Wording, codeHash: Uint8Array = NO_CODE): Uint8Array {
  return tagged("acta/bundle/1", manifestHash(contract), codeHash, wordingsHash(contract, wording));
}

const NO_CODE = new Uint8Array(32);

/** tagged("acta/wordings/1", CBOR {"zh": {key: sentence}}). */
function wordingsHash({ name }: ContractDefinition, wording: Wording): Uint8Array {
  const own = Object.entries(wording).filter(([key]) => key.startsWith(`${name}.`));
  return tagged("acta/wordings/1", encode(fromObject({ zh: fromObject(Object.fromEntries(own)) })));
}
