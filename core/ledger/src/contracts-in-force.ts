import { type CborMap, decode, encode, fromObject, toHex } from "@acta/bytes";
import { type Bundle, type ContractDefinition, decodeRecord } from "@acta/contract";
import type { CallRun } from "./call-run.ts";
import { development } from "./contracts/development.ts";
import type { ContractLookup } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { ledgerRefusal } from "./refusal.ts";
import { contractKey, contractVersionKey, recordKey, type StateKey } from "./state-key.ts";
import type { StateView } from "./state-layer.ts";

/** A contract as the state names it: the code that runs, and the hash of the bundle it came from. */
export type ContractInForce = { readonly definition: ContractDefinition; readonly bundleHash: Uint8Array };

/**
 * The contracts in force, each looked up once for a block.
 *
 * They are those of the state before the block: nothing in a block changes the code that runs in it. A contract whose
 * bundle the node does not have halts it: LedgerError `code-missing`.
 */
export class ContractsInForce {
  readonly #state: StateView;
  readonly #lookup: ContractLookup;
  readonly #found = new Map<string, ContractInForce | undefined>();

  constructor(state: StateView, lookup: ContractLookup) {
    this.#state = state;
    this.#lookup = lookup;
  }

  /** The contract of that name, or undefined where the ledger has none. */
  find(name: string): ContractInForce | undefined {
    if (!this.#found.has(name)) this.#found.set(name, findInForce(this.#state, this.#lookup, name));
    return this.#found.get(name);
  }

  /** A contract that another one uses, in the version that it was written for; otherwise the call is refused. */
  getUsed({ uses = {} }: ContractDefinition, name: string, run: CallRun): ContractDefinition {
    const used = this.find(name)?.definition;
    if (used === undefined) return run.refuseWith(ledgerRefusal("unknown-contract", { contract: name }));
    const { version } = used;
    if (uses[name] === version) return used;
    return run.refuseWith(ledgerRefusal("version-not-in-force", { contract: name, version }));
  }
}

/** The bundle's hash of the contract that is in force under a name, 32 bytes; undefined where the ledger has none. */
export function findBundleHash(state: StateView, name: string): Uint8Array | undefined {
  const value = state.get(contractKey(name));
  if (value === undefined) return undefined;
  const [, fields] = decode(value) as readonly [number, CborMap]; // as `contractWrites` wrote it
  return fields.get("bundle") as Uint8Array;
}

/** The contract that is in force under a name. Throws LedgerError `code-missing` where the node does not have its code. */
export function findInForce(state: StateView, lookup: ContractLookup, name: string): ContractInForce | undefined {
  const bundleHash = findBundleHash(state, name);
  if (bundleHash === undefined) return undefined;
  const definition = lookup(name, bundleHash) ?? lookup(name, bundleHash, findBundle(state, bundleHash)?.manifest);
  return { definition: definition ?? codeMissing(name, bundleHash), bundleHash };
}

/** The bundle of that hash, if it was entered on this ledger (development alone); those of the genesis are not in the state. */
export function findBundle(state: StateView, bundleHash: Uint8Array): Bundle | undefined {
  const { bundle } = development.records;
  const value = state.get(recordKey(development.name, "bundle", [bundleHash]));
  return value && decodeRecord(bundle.fields, value).values;
}

/** The code behind a bundle's hash. Throws LedgerError `code-missing` where the node does not have it. */
export function getDefinition(lookup: ContractLookup, name: string, bundleHash: Uint8Array): ContractDefinition {
  return lookup(name, bundleHash) ?? codeMissing(name, bundleHash);
}

function codeMissing(name: string, bundleHash: Uint8Array): never {
  const bundle = toHex(bundleHash);
  throw new LedgerError(
    "code-missing",
    `Contract ${name}: this release does not carry bundle ${bundle}. Start the release that does.`,
  );
}

/**
 * What the state holds of a contract in force: [1, name] → [1, {bundle, runtime, version}] for the version that runs,
 * [1, name, version] → [1, {bundle, runtime}] for ever: of a version that gained something its newest bundle, by which
 * all that was written under that version reads.
 */
export function contractWrites(
  { name, version }: ContractDefinition,
  bundle: Uint8Array,
): (readonly [key: StateKey, value: Uint8Array])[] {
  const runtime = "native";
  return [
    [contractKey(name), encode([1, fromObject({ bundle, runtime, version })])],
    [contractVersionKey(name, version), encode([1, fromObject({ bundle, runtime })])],
  ];
}
