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
 * Counts every total of these contracts anew from all records of a state, and names those that the state keeps
 * otherwise; none means that all is well. `entries` are all of the state's keys with their values, in any order. Past
 * days are not looked at: what they were counted from is gone. Memory: one counter for each path.
 */
export function recountTotals(
  entries: Iterable<readonly [key: Uint8Array, value: Uint8Array]>,
  contracts: readonly ContractDefinition[],
): readonly TotalFinding[] {
  const counted = new Map<string, Counted>();
  const kept = new Map<string, Counted>();
  for (const [key, value] of entries) {
    const [space, contract, name, ...rest] = decode(key) as readonly CborValue[]; // every key of the state is an array
    if (space !== SPACE.record && space !== SPACE.total) continue;
    const definition = contracts.find((each) => each.name === contract);
    if (definition === undefined) continue;
    if (space === SPACE.record) countRecord(counted, definition, String(name), rest, value);
    else if (rest.at(-1) === "now") noteKept(kept, definition, String(name), rest.slice(0, -1).map(String), key, value);
  }
  return [...new Set([...counted.keys(), ...kept.keys()])]
    .sort()
    .flatMap((at) => findingOf(counted.get(at), kept.get(at)));
}

type Counted = {
  readonly contract: string;
  readonly total: string;
  readonly path: string;
  readonly counter: Counter;
  readonly empty: TotalValue["sums"];
};

function countRecord(
  counted: Map<string, Counted>,
  definition: ContractDefinition,
  record: string,
  key: readonly CborValue[],
  value: Uint8Array,
): void {
  const plans = plansOf(definition, record);
  const specification = definition.records[record];
  if (plans.length === 0 || specification === undefined) return;
  const row = { ...decodeKey(specification.key, key), ...decodeRecord(specification.fields, value).values };
  for (const plan of plans) {
    const contribution = contributionOf(plan, row, 1n);
    if (contribution === undefined) continue;
    for (let length = 0; length <= contribution.steps.length; length++) {
      const steps = contribution.steps.slice(0, length);
      const at = totalKey(definition.name, plan.name, steps, "now").text;
      const counter = contribute(counted.get(at)?.counter ?? emptyCounter(plan.empty), contribution, plan.empty);
      const { name: total, empty } = plan;
      counted.set(at, { contract: definition.name, total, path: steps.join("/"), counter, empty });
    }
  }
}

function noteKept(
  kept: Map<string, Counted>,
  definition: ContractDefinition,
  total: string,
  steps: readonly string[],
  key: Uint8Array,
  value: Uint8Array,
): void {
  const { since: _, ...counter } = decodeCounter(value);
  const empty = findPlan(definition, total)?.empty ?? {};
  kept.set(byteText(key), { contract: definition.name, total, path: steps.join("/"), counter, empty });
}

function findingOf(counted: Counted | undefined, kept: Counted | undefined): readonly TotalFinding[] {
  const either = counted ?? kept;
  if (either === undefined) return [];
  const nothing = emptyCounter(either.empty);
  const [left, right] = [counted?.counter ?? nothing, kept?.counter ?? nothing];
  if (equalBytes(encodeCounter(left, 1), encodeCounter(right, 1))) return [];
  const { contract, total, path } = either;
  return [{ contract, total, path, counted: left, kept: right }];
}
