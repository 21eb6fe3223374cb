import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Application, ContractDefinition } from "@acta/contract";
import { builtIn } from "@acta/ledger";
import { CommandError } from "@acta/sdk";
import { applicationFolders } from "./all-commands.ts";

/** All applications of this release. */
export async function applications(): Promise<readonly Application[]> {
  return Promise.all(
    applicationFolders().map(async (folder) => {
      const module: { application: Application } = await import(pathToFileURL(join(folder, "index.ts")).href);
      return module.application;
    }),
  );
}

/** All contracts of this release, built-in ones included. */
export async function allContracts(): Promise<readonly ContractDefinition[]> {
  return [...builtIn.contracts, ...(await applications()).flatMap(({ contracts }) => contracts)];
}

/** Finds a contract by its name; throws CommandError that lists those there are. */
export type FindContract = (name: string) => Promise<ContractDefinition>;

/** A contract of this release by its name, built-in ones included. Throws CommandError that lists those there are. */
export async function findContract(name: string): Promise<ContractDefinition> {
  const all = await allContracts();
  const found = all.find((each) => each.name === name);
  if (found === undefined)
    throw new CommandError(`There is no contract ${name}. There are: ${all.map((each) => each.name).join(", ")}.`);
  return found;
}
