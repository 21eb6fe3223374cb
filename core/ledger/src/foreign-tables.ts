import {
  type ActionDefinition,
  type ContractDefinition,
  type ErasedForeignTable,
  type ErasedValues,
  halvesOf,
} from "@acta/contract";
import type { CallRun } from "./call-run.ts";
import type { ContractsInForce } from "./contracts-in-force.ts";
import { readRecord } from "./tables.ts";

/** The records of other contracts that an action declares, as its code sees them during one call: by key, to read. */
export function openForeignTables(
  contracts: ContractsInForce,
  definition: ContractDefinition,
  { reads }: ActionDefinition,
  run: CallRun,
): Readonly<Record<string, ErasedForeignTable>> {
  if (reads === undefined) return NOTHING;
  const tables: Record<string, ErasedForeignTable> = {};
  for (const [alias, name] of Object.entries(reads)) tables[alias] = openForeignTable(contracts, definition, name, run);
  return tables;
}

const NOTHING: Readonly<Record<string, ErasedForeignTable>> = Object.freeze({});

function openForeignTable(
  contracts: ContractsInForce,
  definition: ContractDefinition,
  name: string,
  run: CallRun,
): ErasedForeignTable {
  const [contract, record] = halvesOf(name);
  const find = (key: ErasedValues): ErasedValues | undefined =>
    run.guarded(() => {
      run.assertUnderWay();
      return readRecord(contracts.getUsed(definition, contract, run), record, key, run.layer);
    });
  return { find, get: (key, otherwise) => find(key) ?? run.refuse(otherwise) };
}
