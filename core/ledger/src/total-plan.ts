import type { CellValues, ContractDefinition, ErasedValues, Money, Tally, Total, TotalSum } from "@acta/contract";
import type { Contribution } from "./total-counter.ts";

/** A total of a contract, read once: what a record contributes, and where. */
export type TotalPlan = {
  readonly name: string;
  readonly total: Total;
  /** The sums of no record. */
  readonly empty: Tally["sums"];
};

/** The totals that count records of this name; none for most. */
export function plansOf(definition: ContractDefinition, record: string): readonly TotalPlan[] {
  const known = plans.get(definition) ?? planAll(definition);
  plans.set(definition, known);
  return known.get(record) ?? NONE;
}

/** The plan of a total by its name. */
export function findPlan(definition: ContractDefinition, name: string): TotalPlan | undefined {
  const total = Object.hasOwn(definition.totals, name) ? definition.totals[name] : undefined;
  return total && plansOf(definition, total.of).find((plan) => plan.name === name);
}

/** Where a record counts and what it contributes; undefined where the total does not ask for it. */
export function contributionOf(
  { total }: TotalPlan,
  row: ErasedValues,
  sign: Contribution["sign"],
): (Contribution & { readonly steps: readonly string[] }) | undefined {
  for (const [field, words] of Object.entries(total.where ?? {})) {
    if (row[field] === undefined || !words.includes(String(row[field]))) return undefined;
  }
  const amounts: Record<string, bigint | Money> = {};
  for (const field of total.sum ?? []) {
    const amount = row[field] as bigint | Money | undefined; // the definition was held to it
    if (amount !== undefined) amounts[field] = amount;
  }
  const values = (total.split ?? []).map((field) => row[field] ?? null) as CellValues; // choices and flags alone
  return { sign, values, amounts, steps: String(row[total.by]).split("/") };
}

const NONE: readonly TotalPlan[] = [];
const plans = new WeakMap<ContractDefinition, ReadonlyMap<string, readonly TotalPlan[]>>();

function planAll(definition: ContractDefinition): ReadonlyMap<string, readonly TotalPlan[]> {
  const found = new Map<string, TotalPlan[]>();
  for (const [name, total] of Object.entries(definition.totals)) {
    const plan = { name, total, empty: emptySums(definition, total) };
    found.set(total.of, [...(found.get(total.of) ?? []), plan]);
  }
  return found;
}

function emptySums({ records }: ContractDefinition, { of, sum = [] }: Total): Tally["sums"] {
  const fields = { ...records[of]?.key, ...records[of]?.fields };
  const isMoney = (field: string): boolean => {
    const declared = fields[field] as { readonly kind: string; readonly of?: { readonly kind: string } } | undefined;
    return (declared?.kind === "optional" ? declared.of : declared)?.kind === "money";
  };
  return Object.fromEntries(sum.map((field): [string, TotalSum] => [field, isMoney(field) ? {} : 0n]));
}
