import type { ContractDraft } from "./contract.ts";
import { illDefined } from "./error.ts";
import type { AnyField } from "./field.ts";
import { throughOptional } from "./fields-within.ts";
import type { ChoiceField } from "./kinds/choice.ts";
import type { Total } from "./total.ts";

const MOST_CELLS = 64;

/** Holds a total to the record that it counts: its path, its split, its sums and its conditions. */
export function checkTotal({ records }: ContractDraft, name: string, total: Total): void {
  const path = ["totals", name];
  const record =
    (Object.hasOwn(records, total.of) ? records[total.of] : undefined) ??
    illDefined([...path, "of"], `There is no record ${total.of}.`);
  const fields: Readonly<Record<string, AnyField>> = { ...record.key, ...record.fields };
  const find = (at: string, field: string): AnyField =>
    Object.hasOwn(fields, field)
      ? (fields[field] as AnyField)
      : illDefined([...path, at], `There is no field ${field}.`);

  if (find("by", total.by).kind !== "path") illDefined([...path, "by"], `${total.by} is no path that is always there.`);
  for (const field of total.sum ?? []) {
    if (!SUMMED.has(throughOptional(find("sum", field)).kind)) illDefined([...path, "sum"], `${field} is no number.`);
  }
  const cells = (total.split ?? []).map((field) => wordsOf(path, "split", field, find("split", field)).length);
  if (cells.reduce((product, count) => product * count, 1) > MOST_CELLS) {
    illDefined([...path, "split"], `It has more than ${MOST_CELLS} cells.`);
  }
  for (const [field, words] of Object.entries(total.where ?? {})) {
    const known = wordsOf(path, "where", field, find("where", field));
    const unknown = words.find((word) => !known.includes(word));
    if (unknown !== undefined) illDefined([...path, "where", field], `${unknown} is none of its values.`);
  }
}

const SUMMED: ReadonlySet<string> = new Set(["integer", "decimal", "money"]);

/** The values that a field has, one more where it may be absent. */
function wordsOf(path: readonly string[], at: string, name: string, declared: AnyField): readonly (string | null)[] {
  const field = throughOptional(declared);
  const absent = declared.kind === "optional" ? [null] : [];
  if (field.kind === "flag") return ["true", "false", ...absent];
  if (field.kind === "choice") return [...(field as ChoiceField).of, ...absent]; // its kind says so
  return illDefined([...path, at], `${name} is no choice and no flag.`);
}
