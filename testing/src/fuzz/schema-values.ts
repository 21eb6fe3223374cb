import fc from "fast-check";
import type { RandomNumbers } from "../random.ts";

/** A JSON Schema as an OpenAPI document holds it. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
};

/** Finds the schema that a reference names. */
export type Resolve = (reference: string) => Schema;

/** Makes JSON texts of schemas: what they describe, and what they do not. */
export type SchemaValues = {
  /** A value of the schema. */
  readonly valid: (schema: Schema) => unknown;
  /** A value of the schema with one thing wrong, somewhere in it. */
  readonly invalid: (schema: Schema) => unknown;
  /** The JSON text of a value, with its numbers that no program can hold. */
  readonly text: (value: unknown) => string;
};

/** `known` are values that mean something on the ledger, by the pattern or the reference that they are of. */
export function schemaValues(
  resolve: Resolve,
  random: RandomNumbers,
  known: Readonly<Record<string, readonly unknown[]>>,
): SchemaValues {
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T; // no list is empty
  const ofPattern = cachedSamples();

  const valid = (given: Schema): unknown => {
    const named = known[given.$ref ?? ""];
    if (named !== undefined && random(4) > 0) return one(named);
    const schema = given.$ref === undefined ? given : resolve(given.$ref);
    if (schema.enum !== undefined) return one(schema.enum);
    if (schema.properties !== undefined) return validObject(schema);
    if (schema.type === "array") return validArray(schema);
    if (schema.type === "integer")
      return (schema.minimum ?? 0) + random((schema.maximum ?? 5) - (schema.minimum ?? 0) + 1);
    if (schema.type === "boolean") return random(2) === 0;
    return validText(schema);
  };
  const validObject = ({ properties = {}, required = [] }: Schema): object => {
    const members = Object.entries(properties).filter(([name]) => required.includes(name) || random(2) === 0);
    return Object.fromEntries(members.map(([name, member]) => [name, valid(member)]));
  };
  const validArray = ({ items = {}, minItems = 0, maxItems = 3 }: Schema): unknown[] =>
    Array.from({ length: minItems + random(Math.min(maxItems - minItems, 3) + 1) }, () => valid(items));
  const validText = ({ pattern, examples }: Schema): unknown => {
    if (examples !== undefined && random(4) > 0) return one(examples);
    if (pattern === undefined) return one(["", "x", "合同", "evidence", "😀 é"]);
    return one([...(known[pattern] ?? []), ...ofPattern(pattern)]);
  };

  const invalid = (given: Schema): unknown => {
    const schema = given.$ref === undefined ? given : resolve(given.$ref);
    const value = valid(schema);
    if (random(5) === 0) return one(WRONG)();
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return wrongObject(schema, value);
    if (Array.isArray(value)) return wrongArray(schema, value);
    return typeof value === "string" ? wrongText(value) : one(WRONG)();
  };
  const wrongObject = ({ properties = {} }: Schema, value: object): object => {
    const [name, member] = one(
      Object.entries(properties).length === 0 ? [["x", {}] as const] : Object.entries(properties),
    );
    const { [name]: _, ...rest } = value as Record<string, unknown>; // an object
    return one<() => object>([
      () => rest,
      () => ({ ...value, [one(["more", "__proto__x", "constructor", "toString", ""])]: one(WRONG)() }),
      () => ({ ...value, [name]: invalid(member) }),
      () => ({ ...value, [name]: invalid(member) }),
    ])();
  };
  const wrongArray = ({ items = {}, maxItems = 3 }: Schema, value: readonly unknown[]): unknown[] =>
    one<() => unknown[]>([
      () => [],
      () => Array.from({ length: maxItems + 1 }, () => valid(items)),
      () => Array.from({ length: 5000 }, () => value[0] ?? null),
      () => [...value.slice(1), invalid(items)],
      () => [...value.slice(1), invalid(items)],
    ])();
  const wrongText = (value: string): unknown =>
    one<() => unknown>([
      () => value.slice(0, -1),
      () => `${value}0`,
      () => value.toUpperCase(),
      () => `${value}\n`,
      () => ` ${value}`,
      () => value.repeat(1000),
      () => value.replace(/.$/u, "ｘ"),
      one(WRONG),
    ])();
  return { valid, invalid, text: (value) => JSON.stringify(value).replace(/"@raw ([^"]*)"/g, "$1") };
}

/** Stands in a JSON text as it is. */
const raw = (text: string): string => `@raw ${text}`;

/** What is wrong almost everywhere: other types, ends of ranges, odd characters, depth and length. */
const WRONG: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1.5,
  () => raw("1e400"),
  () => raw("-0"),
  () => raw("9007199254740993"),
  () => raw("9".repeat(400)),
  () => "",
  () => "\u0000",
  () => "\ud800",
  () => "e\u0301",
  () => "\u202e😀",
  () => "x".repeat(100_000),
  () => "9".repeat(79),
  () => "-0",
  () => "9999-99-99T99:99:99Z",
  () => "2026-02-30T00:00:00Z",
  () => `acta:party:${"q".repeat(58)}`,
  () => "A".repeat(43),
  () => [],
  () => [[]],
  () => ({}),
  () => ({ commitment: 1 }),
  () => ({ commitment: "ab".repeat(32), more: 1 }),
  () => raw(`${"[".repeat(5000)}${"]".repeat(5000)}`),
  () => raw(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`),
  () => raw('{"__proto__":{"commitment":"x"}}'),
  () => raw('{"constructor":{"prototype":1}}'),
];

/** A few texts of a pattern, made once. */
function cachedSamples(): (pattern: string) => readonly string[] {
  const made = new Map<string, readonly string[]>();
  return (pattern) => {
    const found = made.get(pattern) ?? fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 4, seed: 31 });
    made.set(pattern, found);
    return found;
  };
}
