import type { Log } from "@acta/api";
import { toHex } from "@acta/bytes";
import { bundleInForce, development, GIVE_ROLE, recordKey, type StateReader } from "@acta/ledger";
import type { KeyFile } from "@acta/sdk";
import { type DemoInstitution, findKey, type LedgerFolder, writeKey } from "./ledger-folder.ts";
import type { OperatorDesk } from "./operator-desk.ts";

/**
 * Gives the demo's institutions the roles that the source says they hold, of the contracts that are in force, and has
 * their key files name them. Does nothing where the operator's key is not there, or may not give roles; an institution
 * without a key file of its own is passed over.
 */
export async function giveDemoRoles(
  institutions: readonly DemoInstitution[],
  folder: LedgerFolder,
  state: StateReader,
  desk: OperatorDesk,
  log: Log,
): Promise<void> {
  if (!holds(state, findKey(folder, "operator"), [development.name, "operator"])) return;
  for (const { key: name, roles: wanted } of institutions) {
    const key = findKey(folder, name);
    if (key?.party === undefined) continue;
    const roles = wanted.filter(([contract]) => bundleInForce(state, contract) !== undefined);
    for (const [contract, role] of roles.filter((each) => !holds(state, key, each))) {
      const input = { institution: toHex(key.party), contract, role };
      const what = `give ${name} the role ${contract}.${role}`;
      const height = await desk.enter({ action: GIVE_ROLE, input, what });
      log(`given by the operator's key: ${contract}.${role} to ${name}`, { height });
    }
    nameInFile(folder, name, key, roles);
  }
}

type Role = readonly [contract: string, role: string];

function holds(state: StateReader, key: KeyFile | undefined, [contract, role]: Role): boolean {
  if (key?.party === undefined) return false;
  return state.get(recordKey("institutions", "role", [key.party, contract, role]).bytes) !== undefined;
}

/** Commands list the roles that a key file names. */
function nameInFile(folder: LedgerFolder, name: string, key: KeyFile, roles: readonly Role[]): void {
  const named = key.roles ?? [];
  const unnamed = roles.filter(([contract, role]) => !named.some(([of, held]) => of === contract && held === role));
  if (unnamed.length > 0) writeKey(folder, name, { ...key, roles: [...named, ...unnamed] });
}
