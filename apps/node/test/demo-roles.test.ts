import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asRegistered, MemoryLedger, signingKey } from "@acta/ledger";
import { keyFromSecret, ownParty } from "@acta/sdk";
import { afterEach, beforeEach, expect, test } from "vitest";
import { giveDemoRoles } from "../src/demo-roles.ts";
import { type DemoInstitution, findKey, type LedgerFolder, ledgerFolder, writeKey } from "../src/ledger-folder.ts";

const secretOf = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const [operator, clerk] = [signingKey(secretOf(1)), signingKey(secretOf(2))];
const roles = [["development", "operator"]] as const;

const institutions: readonly DemoInstitution[] = [
  { key: "operator", name: "Operator", roles },
  {
    key: "clerk",
    name: "Clerk",
    roles: [
      ["operation", "operator"],
      ["absent", "clerk"],
    ],
  },
  { key: "nobody", name: "Nobody", roles: [["operation", "operator"]] },
];

let folder: LedgerFolder;

beforeEach(() => {
  folder = ledgerFolder(mkdtempSync(join(tmpdir(), "acta-roles-")));
  mkdirSync(folder.keys);
  for (const [name, byte] of [["operator", 1] as const, ["clerk", 2] as const]) {
    const key = keyFromSecret("ed25519", secretOf(byte));
    writeKey(folder, name, { ...key, party: ownParty(key) });
  }
});

afterEach(() => rmSync(join(folder.keys, ".."), { recursive: true }));

/** Gives the roles on a ledger whose operator holds these; answers what was entered and logged. */
async function give(held: readonly (readonly [string, string])[]) {
  const ledger = new MemoryLedger({
    institutions: { operator: { keys: [operator], roles: held }, clerk: { keys: [clerk] } },
  });
  const log: string[] = [];
  const desk = {
    enter: async ({ action, input }: { action: string; input: Readonly<Record<string, unknown>> }) => {
      const calls = [ledger.call("development", action, input)];
      const [outcome] = ledger.submit({ signers: [asRegistered(operator, { roles })], calls });
      expect(outcome?.verdict).toBe("accepted");
      return ledger.height;
    },
  };
  const once = () =>
    giveDemoRoles(institutions, folder, ledger.environment.state, desk, (message) => log.push(message));
  await once();
  await once();
  return { ledger, log };
}

test("roles that the source adds are given once, of contracts in force, and named in the key file", async () => {
  const { log } = await give(roles);
  expect(log).toEqual(["given by the operator's key: operation.operator to clerk"]);
  expect(findKey(folder, "clerk")?.roles).toEqual([["operation", "operator"]]);
});

test("an operator who may not give roles gives none", async () => {
  const { ledger, log } = await give([["operation", "operator"]]);
  expect([log, ledger.height, findKey(folder, "clerk")?.roles]).toEqual([[], 0, undefined]);
});
