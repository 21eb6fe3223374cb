import { decode, equalBytes, toHex } from "@acta/bytes";
import {
  type Bundle,
  bundleOf,
  type ContractDefinition,
  type Difference,
  describedContract,
  differences,
  hashOfBundle,
} from "@acta/contract";
import {
  bundleInForce,
  type ContractSource,
  development,
  enteredBundle,
  enteredContracts,
  type StateReader,
} from "@acta/ledger";
import type { Genesis } from "@acta/protocol";

/** What is to be entered so that a development ledger goes on with the source as it is now. */
export type ContractChange = {
  readonly contract: string;
  readonly bundle: Bundle;
  /** The hash of the bundle that it replaces; undefined for a contract that the ledger does not have. */
  readonly replaces: Uint8Array | undefined;
  /** What is added, and what is said in other words; nothing where the Chinese alone has changed. */
  readonly differences: readonly Difference[];
};

/** A ledger as its contracts are compared with a source. */
export type KeptLedger = {
  readonly genesis: Genesis;
  readonly state: StateReader;
  /** The bundles of the genesis, as far as they were kept. */
  readonly bundles: readonly Bundle[];
};

/**
 * What a source adds to the contracts that a ledger has in force; nothing where it is the same.
 *
 * Throws an Error with the remedy where a contract is gone or has changed otherwise than by additions, each of these
 * named; and where anything changed on a ledger that is none for development, or that was created before it could be
 * entered.
 */
export function contractChanges(ledger: KeptLedger, sources: readonly ContractSource[]): readonly ContractChange[] {
  const offered = sources.flatMap(({ contracts, wording }) =>
    contracts.map((contract): Offered => ({ contract, bundle: bundleOf(contract, wording) })),
  );
  const found = [...lacking(ledger, offered), ...offered.flatMap((each) => compare(ledger, each) ?? [])];
  const faults = found.filter((each) => typeof each === "string");
  if (faults.length > 0) throw new Error(`${faults.join("\n")}\n${remedy(ledger)}`);
  return found.filter((each) => typeof each !== "string");
}

type Offered = { readonly contract: ContractDefinition; readonly bundle: Bundle };

/** Whether contracts can be entered on this ledger. */
function takesContracts({ genesis, state }: KeptLedger): boolean {
  return genesis.development && bundleInForce(state, development.name) !== undefined;
}

/** A ledger runs the code that it names: without it nothing could be decided. */
function lacking({ genesis, state }: KeptLedger, offered: readonly Offered[]): readonly string[] {
  const names = [...genesis.contracts.map(({ name }) => name), ...enteredContracts(state)];
  return names
    .filter((name) => !offered.some(({ contract }) => contract.name === name))
    .map((name) => `The contract ${name} is not in this release.`);
}

/** The change, or what is wrong with it in words; undefined where there is nothing to do. */
function compare(ledger: KeptLedger, { contract, bundle }: Offered): ContractChange | string | undefined {
  const { name } = contract;
  const replaces = bundleInForce(ledger.state, name);
  if (replaces === undefined) {
    return takesContracts(ledger) ? { contract: name, bundle, replaces, differences: [] } : undefined;
  }
  if (equalBytes(hashOfBundle(bundle), replaces)) return undefined;
  if (!takesContracts(ledger)) return `The contract ${name} has changed since this ledger was created.`;
  const before = earlierContract(ledger, replaces);
  if (before === undefined) return `The contract ${name} has changed, and what it was before was not kept.`;
  const found = differences(before, contract);
  const lost = found.filter(({ effect }) => effect === "incompatible");
  if (lost.length === 0) return { contract: name, bundle, replaces, differences: found };
  return [
    `The contract ${name} has changed, and not by additions alone:`,
    ...lost.map(({ at, what }) => `  ${at}: ${what}`),
  ].join("\n");
}

function earlierContract({ state, bundles }: KeptLedger, hash: Uint8Array): ContractDefinition | undefined {
  const bundle = enteredBundle(state, hash) ?? bundles.find((each) => equalBytes(hashOfBundle(each), hash));
  return bundle && describedContract(decode(bundle.manifest));
}

function remedy(ledger: KeptLedger): string {
  return takesContracts(ledger)
    ? "Take that back, write it as a contract of another name, or begin a new development ledger with --reset."
    : "Begin a new development ledger with --reset, or go back to the release that created this one.";
}

/** A change in one line: `lending: + records.loan.fields.note`. */
export function changeInWords({ contract, replaces, differences: found, bundle }: ContractChange): string {
  const marks = { added: "+", reworded: "~", incompatible: "!" } as const;
  const parts = found.map(({ effect, at }) => `${marks[effect]} ${at}`);
  const what = replaces === undefined ? "new" : parts.length === 0 ? "~ wording" : parts.join(", ");
  return `${contract} (${toHex(hashOfBundle(bundle)).slice(0, 16)}): ${what}`;
}
