import { toHex } from "@acta/bytes";
import { type Application, bundleHash, type ContractDefinition } from "@acta/contract";
import type { GenesisContract } from "@acta/protocol";
import type { ContractLookup } from "./environment.ts";

/** Contracts with their sentences in Chinese by derived key: an application, or the built-in ones. */
export type ContractSource = Pick<Application, "contracts" | "wording">;

/** What a release carries of contracts: what a genesis lists, and the code behind each bundle. */
export type ContractLibrary = { readonly listed: readonly GenesisContract[]; readonly lookup: ContractLookup };

/** The contracts of some sources, run from their source: their bundles have a zero code hash (development ledgers). */
export function contractLibrary(sources: readonly ContractSource[]): ContractLibrary {
  const found = new Map<string, ContractDefinition>();
  const listed: GenesisContract[] = [];
  for (const { contracts, wording } of sources) {
    for (const contract of contracts) {
      const bundle = bundleHash(contract, wording);
      listed.push({ name: contract.name, bundleHash: bundle });
      found.set(markOf(contract.name, bundle), contract);
    }
  }
  return { listed, lookup: (name, bundle) => found.get(markOf(name, bundle)) };
}

const markOf = (name: string, bundle: Uint8Array): string => `${toHex(bundle)} ${name}`;
