import type { ContractDefinition } from "./contract.ts";
import { halvesOf } from "./reference.ts";

/** An action by the names of its contract and its own. */
type ActionName = { readonly contract: string; readonly action: string };

/** Where a refusal's words stand: the key of its wording, and its English sentence. */
export type RefusalWords = { readonly key: string; readonly sentence: string };

/**
 * The words of a refusal that a call of the action `at` met, of its own contract or of one that it calls, however deep;
 * undefined where no such action declares the code. The ledger's own refusals are not looked for.
 */
export function findRefusalWords(
  contracts: readonly ContractDefinition[],
  at: ActionName,
  refusal: { readonly contract: string; readonly code: string },
): RefusalWords | undefined {
  const seen = new Set<string>();
  const asked: ActionName[] = [at];
  for (const { contract, action } of asked) {
    const name = `${contract}.${action}`;
    const definition = contracts.find((each) => each.name === contract);
    const found = definition && Object.hasOwn(definition.actions, action) ? definition.actions[action] : undefined;
    if (found === undefined || seen.has(name)) continue;
    seen.add(name);
    const sentence = Object.hasOwn(found.refusals, refusal.code) ? found.refusals[refusal.code] : undefined;
    if (contract === refusal.contract && sentence !== undefined) {
      return { key: `${name}.refusals.${refusal.code}`, sentence };
    }
    for (const called of found.calls) asked.push({ contract: halvesOf(called)[0], action: halvesOf(called)[1] });
  }
  return undefined;
}
