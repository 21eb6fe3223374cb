import { type CborMap, type CborValue, encode, equalBytes, isArray, isMap } from "@acta/bytes";
import type { Action } from "./action.ts";
import type { ContractDefinition } from "./contract.ts";
import { completeDefinition } from "./definition.ts";
import { ContractError } from "./error.ts";
import type { AnyField, Shape } from "./field.ts";
import { FORMAT, isField, manifestOf, wrong } from "./manifest.ts";
import type { Once } from "./once.ts";
import type { RecordSpecification } from "./record.ts";

/** The functions that a manifest names but does not hold. */
export type ManifestCode = {
  readonly apply: Readonly<Record<string, Action["apply"]>>;
  readonly checks?: Readonly<Record<string, Check>>;
};

/**
 * The contract of a manifest, given its functions by name. Throws ContractError malformed-manifest or
 * malformed-definition; also where the manifest holds anything that the contract's own manifest would not.
 */
export function contractFromManifest(manifest: CborValue, code: ManifestCode): ContractDefinition {
  const { apply, checks = {} } = code;
  return contractWith(manifest, {
    apply: (action) => (Object.hasOwn(apply, action) ? apply[action] : undefined),
    check: (name) => (Object.hasOwn(checks, name) ? checks[name] : undefined),
  });
}

/**
 * The contract that a manifest describes, to be read and compared and never run: its actions throw, its checks let
 * everything pass. Throws as {@link contractFromManifest} does.
 */
export function describedContract(manifest: CborValue): ContractDefinition {
  return contractWith(manifest, {
    apply: (action) => () => wrong(`There is no code for the action ${action}.`),
    // A manifest has a check by its function's name.
    check: (name) => Object.defineProperty(() => true, "name", { value: name }),
  });
}

/** The functions of a contract by name: what {@link contractFromManifest} asks for. */
export function codeOf({ actions, records }: ContractDefinition): ManifestCode {
  const shapes = Object.values(records).flatMap(({ key, fields }) => [key, fields]);
  const inputs = Object.values(actions).map(({ input }) => input);
  const checks = [...shapes, ...inputs].flatMap((shape) => Object.values(shape).flatMap(checksWithin));
  return {
    apply: Object.fromEntries(Object.entries(actions).map(([name, { apply }]) => [name, apply])),
    checks: Object.fromEntries(checks.map((check) => [check.name, check])),
  };
}

type Check = (value: never) => boolean;

/** The checks of a field and of all fields inside it. */
function checksWithin(field: AnyField): readonly Check[] {
  const own = field.check === undefined ? [] : [field.check];
  const inner = Object.entries<unknown>(field).flatMap(([name, value]) => {
    if (name === "fields") return Object.values(value as Shape); // of a group
    return isField(value) ? [value] : [];
  });
  return [...own, ...inner.flatMap(checksWithin)];
}

/** Where a contract's functions come from; undefined where there is none of that name. */
type Functions = {
  apply(action: string): Action["apply"] | undefined;
  check(name: string): Check | undefined;
};

function contractWith(manifest: CborValue, code: Functions): ContractDefinition {
  const contract = contractOrRefusal(manifest, code);
  if (!equalBytes(encode(manifestOf(contract)), encode(manifest)))
    return wrong("It holds something that a manifest of this contract does not.");
  return contract;
}

function contractOrRefusal(manifest: CborValue, code: Functions): ContractDefinition {
  try {
    return contractOf(manifest, code);
  } catch (error) {
    if (error instanceof ContractError) throw error;
    // Definitions are typed, data is not: what trips over a member that is missing or of another type is at no fault.
    return wrong("Something in it is missing or of the wrong type.");
  }
}

function contractOf(manifest: CborValue, code: Functions): ContractDefinition {
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

function recordFromCbor(value: CborValue, code: Functions): RecordSpecification {
  const members = mapOf(value, "A record");
  return {
    title: textOf(members.get("title")),
    key: shapeFromCbor(members.get("key"), code),
    fields: shapeFromCbor(members.get("fields"), code),
    history: members.get("history") === true,
  };
}

function actionFromCbor(value: CborValue, name: string, code: Functions): Action {
  const members = mapOf(value, "An action");
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
    apply: code.apply(name) ?? wrong(`There is no code for the action ${name}.`),
  };
}

function onceFromCbor(value: CborValue): Once {
  const members = mapOf(value, "What is used once");
  const names = (member: string) => arrayOf(members.get(member)).map(textOf);
  return {
    scope: textOf(members.get("scope")),
    key: names("key"),
    ...(members.has("office") ? { office: textOf(members.get("office")) } : {}),
    ...(members.has("within") ? { within: names("within") } : {}),
  };
}

function shapeFromCbor(value: CborValue | undefined, code: Functions): Shape {
  return fromPairs(value, (field) => fieldFromCbor(field, code));
}

function fieldFromCbor(value: CborValue, code: Functions): AnyField {
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

function checkNamed(name: string, code: Functions): Check {
  return code.check(name) ?? wrong(`There is no code for the check ${name}.`);
}

function plainFromCbor(value: CborValue): unknown {
  if (isArray(value)) return value.map(plainFromCbor);
  if (!isMap(value)) return value;
  return Object.fromEntries([...value].map(([name, member]) => [String(name), plainFromCbor(member)]));
}

function mapFromCbor<T>(
  value: CborValue | undefined,
  form: (value: CborValue | undefined) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    [...mapOf(value, "What it refers to")].map(([name, member]) => [String(name), form(member)]),
  );
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
