import type { CborValue } from "@acta/bytes";
import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import type { Money } from "../values.ts";
import { decimalFromText, decimalToText } from "./decimal.ts";
import { boundedInteger, integerFromCbor, MAX_INTEGER } from "./integer.ts";
import { compareScalars, type Kind } from "./kind.ts";
import { asMap, asObject } from "./members.ts";

/** An amount with its currency; where `currency` is given, no other is accepted. Bounds are in the smallest unit. */
export type MoneyField = Field<Money> & {
  readonly kind: "money";
  readonly currency?: string;
  readonly min?: bigint;
  readonly max?: bigint;
};

/** What may be said about a {@link MoneyField} beside its title. */
export type MoneyOptions = Presentation & {
  readonly currency?: string;
  readonly min?: bigint;
  readonly max?: bigint;
  check?(value: Money): boolean;
};

/** The forms of a {@link MoneyField}. */
export const money: Kind<MoneyField, Money> = {
  codec({ currency, min = -MAX_INTEGER, max = MAX_INTEGER }) {
    const check = (amount: unknown, of: unknown): Money => {
      if (typeof of !== "string" || !CURRENCY_DIGITS.has(of)) return malformed("must name a known currency (ISO 4217)");
      if (currency !== undefined && of !== currency) return malformed(`must be in ${currency}`);
      return { amount: boundedInteger(amount, min, max), currency: of };
    };
    const checkMembers = (value: unknown): Money => {
      const members = asObject(value, MEMBERS);
      return check(members.amount, members.currency);
    };
    return {
      encode(value) {
        const { amount, currency } = checkMembers(value);
        return new Map<string, CborValue>([["amount", amount], ["currency", currency]]); // biome-ignore format: a map
      },
      decode(value) {
        const members = asMap(value, MEMBERS);
        return check(integerFromCbor(members.get("amount") ?? null), members.get("currency"));
      },
      toJson(value) {
        const { amount, currency } = checkMembers(value);
        return { amount: decimalToText(amount, digitsOf(currency)), currency };
      },
      fromJson(json) {
        const { amount, currency } = asObject(json, MEMBERS);
        if (typeof currency !== "string" || !CURRENCY_DIGITS.has(currency))
          return malformed("must name a known currency (ISO 4217)");
        return check(decimalFromText(amount, digitsOf(currency)), currency);
      },
      compare: (left, right) =>
        compareScalars(left.currency, right.currency) || compareScalars(left.amount, right.amount),
    };
  },
  schema: ({ currency }) => ({
    type: "object",
    properties: {
      amount: { type: "string", pattern: "^-?(?:0|[1-9][0-9]{0,77})(?:\\.[0-9]{1,4})?$" },
      currency: currency === undefined ? { enum: [...CURRENCY_DIGITS.keys()] } : { const: currency },
    },
    required: MEMBERS,
    additionalProperties: false,
  }),
  columns: () => [
    { suffix: "_amount", type: "numeric" },
    { suffix: "_currency", type: "text" },
  ],
};

const MEMBERS = ["amount", "currency"] as const;

/** How many decimal places the currencies that may be used have (ISO 4217, list one). */
export const CURRENCY_DIGITS: ReadonlyMap<string, number> = new Map([
  ["AED", 2], ["AUD", 2], ["BHD", 3], ["BRL", 2], ["CAD", 2], ["CHF", 2], ["CNY", 2], ["EUR", 2], ["GBP", 2],
  ["HKD", 2], ["IDR", 2], ["INR", 2], ["JPY", 0], ["KRW", 0], ["KWD", 3], ["KZT", 2], ["MOP", 2], ["MYR", 2],
  ["NOK", 2], ["NZD", 2], ["PHP", 2], ["RUB", 2], ["SAR", 2], ["SEK", 2], ["SGD", 2], ["THB", 2], ["TWD", 2],
  ["USD", 2], ["VND", 0], ["ZAR", 2],
]); // biome-ignore format: a table

function digitsOf(currency: string): number {
  return CURRENCY_DIGITS.get(currency) ?? malformed("must name a known currency (ISO 4217)");
}
