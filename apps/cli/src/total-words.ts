import { type ContractDefinition, type Json, type TotalValue, totalToJson } from "@acta/contract";

/**
 * A total in words, one line for the whole and one for each cell of its split: `12; dues 900.00 CNY; hours 33.5`.
 *
 * Without its contract amounts are in the smallest units, as the ledger keeps them.
 */
export function totalLines(
  definition: ContractDefinition | undefined,
  name: string,
  value: TotalValue,
): readonly string[] {
  const total = definition && Object.hasOwn(definition.totals, name) ? definition.totals[name] : undefined;
  const json: Shown = definition && total ? totalToJson(definition, name, value) : plain(value);
  const split = total?.split ?? [];
  return [
    tallyLine(json),
    ...json.split.map((cell) => {
      const values = cell.values.map((each, index) => [split[index], each ?? "—"].filter(Boolean).join(" "));
      return `${values.join(", ")}: ${tallyLine(cell)}`;
    }),
  ];
}

type ShownTally = { readonly count: string; readonly sums: Readonly<Record<string, Json>> };
type Shown = ShownTally & { readonly split: readonly (ShownTally & { readonly values: readonly Json[] })[] };

function tallyLine({ count, sums }: ShownTally): string {
  return [count, ...Object.entries(sums).map(([field, sum]) => `${field} ${sumText(sum)}`)].join("; ");
}

function sumText(sum: Json): string {
  if (typeof sum !== "object" || sum === null) return String(sum);
  const amounts = Object.entries(sum).map(([currency, amount]) => `${amount} ${currency}`);
  return amounts.length === 0 ? "0" : amounts.join(", ");
}

function plain({ count, sums, split }: TotalValue): Shown {
  const tally = (of: Pick<TotalValue, "count" | "sums">): ShownTally => ({
    count: of.count.toString(),
    sums: JSON.parse(JSON.stringify(of.sums, (_, part) => (typeof part === "bigint" ? part.toString() : part))),
  });
  return { ...tally({ count, sums }), split: split.map(({ values, ...cell }) => ({ values, ...tally(cell) })) };
}
