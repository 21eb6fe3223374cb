import { decode, toHex } from "@acta/bytes";
import {
  type Application,
  type Bundle,
  bundleHash,
  type ContractDefinition,
  ContractError,
  codeOf,
  contractFromManifest,
  hashOfBundle,
} from "@acta/contract";
import type { GenesisContract } from "@acta/protocol";
import type { ContractLookup } from "./environment.ts";

/** Contracts with their sentences in Chinese by derived key: an application, or the built-in ones. */
export type ContractSource = Pick<Application, "contracts" | "wording">;

/** What a release carries of contracts: what a genesis lists, and the code behind each bundle. */
export type ContractLibrary = { readonly listed: readonly GenesisContract[]; readonly lookup: ContractLookup };

/**
 * The contracts of some sources, run from their source: their bundles have a zero code hash (development ledgers).
 *
 * An earlier bundle of a contract, from `kept` or by the manifest that the lookup is given, is run as its own manifest
 * says with the functions that the source has now. It is not found where one of them is gone.
 */
export function contractLibrary(sources: readonly ContractSource[], kept: readonly Bundle[] = []): ContractLibrary {
  const found = new Map<string, ContractDefinition | undefined>();
  const bySource = new Map<string, ContractDefinition>();
  const listed: GenesisContract[] = [];
  for (const { contracts, wording } of sources) {
    for (const contract of contracts) {
      const bundle = bundleHash(contract, wording);
      listed.push({ name: contract.name, bundleHash: bundle });
      found.set(markOf(contract.name, bundle), contract);
      bySource.set(contract.name, contract);
    }
  }
  const manifests = new Map(kept.map((bundle) => [toHex(hashOfBundle(bundle)), bundle.manifest]));
  const lookup: ContractLookup = (name, bundle, given) => {
    const mark = markOf(name, bundle);
    if (found.has(mark)) return found.get(mark);
    const [source, manifest] = [bySource.get(name), given ?? manifests.get(toHex(bundle))];
    if (source === undefined || manifest === undefined) return undefined;
    const earlier = earlierContract(manifest, source);
    found.set(mark, earlier);
    return earlier;
  };
  return { listed, lookup };
}

const markOf = (name: string, bundle: Uint8Array): string => `${toHex(bundle)} ${name}`;

function earlierContract(manifest: Uint8Array, source: ContractDefinition): ContractDefinition | undefined {
  try {
    const earlier = contractFromManifest(decode(manifest), codeOf(source));
    return earlier.name === source.name ? earlier : undefined;
  } catch (error) {
    // The source has no function of a name that the manifest has.
    if (error instanceof ContractError) return undefined;
    throw error;
  }
}
