import { type CborMap, decode, encode, fromObject, toHex } from "@acta/bytes";
import { type ContractDefinition, inputToCbor } from "@acta/contract";
import type { Refusal } from "@acta/protocol";
import type { Act, Occasion } from "./execute-action.ts";
import { ledgerRefusal } from "./refusal.ts";
import { onceKey } from "./state-key.ts";

/**
 * Uses up what an action declares may be used once, before its code runs: [4, [contract, scope], key…] → [version,
 * {first}], the identity of the transaction that used it, or the deadline, in words. Gives the refusal of a second use.
 *
 * What is used stays used: no action takes it back. What can be freed again is a record.
 */
export function useOnce(occasion: Occasion, { definition, action, input }: Act): Refusal | undefined {
  if (action.once === undefined) return undefined;
  const values = inputToCbor(action.input, input);
  for (const { scope, key } of action.once) {
    const [contract, name] = ownerOf(definition, scope);
    const inScope = occasion.draft.contracts.find(contract);
    if (inScope === undefined) return ledgerRefusal("unknown-contract", { contract });
    const { version, scopes = {} } = inScope.definition;
    // Nobody uses up what another contract has not shared.
    if (contract !== definition.name && !Object.hasOwn(scopes, name)) {
      return ledgerRefusal("version-not-in-force", { contract, version });
    }
    // An input that the definition holds to be there.
    const at = onceKey(
      contract,
      name,
      key.map((part) => values.get(part) ?? null),
    );
    const used = occasion.layer.get(at);
    if (used !== undefined) return ledgerRefusal("already-used", { scope, first: firstOf(used) });
    occasion.layer.put(at, encode([version, fromObject({ first: occasion.origin })]));
  }
  return undefined;
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
