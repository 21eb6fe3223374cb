import { byteText, type CborValue, decode, equalBytes } from "@acta/bytes";
import { type ContractDefinition, decodeKey, decodeRecord, type TotalValue } from "@acta/contract";
import { SPACE, totalKey } from "./state-key.ts";
import { type Counter, contribute, decodeCounter, emptyCounter, encodeCounter } from "./total-counter.ts";
import { contributionOf, findPlan, plansOf } from "./total-plan.ts";

/** A total that is not what the records come to. */
export type TotalFinding = {
  readonly contract: string;
  readonly total: string;
  readonly path: string;
  readonly counted: TotalValue;
  readonly kept: TotalValue;
};

/**
 * Counts every total anew from all records of a state, entry by entry in any order, and names those that the state keeps
 * otherwise. `find` gives a contract by its name; of what it does not know nothing is counted. Past days are not looked
 * at: what they were counted from is gone. Memory: one counter for each path.
 */
export class Recount {
  readonly #find: (name: string) => ContractDefinition | undefined;
  readonly #counted = new Map<string, Counted>();
  readonly #kept = new Map<string, Counted>();
  #records = 0;

  constructor(find: (name: string) => ContractDefinition | undefined) {
    this.#find = find;
  }

  /** How many records were counted in some total. */
  get records(): number {
    return this.#records;
  }

  /** How many totals were counted or are kept, each under each of its paths. */
  get totals(): number {
    return this.#names().length;
  }

  /** Takes the next key of the state (CBOR [space, …]) with its value. */
  readonly add = (key: Uint8Array, value: Uint8Array): void => {
    const [space, contract, name, ...rest] = decode(key) as readonly CborValue[]; // every key of the state is an array
    if (space !== SPACE.record && space !== SPACE.total) return;
    const definition = this.#find(String(contract));
    if (definition === undefined) return;
    if (space === SPACE.record) this.#countRecord(definition, String(name), rest, value);
    else if (rest.at(-1) === "now") this.#noteKept(definition, String(name), rest.slice(0, -1).map(String), key, value);
  };

  /** After the last entry: the totals that differ, in the order of their keys; none means that all is well. */
  findings(): readonly TotalFinding[] {
    return this.#names().flatMap((at) => findingOf(this.#counted.get(at), this.#kept.get(at)));
  }

  #names(): string[] {
    return [...new Set([...this.#counted.keys(), ...this.#kept.keys()])].sort();
  }

  #countRecord(definition: ContractDefinition, record: string, key: readonly CborValue[], value: Uint8Array): void {
    const plans = plansOf(definition, record);
    const specification = definition.records[record];
    if (plans.length === 0 || specification === undefined) return;
    this.#records++;
    const row = { ...decodeKey(specification.key, key), ...decodeRecord(specification.fields, value).values };
    for (const plan of plans) {
      const contribution = contributionOf(plan, row, 1n);
      if (contribution === undefined) continue;
      for (let length = 0; length <= contribution.steps.length; length++) {
        const steps = contribution.steps.slice(0, length);
        const at = totalKey(definition.name, plan.name, steps, "now").text;
        const before = this.#counted.get(at)?.counter ?? emptyCounter(plan.empty);
        const counter = contribute(before, contribution, plan.empty);
        const { name: total, empty } = plan;
        this.#counted.set(at, { contract: definition.name, total, path: steps.join("/"), counter, empty });
      }
    }
  }

  #noteKept(
    definition: ContractDefinition,
    total: string,
    steps: readonly string[],
    key: Uint8Array,
    value: Uint8Array,
  ): void {
    const { since: _, ...counter } = decodeCounter(value);
    const empty = findPlan(definition, total)?.empty ?? {};
    this.#kept.set(byteText(key), { contract: definition.name, total, path: steps.join("/"), counter, empty });
  }
}

/** The same over entries that are at hand: keys of a state with their values, in any order. */
export function recountTotals(
  entries: Iterable<readonly [key: Uint8Array, value: Uint8Array]>,
  contracts: readonly ContractDefinition[],
): readonly TotalFinding[] {
  const recount = new Recount((name) => contracts.find((each) => each.name === name));
  for (const [key, value] of entries) recount.add(key, value);
  return recount.findings();
}

type Counted = {
  readonly contract: string;
  readonly total: string;
  readonly path: string;
  readonly counter: Counter;
  readonly empty: TotalValue["sums"];
};

function findingOf(counted: Counted | undefined, kept: Counted | undefined): readonly TotalFinding[] {
  const either = counted ?? kept;
  if (either === undefined) return [];
  const nothing = emptyCounter(either.empty);
  const [left, right] = [counted?.counter ?? nothing, kept?.counter ?? nothing];
  if (equalBytes(encodeCounter(left, 1), encodeCounter(right, 1))) return [];
  const { contract, total, path } = either;
  return [{ contract, total, path, counted: left, kept: right }];
}
