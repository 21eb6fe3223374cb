import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import type { Day } from "../values.ts";
import { civilFromDays, daysFromCivil, isCivil } from "./civil.ts";
import { boundedInteger, integerFromCbor } from "./integer.ts";
import { compareScalars, type Kind } from "./kind.ts";

/** A civil date of the ledger's zone, from the year 1 to the year 9999; another kind than a time. */
export type DateField = Field<Day> & { readonly kind: "date" };

/** What may be said about a {@link DateField} beside its title. */
export type DateOptions = Presentation & { check?(value: Day): boolean };

/** The forms of a {@link DateField}. */
export const date: Kind<DateField, Day> = {
  codec() {
    const check = (value: unknown): Day => boundedInteger(value, FIRST_DAY, LAST_DAY) as Day; // the one place that makes a Day
    return {
      encode: check,
      decode: (value) => check(integerFromCbor(value)),
      toJson: (value) => dayToText(check(value)),
      fromJson: dayFromText,
      compare: compareScalars,
    };
  },
  schema: () => ({ type: "string", format: "date" }),
  columns: () => [{ suffix: "", type: "date" }],
};

const FIRST_DAY = daysFromCivil(1, 1, 1);
const LAST_DAY = daysFromCivil(9999, 12, 31);

/** `2026-11-21`. */
export function dayToText(day: Day): string {
  const { year, month, day: dayOfMonth } = civilFromDays(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}

/** Reads `2026-11-21`; refuses days that no calendar has. */
export function dayFromText(text: unknown): Day {
  const parts = typeof text === "string" ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : null;
  if (parts === null) return malformed("must be a date such as 2026-11-21");
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return isCivil(year, month, day) ? (daysFromCivil(year, month, day) as Day) : malformed("is no day of the calendar");
}
