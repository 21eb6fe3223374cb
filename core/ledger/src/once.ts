import { type CborMap, type CborValue, decode, encode, fromObject, toHex } from "@acta/bytes";
import { type ContractDefinition, inputToCbor, isSecret, type SecretOnce } from "@acta/contract";
import type { Refusal } from "@acta/protocol";
import { readAttestedTag } from "./attested-tag.ts";
import type { Act, Occasion } from "./execute-action.ts";
import { ledgerRefusal } from "./refusal.ts";
import { onceKey } from "./state-key.ts";

/**
 * Uses up what an action declares may be used once, before its code runs: [4, [contract, scope], key…] → [version,
 * {first}], the identity of the transaction that used it, or the deadline, in words. Of sealed values the key is what
 * narrows their scope, and the tag that an office vouches for. Gives the refusal of a second use, and of a tag that does
 * not count.
 *
 * What is used stays used: no action takes it back. What can be freed again is a record.
 */
export function useOnce(occasion: Occasion, act: Act): Refusal | undefined {
  const { definition, action, input } = act;
  if (action.once === undefined) return undefined;
  const values = inputToCbor(action.input, input);
  let tags = 0;
  for (const once of action.once) {
    const owner = findOwner(occasion, definition, once.scope);
    if ("refusal" in owner) return owner.refusal;
    const { contract, scope, version } = owner;
    const reading = isSecret(once)
      ? secretKey(occasion, act, { once, index: tags++, contract, values })
      : { key: elementsOf(once.key, values) };
    if ("refusal" in reading) return reading.refusal;
    const at = onceKey(contract, scope, reading.key);
    const used = occasion.layer.get(at);
    if (used !== undefined) return ledgerRefusal("already-used", { scope: once.scope, first: firstOf(used) });
    occasion.layer.put(at, encode([version, fromObject({ first: occasion.origin })]));
  }
  return undefined;
}

type Owner = { readonly contract: string; readonly scope: string; readonly version: number };

function findOwner(
  { draft }: Occasion,
  definition: ContractDefinition,
  scope: string,
): Owner | { readonly refusal: Refusal } {
  const [contract, name] = ownerOf(definition, scope);
  const inScope = draft.contracts.find(contract);
  if (inScope === undefined) return { refusal: ledgerRefusal("unknown-contract", { contract }) };
  const { version, scopes = {} } = inScope.definition;
  // Nobody uses up what another contract has not shared.
  return contract === definition.name || Object.hasOwn(scopes, name)
    ? { contract, scope: name, version }
    : { refusal: ledgerRefusal("version-not-in-force", { contract, version }) };
}

type SecretUse = {
  readonly once: SecretOnce;
  readonly index: number;
  readonly contract: string;
  readonly values: CborMap;
};

function secretKey(occasion: Occasion, act: Act, { once, index, contract, values }: SecretUse) {
  const within = elementsOf(once.within ?? [], values);
  const commitments = elementsOf(once.key, values) as readonly Uint8Array[]; // of sealed inputs
  const reading = readAttestedTag(occasion, act, once, index, { contract, scope: once.scope, within, commitments });
  return "refusal" in reading ? reading : { key: [...within, reading.tag] };
}

/** Values of inputs in the form that records have. */
function elementsOf(names: readonly string[], values: CborMap): readonly CborValue[] {
  return names.map((name) => values.get(name) ?? null); // the definition holds them to be there
}

function ownerOf({ name }: ContractDefinition, scope: string): readonly [contract: string, scope: string] {
  const [first = "", second] = scope.split(".");
  return second === undefined ? [name, first] : [first, second];
}

function firstOf(value: Uint8Array): string {
  const [, fields] = decode(value) as readonly [number, CborMap]; // as it was written above
  const first = fields.get("first") as Uint8Array | string;
  return typeof first === "string" ? first : toHex(first);
}
