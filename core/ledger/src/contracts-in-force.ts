import { type CborMap, decode, encode, fromObject, toHex } from "@acta/bytes";
import type { ContractDefinition } from "@acta/contract";
import type { CallRun } from "./call-run.ts";
import type { ContractLookup } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { ledgerRefusal } from "./refusal.ts";
import { contractKey, contractVersionKey } from "./state-key.ts";
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
    if (!this.#found.has(name)) this.#found.set(name, this.#read(name));
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

  #read(name: string): ContractInForce | undefined {
    const value = this.#state.get(contractKey(name));
    if (value === undefined) return undefined;
    const [, fields] = decode(value) as readonly [number, CborMap];
    const bundleHash = fields.get("bundle") as Uint8Array;
    return { definition: getDefinition(this.#lookup, name, bundleHash), bundleHash };
  }
}

/** The code behind a bundle's hash. Throws LedgerError `code-missing` where the node does not have it. */
export function getDefinition(lookup: ContractLookup, name: string, bundleHash: Uint8Array): ContractDefinition {
  const definition = lookup(name, bundleHash);
  if (definition !== undefined) return definition;
  const bundle = toHex(bundleHash);
  throw new LedgerError(
    "code-missing",
    `Contract ${name}: this release does not carry bundle ${bundle}. Start the release that does.`,
  );
}

/**
 * What the state holds of a contract in force: [1, name] → [1, {bundle, runtime, version}] for the version that runs,
 * [1, name, version] → [1, {bundle, runtime}] for ever.
 */
export function contractWrites(
  { name, version }: ContractDefinition,
  bundle: Uint8Array,
): (readonly [key: Uint8Array, value: Uint8Array])[] {
  const runtime = "native";
  return [
    [contractKey(name).bytes, encode([1, fromObject({ bundle, runtime, version })])],
    [contractVersionKey(name, version).bytes, encode([1, fromObject({ bundle, runtime })])],
  ];
}
