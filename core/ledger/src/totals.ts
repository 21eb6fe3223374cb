import type { ContractDefinition, ErasedValues, TotalValue } from "@acta/contract";
import type { CallRun } from "./call-run.ts";
import { LedgerError } from "./error.ts";
import { ledgerRefusal } from "./refusal.ts";
import { type StateKey, totalKey } from "./state-key.ts";
import type { StateLayer, StateView } from "./state-layer.ts";
import {
  type Contribution,
  type Counter,
  contribute,
  decodeCounter,
  emptyCounter,
  encodeCounter,
  widestSum,
} from "./total-counter.ts";
import { contributionOf, findPlan, plansOf, type TotalPlan } from "./total-plan.ts";

/** The cell of what holds now; any other cell is the day on which it ceased to hold. */
export const NOW = "now";
const WIDEST = (1n << 256n) - 1n;

/**
 * Counts what a write changes: the difference between a record before and after it, key and fields together, undefined
 * where it is absent. No contract's code takes part, so none can get it wrong. `day` is asked where days are kept.
 */
export function countDifference(
  run: CallRun,
  definition: ContractDefinition,
  record: string,
  before: ErasedValues | undefined,
  after: ErasedValues | undefined,
  day: () => number,
): void {
  for (const plan of plansOf(definition, record)) {
    const today = plan.total.history && day();
    for (const { steps, contributions } of byPrefix(plan, before, after)) {
      const place = { contract: definition.name, total: plan.name, steps };
      const key = keyOf(place, NOW);
      const old = counterAt(run.layer, key);
      let counter = old ?? emptyCounter(plan.empty);
      for (const each of contributions) counter = contribute(counter, each, plan.empty);
      // Nobody should meet this; whoever sums numbers without bounds may.
      if ([counter, ...counter.split].some((tally) => widestSum(tally) > WIDEST)) {
        run.refuseWith(ledgerRefusal("total-too-large", { total: plan.name }));
      }
      if (today !== undefined) closeDay(run.layer, place, old, definition.version, today);
      writeCounter(run.layer, key, counter, definition.version, today);
    }
  }
}

/** The totals that an action declares, as its code reads them. */
export function openTotals(definition: ContractDefinition, names: readonly string[], run: CallRun) {
  const readers: Record<string, { at(path?: string): TotalValue }> = {};
  for (const name of names) {
    readers[name] = {
      at: (path = "") => {
        run.assertUnderWay();
        return shownOf(getPlan(definition, name), counterAt(run.layer, keyOf(placeOf(definition, name, path), NOW)));
      },
    };
  }
  return readers;
}

/** A total of a contract under one path. */
export type TotalPlace = { readonly contract: string; readonly total: string; readonly steps: readonly string[] };

/** What a change of a record contributes under each prefix of its path, before and after; nothing where that is the same. */
function byPrefix(plan: TotalPlan, before: ErasedValues | undefined, after: ErasedValues | undefined) {
  const removed = before && contributionOf(plan, before, -1n);
  const added = after && contributionOf(plan, after, 1n);
  const prefixes = new Map<string, { steps: readonly string[]; contributions: Contribution[] }>();
  for (const contribution of [removed, added]) {
    if (contribution === undefined) continue;
    for (let length = 0; length <= contribution.steps.length; length++) {
      const steps = contribution.steps.slice(0, length);
      const prefix = prefixes.get(steps.join("/")) ?? { steps, contributions: [] };
      prefix.contributions.push(contribution);
      prefixes.set(steps.join("/"), prefix);
    }
  }
  return prefixes.values();
}

/** Keeps what held until today, at the first change of the day. */
function closeDay(layer: StateLayer, place: TotalPlace, old: Counter | undefined, version: number, day: number): void {
  if (old?.since === undefined || old.since >= day) return;
  layer.hold(keyOf(place, day), { ...old, until: day }, (counter) => encodeCounter(counter, version));
}

function writeCounter(layer: StateLayer, key: StateKey, counter: Counter, version: number, day?: number): void {
  // Where days are kept it stays when it counts nothing too: it leads to the days before.
  if (day === undefined && counter.count === 0n) layer.put(key, null);
  else
    layer.hold(key, day === undefined ? counter : { ...counter, since: day }, (held) => encodeCounter(held, version));
}

function counterAt(view: StateView, key: StateKey): Counter | undefined {
  const held = view.held?.(key);
  if (held !== undefined) return held as Counter; // nothing else is held under the key of a total
  const value = view.get(key);
  return value && decodeCounter(value);
}

/** What a counter says to contracts and readers; where there is none, nothing is counted. */
export function shownOf({ empty }: TotalPlan, counter: Counter | undefined): TotalValue {
  const { count, sums, split } = counter ?? emptyCounter(empty);
  return { count, sums, split };
}

/** The place of a path such as `44/03`; empty for the whole. */
export function placeOf({ name: contract }: ContractDefinition, total: string, path: string): TotalPlace {
  return { contract, total, steps: path === "" ? [] : path.split("/") };
}

/** The key of a total in one of its cells. */
export const keyOf = ({ contract, total, steps }: TotalPlace, cell: string | number): StateKey =>
  totalKey(contract, total, steps, cell);

/** The plan of a total; throws LedgerError `wrong-use` where the contract has none of that name. */
export function getPlan(definition: ContractDefinition, name: string): TotalPlan {
  const plan = findPlan(definition, name);
  if (plan !== undefined) return plan;
  throw new LedgerError("wrong-use", `Contract ${definition.name} has no total named ${name}.`);
}
