import { type CborMap, type CborValue, fromObject } from "@acta/bytes";
import type { Action } from "./action.ts";
import type { ContractDefinition } from "./contract.ts";
import { ContractError } from "./error.ts";
import type { AnyField, Shape } from "./field.ts";
import type { Json } from "./kinds/kind.ts";
import { isObject } from "./kinds/members.ts";
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

/** The format of manifests that is written, and the only one that is read. */
export const FORMAT = 1;

function recordToCbor({ title, key, fields, history }: RecordSpecification): CborValue {
  return fromObject({ title, key: shapeToCbor(key), fields: shapeToCbor(fields), history });
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

function shapeToCbor(shape: Shape): CborValue {
  return pairs(shape, fieldToCbor);
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

/** Whether a parameter of a field is a field itself. */
export function isField(value: unknown): value is AnyField {
  return isObject(value) && typeof value["kind"] === "string" && typeof value["title"] === "string";
}

/** Plain data to CBOR; whatever is not data is a mistake in the definition. */
export function plainToCbor(value: unknown): CborValue {
  if (Array.isArray(value)) return value.map(plainToCbor);
  if (isObject(value) && !(value instanceof Uint8Array)) {
    const present = Object.entries(value).filter(([, member]) => member !== undefined);
    return new Map(present.map(([name, member]) => [name, plainToCbor(member)]));
  }
  if (typeof value === "function" || value === undefined) return wrong("It holds something that is not data.");
  return value as CborValue; // a scalar; `encode` refuses what CBOR does not hold
}

function plainToJson(value: unknown): Json {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "function") return value.name;
  if (Array.isArray(value)) return value.map(plainToJson);
  if (!isObject(value)) return value as Json; // text, number, true, false or null
  const members = Object.entries(value).filter(([name, member]) => name !== "apply" && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plainToJson(member)]));
}

function pairs<T>(members: Readonly<Record<string, T>>, form: (value: T) => CborValue): CborValue {
  return Object.entries(members).map(([name, value]) => [name, form(value)]);
}

/** Refuses a manifest. */
export function wrong(reason: string): never {
  throw new ContractError("malformed-manifest", [], reason);
}
