import { type CborMap, type CborValue, encode, equalBytes, fromObject, isArray, isMap } from "@acta/bytes";
import type { Action } from "./action.ts";
import type { ContractDefinition } from "./contract.ts";
import { completeDefinition } from "./definition.ts";
import { ContractError } from "./error.ts";
import type { AnyField, Shape } from "./field.ts";
import type { Json } from "./kinds/kind.ts";
import { isObject } from "./kinds/members.ts";
import type { Once } from "./once.ts";
import type { RecordSpecification } from "./record.ts";

/**
 * All of a contract that is data, as one canonical CBOR map. What has an order that matters (fields, records, actions,
 * refusals, roles) is an array of [name, value]; functions are absent, and a field's check stands by its name. Members
 * that came to the language later stand only where they are used, so that no earlier contract has another hash.
 */
export function manifestOf(contract: ContractDefinition): CborMap {
  const { name, version, title, roles, records, actions, totals, facets, uses, scopes } = contract;
  return fromObject({
    ...present({ uses: uses && plainToCbor(uses), scopes: scopes && pairs(scopes, ({ title }) => title) }),
    format: FORMAT,
    name,
    version,
    title,
    roles: pairs(roles, (sentence) => sentence),
    records: pairs(records, recordToCbor),
    actions: pairs(actions, actionToCbor),
    totals: pairs(totals, plainToCbor),
    facets: pairs(facets, plainToCbor),
  });
}

/** The functions that a manifest names but does not hold. */
export type ManifestCode = {
  readonly apply: Readonly<Record<string, Action["apply"]>>;
  readonly checks?: Readonly<Record<string, (value: never) => boolean>>;
};

/**
 * The contract of a manifest, given its functions by name. Throws ContractError malformed-manifest or
 * malformed-definition; also where the manifest holds anything that the contract's own manifest would not.
 */
export function contractFromManifest(manifest: CborValue, code: ManifestCode): ContractDefinition {
  const contract = contractOrRefusal(manifest, code);
  if (!equalBytes(encode(manifestOf(contract)), encode(manifest)))
    return wrong("It holds something that a manifest of this contract does not.");
  return contract;
}

function contractOrRefusal(manifest: CborValue, code: ManifestCode): ContractDefinition {
  try {
    return contractOf(manifest, code);
  } catch (error) {
    if (error instanceof ContractError) throw error;
    // Definitions are typed, data is not: what trips over a member that is missing or of another type is at no fault.
    return wrong("Something in it is missing or of the wrong type.");
  }
}

function contractOf(manifest: CborValue, code: ManifestCode): ContractDefinition {
  const members = mapOf(manifest, "A manifest");
  if (members.get("format") !== FORMAT) return wrong("It is not of a format that is known here.");
  return completeDefinition({
    name: textOf(members.get("name")),
    version: numberOf(members.get("version")),
    title: textOf(members.get("title")),
    roles: fromPairs(members.get("roles"), textOf),
    records: fromPairs(members.get("records"), (value) => recordFromCbor(value, code)),
    actions: fromPairs(members.get("actions"), (value, name) => actionFromCbor(value, name, code)),
    // Data that patterns and the ledger's totals wrote, handed back as it was.
    totals: fromPairs(members.get("totals"), plainFromCbor) as ContractDefinition["totals"],
    facets: fromPairs(members.get("facets"), plainFromCbor),
    ...(members.has("scopes") ? { scopes: fromPairs(members.get("scopes"), textOf) } : {}),
    ...(members.has("uses") ? { uses: mapFromCbor(members.get("uses"), numberOf) } : {}),
  });
}

/** The manifest as JSON for pages and programs: objects keep the order of the definition, bigints are decimal strings. */
export function manifestToJson(contract: ContractDefinition): Json {
  const { records, actions, scopes, ...rest } = contract;
  return plainToJson({
    format: FORMAT,
    ...rest,
    ...(scopes === undefined ? {} : { scopes: unreferred(scopes) }),
    records: unreferred(records),
    actions: unreferred(actions),
  });
}

