import type { Refusal } from "@acta/protocol";
import { development, ENTER_CONTRACT, GIVE_ROLE } from "./contracts/development.ts";
import { enterContract } from "./enter-contract.ts";
import type { Act, Occasion } from "./execute-action.ts";
import { giveRole } from "./give-role.ts";

/**
 * What the ledger itself does in an action of the contract `development`, before that action's code: a contract's code
 * reaches its own records alone. Of any other contract's actions it takes no notice. Gives the refusal.
 */
export function actForDevelopment(occasion: Occasion, act: Act): Refusal | undefined {
  if (act.definition.name !== development.name) return undefined;
  switch (act.action.reference.action) {
    case ENTER_CONTRACT:
      return enterContract(occasion, act);
    case GIVE_ROLE:
      return giveRole(occasion, act);
    default:
      return undefined;
  }
}
