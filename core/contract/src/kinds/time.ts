import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import type { Day, Time } from "../values.ts";
import { daysFromCivil } from "./civil.ts";
import { dayFromText, dayToText } from "./date.ts";
import { boundedInteger, integerFromCbor } from "./integer.ts";
import { compareScalars, type Kind } from "./kind.ts";

/** A moment: whole seconds since 1970 UTC, from the year 1 to the year 9999. */
export type TimeField = Field<Time> & { readonly kind: "time" };

/** What may be said about a {@link TimeField} beside its title. */
export type TimeOptions = Presentation & { check?(value: Time): boolean };

/** The forms of a {@link TimeField}. */
export const time: Kind<TimeField, Time> = {
  codec() {
    const check = (value: unknown): Time => boundedInteger(value, FIRST_SECOND, LAST_SECOND) as Time; // the one place that makes a Time
    return {
      encode: check,
      decode: (value) => check(integerFromCbor(value)),
      toJson: (value) => timeToText(check(value)),
      fromJson: (json) => check(timeFromText(json)),
      compare: compareScalars,
    };
  },
  schema: () => ({
    type: "string",
    format: "date-time",
    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
  }),
  columns: () => [{ suffix: "", type: "timestamptz" }],
};

const SECONDS_PER_DAY = 86_400n;
const FIRST_SECOND = daysFromCivil(1, 1, 1) * SECONDS_PER_DAY;
const LAST_SECOND = 253_402_300_799n; // FORMATS §1: seconds < 253402300800

/** `2026-11-21T04:30:00Z` (RFC 3339, UTC, whole seconds). */
export function timeToText(seconds: Time): string {
  const second = ((seconds % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY;
  const day = dayToText(((seconds - second) / SECONDS_PER_DAY) as Day); // midnight of the same day
  const two = (value: bigint): string => value.toString().padStart(2, "0");
  return `${day}T${two(second / 3600n)}:${two((second / 60n) % 60n)}:${two(second % 60n)}Z`;
}

/** Reads `2026-11-21T04:30:00Z`; no fractions, no other zone, no leap second. */
export function timeFromText(text: unknown): Time {
  const parts =
    typeof text === "string" ? /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)Z$/.exec(text) : null;
  if (parts === null) return malformed("must be a time such as 2026-11-21T04:30:00Z");
  const ofDay = BigInt(Number(parts[2]) * 3600 + Number(parts[3]) * 60 + Number(parts[4]));
  return (dayFromText(parts[1]) * SECONDS_PER_DAY + ofDay) as Time;
}