/** Without the references, which repeat the names of what they stand in. */
function unreferred(members: Readonly<Record<string, { readonly reference: object }>>): object {
  return Object.fromEntries(Object.entries(members).map(([name, { reference: _, ...member }]) => [name, member]));
}

const FORMAT = 1;

function recordToCbor({ title, key, fields, history }: RecordSpecification): CborValue {
  return fromObject({ title, key: shapeToCbor(key), fields: shapeToCbor(fields), history });
}

function recordFromCbor(value: CborValue, code: ManifestCode): RecordSpecification {
  const members = mapOf(value, "A record");
  return {
    title: textOf(members.get("title")),
    key: shapeFromCbor(members.get("key"), code),
    fields: shapeFromCbor(members.get("fields"), code),
    history: members.get("history") === true,
  };
}

function actionToCbor({ title, input, allow, refusals, calls, reads, schedules, totals, once }: Action): CborValue {
  return fromObject({
    title,
    input: shapeToCbor(input),
    allow: plainToCbor(allow),
    refusals: pairs(refusals, (sentence) => sentence),
    calls,
    ...present({ reads: reads && plainToCbor(reads), schedules, totals, once: once && plainToCbor(once) }),
  });
}

/** The members that are there. */
function present(members: Readonly<Record<string, CborValue | undefined>>): Readonly<Record<string, CborValue>> {
  const entries = Object.entries(members).filter((entry): entry is [string, CborValue] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

function actionFromCbor(value: CborValue, name: string, code: ManifestCode): Action {
  const members = mapOf(value, "An action");
  const apply = Object.hasOwn(code.apply, name) ? code.apply[name] : undefined;
  return {
    title: textOf(members.get("title")),
    input: shapeFromCbor(members.get("input"), code),
    // The form of rules is checked when the definition is completed.
    allow: plainFromCbor(members.get("allow") ?? null) as Action["allow"],
    refusals: fromPairs(members.get("refusals"), textOf),
    calls: arrayOf(members.get("calls")).map(textOf),
    ...(members.has("reads") ? { reads: mapFromCbor(members.get("reads"), textOf) } : {}),
    ...(members.has("schedules") ? { schedules: arrayOf(members.get("schedules")).map(textOf) } : {}),
    ...(members.has("totals") ? { totals: arrayOf(members.get("totals")).map(textOf) } : {}),
    ...(members.has("once") ? { once: arrayOf(members.get("once")).map(onceFromCbor) } : {}),
    apply: apply ?? wrong(`There is no code for the action ${name}.`),
  };
}

function onceFromCbor(value: CborValue): Once {
  const members = mapOf(value, "What is used once");
  return { scope: textOf(members.get("scope")), key: arrayOf(members.get("key")).map(textOf) };
}

function shapeToCbor(shape: Shape): CborValue {
  return pairs(shape, fieldToCbor);
}

function shapeFromCbor(value: CborValue | undefined, code: ManifestCode): Shape {
  return fromPairs(value, (field) => fieldFromCbor(field, code));
}

function fieldToCbor(field: AnyField): CborValue {
  const parameters = Object.entries<unknown>(field).flatMap(([name, value]): [string, CborValue][] => {
    if (value === undefined) return [];
    if (name === "check") return [[name, (value as () => unknown).name]];
    if (name === "fields") return [[name, shapeToCbor(value as Shape)]]; // of a group
    return [[name, isField(value) ? fieldToCbor(value) : plainToCbor(value)]];
  });
  return new Map(parameters);
}

function fieldFromCbor(value: CborValue, code: ManifestCode): AnyField {
  const entries = [...mapOf(value, "A field")].map(([name, parameter]): [string, unknown] => {
    if (name === "check") return [name, checkNamed(textOf(parameter), code)];
    if (name === "fields") return [name, shapeFromCbor(parameter, code)];
    if (isMap(parameter) && parameter.has("kind")) return [String(name), fieldFromCbor(parameter, code)];
    return [String(name), plainFromCbor(parameter)];
  });
  const field = Object.fromEntries(entries) as AnyField; // its kind and parameters are checked when the definition is completed
  return COUNTS_BIG.has(field.kind) ? withBigBounds(field) : field;
}

/** Kinds whose bounds are bigint in a definition; CBOR does not tell 1n from 1. */
const COUNTS_BIG: ReadonlySet<string> = new Set(["integer", "decimal", "money"]);

function withBigBounds(field: AnyField & { readonly min?: unknown; readonly max?: unknown }): AnyField {
  const bound = (name: "min" | "max"): object => {
    const value = field[name];
    return typeof value === "number" ? { [name]: BigInt(value) } : {};
  };
  return { ...field, ...bound("min"), ...bound("max") };
}

function checkNamed(name: string, code: ManifestCode): (value: never) => boolean {
  const checks = code.checks ?? {};
  return (Object.hasOwn(checks, name) ? checks[name] : undefined) ?? wrong(`There is no code for the check ${name}.`);
}

function isField(value: unknown): value is AnyField {
  return isObject(value) && typeof value["kind"] === "string" && typeof value["title"] === "string";
}

/** Plain data to CBOR; whatever is not data is a mistake in the definition. */
function plainToCbor(value: unknown): CborValue {
  if (Array.isArray(value)) return value.map(plainToCbor);
  if (isObject(value) && !(value instanceof Uint8Array)) {
    const present = Object.entries(value).filter(([, member]) => member !== undefined);
    return new Map(present.map(([name, member]) => [name, plainToCbor(member)]));
  }
  if (typeof value === "function" || value === undefined) return wrong("It holds something that is not data.");
  return value as CborValue; // a scalar; `encode` refuses what CBOR does not hold
}

function plainFromCbor(value: CborValue): unknown {
  if (isArray(value)) return value.map(plainFromCbor);
  if (!isMap(value)) return value;
  return Object.fromEntries([...value].map(([name, member]) => [String(name), plainFromCbor(member)]));
}

function plainToJson(value: unknown): Json {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "function") return value.name;
  if (Array.isArray(value)) return value.map(plainToJson);
  if (!isObject(value)) return value as Json; // text, number, true, false or null
  const members = Object.entries(value).filter(([name, member]) => name !== "apply" && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plainToJson(member)]));
}

