import { fromHex, map } from "@acta/bytes";
import { encodeRecord, type Values } from "@acta/contract";
import type { Refusal } from "@acta/protocol";
import { development, type GIVE_ROLE } from "./contracts/development.ts";
import { institutions } from "./contracts/institutions.ts";
import type { Act, Occasion } from "./execute-action.ts";
import { partyKey, roleKey } from "./parties.ts";

/**
 * Writes down that an institution holds a role of a contract, as the genesis would have; it counts for whatever comes
 * after it. Gives the refusal where the ledger is none for development, or there is no such institution or role.
 */
export function giveRole({ draft, layer }: Occasion, { input }: Act): Refusal | undefined {
  const { institution, contract, role } = input as Gift; // of the action's shape
  if (!draft.environment.flags.development) return refused("not-development");
  const party = fromHex(institution);
  if (draft.parties.find(layer, partyKey(party)) === undefined) return refused("no-institution");
  const roles = draft.contracts.find(contract)?.definition.roles ?? {};
  if (!Object.hasOwn(roles, role)) return refused("no-role", { contract, role });
  const { fields } = institutions.records.role;
  layer.put(roleKey(party, contract, role), encodeRecord(fields, {}, institutions.version));
  return undefined;
}

type Action = (typeof development.actions)[typeof GIVE_ROLE];
type Gift = Values<Action["input"]>;

function refused(code: keyof Action["refusals"], blanks: Readonly<Record<string, string>> = {}): Refusal {
  return { contract: development.name, code, blanks: map(Object.entries(blanks)) };
}
