import type { ContractDefinition } from "./contract.ts";
import { malformed } from "./error.ts";
import type { AnyField } from "./field.ts";
import { throughOptional } from "./fields-within.ts";
import { type DecimalField, decimalPattern, decimalToText } from "./kinds/decimal.ts";
import type { Json, JsonSchema } from "./kinds/kind.ts";
import { CURRENCY_DIGITS } from "./kinds/money.ts";
import type { Tally, TotalSum, TotalValue } from "./total.ts";

/**
 * A total as JSON: `{"count": "12", "sums": {"dues": {"CNY": "900.00"}}, "split": [{"values": ["full"], "count": …}]}`.
 * Counts and sums are decimal strings: a sum of decimals with its places, of money by currency with that one's digits.
 */
export function totalToJson(definition: ContractDefinition, name: string, value: TotalValue): TotalJson {
  const fields = summedFields(definition, name);
  return {
    ...tallyToJson(fields, value),
    split: value.split.map(({ values, ...tally }) => ({ values, ...tallyToJson(fields, tally) })),
  };
}

/** The JSON Schema of {@link totalToJson}. */
export function totalSchema(definition: ContractDefinition, name: string): JsonSchema {
  const sums = Object.entries(summedFields(definition, name)).map(([field, kind]) => [field, sumSchema(kind)] as const);
  const tally = { count: COUNT, sums: members(Object.fromEntries(sums)) };
  const values = { type: "array", items: { type: ["string", "boolean", "null"] } };
  return members({ ...tally, split: { type: "array", items: members({ values, ...tally }) } });
}

type TallyJson = { readonly count: string; readonly sums: Readonly<Record<string, Json>> };
type TotalJson = TallyJson & { readonly split: readonly (TallyJson & { readonly values: readonly Json[] })[] };
type SummedFields = Readonly<Record<string, AnyField>>;

function summedFields({ totals, records }: ContractDefinition, name: string): SummedFields {
  const { of, sum = [] } =
    (Object.hasOwn(totals, name) ? totals[name] : undefined) ?? malformed(`has no total ${name}`);
  const fields: SummedFields = { ...records[of]?.key, ...records[of]?.fields };
  // The definition was held to it: what is summed is there.
  return Object.fromEntries(sum.map((field) => [field, throughOptional(fields[field] as AnyField)]));
}

function tallyToJson(fields: SummedFields, { count, sums }: Tally): TallyJson {
  const texts = Object.entries(sums).map(([field, sum]) => [field, sumToJson(sum, scaleOf(fields[field]))]);
  return { count: count.toString(), sums: Object.fromEntries(texts) };
}

function sumToJson(sum: TotalSum, scale: number): Json {
  if (typeof sum === "bigint") return decimalToText(sum, scale);
  const amounts = Object.entries(sum).map(([currency, units]) => [
    currency,
    decimalToText(units, CURRENCY_DIGITS.get(currency) ?? 0),
  ]);
  return Object.fromEntries(amounts);
}

function sumSchema(field: AnyField): JsonSchema {
  if (field.kind !== "money") return { type: "string", pattern: decimalPattern(scaleOf(field)) };
  return { type: "object", description: "By currency.", additionalProperties: { type: "string" } };
}

/** Places of a sum's text: those of a decimal, none of an integer. */
function scaleOf(field: AnyField | undefined): number {
  return field?.kind === "decimal" ? (field as DecimalField).scale : 0; // its kind says so
}

const COUNT = { type: "string", pattern: "^(?:0|[1-9][0-9]*)$" };

function members(properties: JsonSchema): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties) };
}