function mapFromCbor<T>(
  value: CborValue | undefined,
  form: (value: CborValue | undefined) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    [...mapOf(value, "What it refers to")].map(([name, member]) => [String(name), form(member)]),
  );
}

function pairs<T>(members: Readonly<Record<string, T>>, form: (value: T) => CborValue): CborValue {
  return Object.entries(members).map(([name, value]) => [name, form(value)]);
}

function fromPairs<T>(
  value: CborValue | undefined,
  form: (value: CborValue, name: string) => T,
): Readonly<Record<string, T>> {
  const entries = arrayOf(value).map((pair): [string, T] => {
    const [name, member] = arrayOf(pair);
    return member === undefined ? wrong("It lacks the value of a name.") : [textOf(name), form(member, textOf(name))];
  });
  const named = Object.fromEntries(entries);
  return Object.keys(named).length === entries.length ? named : wrong("It has a name twice.");
}

function mapOf(value: CborValue | undefined, what: string): CborMap {
  return value !== undefined && isMap(value) ? value : wrong(`${what} must be a map.`);
}

function arrayOf(value: CborValue | undefined): readonly CborValue[] {
  return value !== undefined && isArray(value) ? value : wrong("It must have an array here.");
}

function textOf(value: CborValue | undefined): string {
  return typeof value === "string" ? value : wrong("It must have text here.");
}

function numberOf(value: CborValue | undefined): number {
  return typeof value === "number" ? value : wrong("It must have a number here.");
}

function wrong(reason: string): never {
  throw new ContractError("malformed-manifest", [], reason);
}
