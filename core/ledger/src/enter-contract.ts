import { equalBytes, fromHex, map, toHex } from "@acta/bytes";
import {
  type Bundle,
  type ContractDefinition,
  ContractError,
  describedBundle,
  differences,
  hashOfBundle,
  type Values,
} from "@acta/contract";
import type { Refusal } from "@acta/protocol";
import { development, type ENTER_CONTRACT } from "./contracts/development.ts";
import { contractWrites, findInForce } from "./contracts-in-force.ts";
import type { Act, Occasion } from "./execute-action.ts";

/** As many differences as a refusal names. */
const MOST_NAMED = 10;

/**
 * Puts the contract of an entry in force from the next block on. Gives the refusal where the ledger is none for
 * development, the bundle is not what it is said to be, another is in force than it replaces, or it takes something away.
 */
export function enterContract({ draft, layer }: Occasion, { input }: Act): Refusal | undefined {
  const entry = input as Entry; // of the action's shape
  const { contract, replaces } = entry;
  const { flags, contracts: lookup } = draft.environment;
  if (!flags.development) return refused("not-development");

  const reading = read(entry);
  if ("reason" in reading) return refused("not-a-bundle", { contract, reason: reading.reason });
  const before = findInForce(layer, lookup, contract);
  if ((before && toHex(before.bundleHash)) !== replaces) return refused("other-in-force");
  const lost = before === undefined ? [] : incompatibilities(before.definition, reading.described);
  if (lost.length > 0) return refused("not-additive", { contract, differences: inWords(lost) });

  for (const [key, value] of contractWrites(reading.described, fromHex(entry.bundle))) layer.put(key, value);
  return undefined;
}

type Entry = Values<(typeof development.actions)[typeof ENTER_CONTRACT]["input"]>;

type Reading = { readonly described: ContractDefinition } | { readonly reason: string };

function read(entry: Entry): Reading {
  const bundle: Bundle = entry;
  if (!equalBytes(hashOfBundle(bundle), fromHex(entry.bundle))) return { reason: "Its hash is another." };
  try {
    const described = describedBundle(bundle);
    return described.name === entry.contract ? { described } : { reason: `It describes ${described.name}.` };
  } catch (error) {
    if (error instanceof ContractError) return { reason: inOwnWords(error) };
    throw error;
  }
}

/** What an engine says of a pattern differs between engines, and must not get into an outcome: of a definition the place alone. */
function inOwnWords({ code, path, message }: ContractError): string {
  return code === "malformed-definition" ? `It does not hold at ${path.join(".")}.` : message;
}

function incompatibilities(before: ContractDefinition, after: ContractDefinition): readonly string[] {
  const found = differences(before, after).filter(({ effect }) => effect === "incompatible");
  return found.map(({ at, what }) => `${at}: ${what}`);
}

function inWords(found: readonly string[]): string {
  const more = found.length - MOST_NAMED;
  return [...found.slice(0, MOST_NAMED), ...(more > 0 ? [`And ${more} more.`] : [])].join(" ");
}

type Code = keyof (typeof development.actions)[typeof ENTER_CONTRACT]["refusals"];

function refused(code: Code, blanks: Readonly<Record<string, string>> = {}): Refusal {
  return { contract: development.name, code, blanks: map(Object.entries(blanks)) };
}
