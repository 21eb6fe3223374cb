import type { Action } from "./action.ts";
import { codecOf } from "./codec.ts";
import type { ContractDefinition, ContractDraft } from "./contract.ts";
import { ContractError, illDefined } from "./error.ts";
import type { AnyField, Shape } from "./field.ts";
import { eachSealed, findField, mapSealed, throughOptional } from "./fields-within.ts";
import type { GroupField } from "./kinds/group.ts";
import type { ListField } from "./kinds/list.ts";
import type { SealedField } from "./kinds/sealed.ts";
import { CAMEL, checkName, KEBAB } from "./names.ts";
import { secretOnces } from "./once.ts";
import { checkOnce, checkScopes, withTags } from "./once-definition.ts";
import type { RecordSpecification } from "./record.ts";
import { halvesOf, versionsUsed } from "./reference.ts";
import { blanksOf } from "./refusal.ts";
import type { RuleData } from "./rule.ts";
import { checkTotal } from "./total-definition.ts";

/**
 * The contract with the keys of its consents and sealed inputs filled in, with references to its records and actions,
 * and with the contracts that it uses; or ContractError malformed-definition.
 */
export function completeDefinition(contract: ContractDraft): ContractDefinition {
  checkName([], contract.name, KEBAB, "a contract");
  if (!Number.isSafeInteger(contract.version) || contract.version < 1)
    illDefined(["version"], "A version counts from 1.");
  for (const name of Object.keys(contract.roles)) checkName(["roles"], name, KEBAB, "a role");
  for (const [name, record] of Object.entries(contract.records)) checkRecord(name, record);
  for (const [name, total] of Object.entries(contract.totals)) {
    checkName(["totals"], name, CAMEL, "a total");
    checkTotal(contract, name, total);
  }
  checkScopes(contract);
  const { name, version } = contract;
  const records = Object.entries(contract.records).map(([record, specification]) => [
    record,
    { ...specification, reference: { contract: name, version, record } },
  ]);
  const actions = Object.entries(contract.actions).map(([action, definition]) => {
    // What it uses stands with the contract from now on.
    const {
      uses: _,
      scheduledInputs: __,
      totalsInMind: ___,
      ownCalls: ____,
      ...completed
    } = completeAction(contract, action, definition);
    return [action, { ...completed, reference: { contract: name, version, action } }];
  });
  const scopes = Object.entries(contract.scopes ?? {}).map(([scope, title]) => {
    checkName(["scopes"], scope, KEBAB, "a scope");
    if (title === "") illDefined(["scopes", scope], "It needs a sentence.");
    return [scope, { title, reference: { contract: name, version, scope } }] as const;
  });
  const uses = usesOf(contract);
  const { scopes: _, ...rest } = contract;
  return {
    ...rest,
    records: Object.fromEntries(records),
    actions: Object.fromEntries(actions),
    ...(uses === undefined ? {} : { uses }),
    ...(scopes.length === 0 ? {} : { scopes: Object.fromEntries(scopes) }),
  };
}

/** The contracts that the actions refer to, in the order of their names; undefined where there are none. */
function usesOf({ name: own, uses: declared, actions }: ContractDraft): Readonly<Record<string, number>> | undefined {
  const used = Object.values(actions).flatMap(({ uses = {} }) => Object.entries(uses));
  const all = [...used, ...Object.entries(declared ?? {})].map(([contract, version = 0]) => ({ contract, version }));
  const versions = Object.entries(versionsUsed(all)).sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [contract, version] of versions) {
    checkName(["uses"], contract, KEBAB, "a contract");
    if (version === undefined || !Number.isSafeInteger(version) || version < 1) {
      illDefined(["uses", contract], "It is used in two versions, or in none.");
    }
  }
  const named = Object.values(actions).flatMap(({ calls, reads = {}, once = [] }) => [
    ...calls,
    ...Object.values(reads),
    ...once.map(({ scope }) => scope).filter((scope) => scope.includes(".")),
  ]);
  const others = named.filter((name) => halvesOf(name)[0] !== own);
  const absent = others.find((name) => !versions.some(([contract]) => contract === halvesOf(name)[0]));
  if (absent !== undefined) illDefined(["uses"], `It lacks the version of the contract of ${absent}.`);
  return versions.length === 0 ? undefined : (Object.fromEntries(versions) as Record<string, number>); // just checked
}

const WORDING_PARTS = new Set(["title", "roles", "records", "scopes"]);

function checkRecord(name: string, record: RecordSpecification): void {
  const path = ["records", name];
  checkName(["records"], name, CAMEL, "a record");
  checkShape([...path, "key"], record.key);
  checkShape([...path, "fields"], record.fields);
  for (const [field, { kind }] of Object.entries(record.key)) {
    if (kind === "optional" || kind === "sealed")
      illDefined([...path, "key", field], "A key has no optional or sealed part.");
    if (Object.hasOwn(record.fields, field)) illDefined([...path, "fields", field], "It stands in the key already.");
  }
  eachSealed(record.fields, [], (at, sealed) => {
    const place = [name, ...at].join(".");
    if (sealed.of !== place) illDefined([...path, ...at], `It is sealed for ${sealed.of}, but stands in ${place}.`);
  });
}

function completeAction(contract: ContractDraft, name: string, action: Action): Action {
  const path = ["actions", name];
  checkName(["actions"], name, CAMEL, "an action");
  if (WORDING_PARTS.has(name)) illDefined(path, `An action cannot be called ${name}: keys of the wording begin so.`);
  checkShape([...path, "input"], action.input);
  eachSealed(action.input, [], (at, sealed) =>
    checkSealedPlace(contract, [...path, "input", ...at], action.input, sealed),
  );
  for (const [code, sentence] of Object.entries(action.refusals)) {
    checkName([...path, "refusals"], code, KEBAB, "a refusal");
    if (sentence === "" || /[{}]/.test(sentence.replace(/\{[A-Za-z][A-Za-z0-9]*\}/g, ""))) {
      illDefined([...path, "refusals", code], "It needs a sentence whose braces hold the name of a blank.");
    }
    for (const blank of blanksOf(sentence)) checkName([...path, "refusals", code], blank, CAMEL, "a blank");
  }
  const calls = [...action.calls, ...(action.ownCalls ?? []).map((each) => nameOfOwn(contract, path, each))];
  checkReach(contract, path, { ...action, calls });
  checkSchedules(contract, path, action);
  checkTotalsRead(contract, path, action);
  checkOnce(contract, path, action);
  const keyOf = (sealed: SealedField): readonly string[] =>
    Object.keys(contract.records[sealed.of.split(".")[0] ?? ""]?.key ?? {});
  return {
    ...action,
    calls,
    input: withTags(
      path,
      action,
      mapSealed(action.input, (sealed) => ({ ...sealed, key: keyOf(sealed) })),
    ),
    allow: completeRule(contract, action, [...path, "allow"], action.allow),
  };
}

/** `sale.release`: an action that another of the same contract calls. */
function nameOfOwn({ name, actions }: ContractDraft, path: readonly string[], called: Action): string {
  const found = Object.entries(actions).find(([, each]) => each === called);
  return `${name}.${found?.[0] ?? illDefined([...path, "calls"], `“${called.title}” is no action of this contract.`)}`;
}

function checkReach(
  { name: own, actions }: ContractDraft,
  path: readonly string[],
  { calls, reads = {} }: Action,
): void {
  for (const name of calls) {
    checkForeign([...path, "calls"], name, "an action");
    const [contract, action] = halvesOf(name);
    if (contract === own && !Object.hasOwn(actions, action))
      illDefined([...path, "calls"], `There is no action ${action}.`);
  }
  if (new Set(calls).size < calls.length) illDefined([...path, "calls"], "It lists an action twice.");
  for (const [alias, name] of Object.entries(reads)) {
    checkName([...path, "reads"], alias, CAMEL, "what is read");
    checkForeign([...path, "reads", alias], name, "a record");
  }
}

function checkSchedules({ actions }: ContractDraft, path: readonly string[], action: Action): void {
  const { schedules = [], scheduledInputs = {} } = action;
  for (const name of schedules) {
    const at = [...path, "schedules", name];
    const scheduled = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (scheduled === undefined) illDefined(at, `There is no action ${name}.`);
    const given = Object.hasOwn(scheduledInputs, name) ? scheduledInputs[name] : undefined;
    if (given !== undefined && formOf(given) !== formOf(scheduled.input)) illDefined(at, "It asks for another input.");
    if (secretOnces(scheduled).length > 0) illDefined(at, "At a deadline nobody vouches for the tags that it needs.");
  }
}

function checkTotalsRead({ totals: kept }: ContractDraft, path: readonly string[], action: Action): void {
  const { totals = [], totalsInMind = {} } = action;
  for (const name of totals) {
    const at = [...path, "totals", name];
    const total = Object.hasOwn(kept, name) ? kept[name] : undefined;
    if (total === undefined) illDefined(at, `There is no total ${name}.`);
    const read = Object.hasOwn(totalsInMind, name) ? totalsInMind[name] : total;
    if (JSON.stringify(read) !== JSON.stringify(total)) illDefined(at, "The contract keeps another of that name.");
  }
}

/** The names and kinds of a shape's fields, in any order. */
function formOf(shape: Shape): string {
  const fields = Object.entries(shape).map(([name, field]) => `${name} ${field.kind} ${throughOptional(field).kind}`);
  return fields.sort().join();
}

function checkForeign(path: readonly string[], name: string, what: string): void {
  const [contract, part] = halvesOf(name);
  if (name !== `${contract}.${part}`) illDefined(path, `${JSON.stringify(name)} is no name of ${what} of a contract.`);
  checkName(path, contract, KEBAB, "a contract");
  checkName(path, part, CAMEL, what);
}

/** A sealed input names a sealed field of a record whose whole key the client chooses. */
function checkSealedPlace(contract: ContractDraft, path: readonly string[], input: Shape, sealed: SealedField): void {
  const [name = "", ...steps] = sealed.of.split(".");
  const record = contract.records[name];
  const field = record && findField(record.fields, steps);
  if (record === undefined || field?.kind !== "sealed") illDefined(path, `There is no sealed field ${sealed.of}.`);
  for (const [part, { kind }] of Object.entries(record.key)) {
    if (input[part]?.kind !== kind)
      illDefined(path, `It is sealed for ${name}, so ${part} of its key must be an input.`);
  }
}

function completeRule(contract: ContractDraft, action: Action, path: readonly string[], rule: RuleData): RuleData {
  switch (rule.rule) {
    case "role":
      return Object.hasOwn(contract.roles, rule.role) ? rule : illDefined(path, `There is no role ${rule.role}.`);
    case "signedBy":
      return kindIn(action.input, rule.input) === "party"
        ? rule
        : illDefined(path, `${rule.input} is no party of the input.`);
    case "consent":
      return completeConsent(contract, action, path, rule);
    case "consentEach":
      return completeConsentEach(contract, action, path, rule);
    case "kOf":
      if (!Number.isSafeInteger(rule.count) || rule.count < 1 || rule.count > rule.of.length) {
        illDefined(path, "It asks for more than it lists, or for none.");
      }
      return { ...rule, of: rule.of.map((part) => completeRule(contract, action, path, part)) };
    case "all":
    case "any":
      if (rule.of.length === 0) illDefined(path, "It lists nobody.");
      return { ...rule, of: rule.of.map((part) => completeRule(contract, action, path, part)) };
    default:
      return rule;
  }
}

type Consent = Extract<RuleData, { readonly rule: "consent" }>;

function completeConsent(contract: ContractDraft, action: Action, path: readonly string[], rule: Consent): Consent {
  const record = contract.records[rule.record] ?? illDefined(path, `There is no record ${rule.record}.`);
  if (kindIn(record.fields, rule.field) !== "party") illDefined(path, `${rule.record}.${rule.field} is no party.`);
  if (rule.ifAny !== (record.fields[rule.field]?.kind === "optional")) {
    illDefined(path, "Use consentIfAny exactly where the field is optional.");
  }
  const key = Object.keys(record.key);
  const absent = key.find((part) => action.input[part]?.kind !== record.key[part]?.kind);
  if (absent !== undefined) illDefined(path, `${absent} of the key of ${rule.record} must be an input.`);
  return { ...rule, key };
}

type ConsentEach = Extract<RuleData, { readonly rule: "consentEach" }>;

function completeConsentEach(
  contract: ContractDraft,
  action: Action,
  path: readonly string[],
  rule: ConsentEach,
): ConsentEach {
  const record = contract.records[rule.record] ?? illDefined(path, `There is no record ${rule.record}.`);
  if (record.fields[rule.field]?.kind !== "party") {
    illDefined(path, `${rule.record}.${rule.field} is no party that is always there.`);
  }
  const listed = Object.hasOwn(action.input, rule.list) ? action.input[rule.list] : undefined;
  const element = listed?.kind === "list" ? (listed as unknown as ListField).of : undefined; // its kind says so
  const names = Object.keys(record.key);
  const elements = names.length === 1 ? { [names[0] as string]: element } : groupFields(element);
  const fits =
    names.length > 0 &&
    Object.keys(elements).length === names.length &&
    names.every((name) => elements[name] !== undefined && elements[name].kind === record.key[name]?.kind);
  if (!fits) illDefined(path, `${rule.list} is no list of keys of ${rule.record} in the input.`);
  return { ...rule, key: names };
}

function groupFields(field: AnyField | undefined): Readonly<Record<string, AnyField | undefined>> {
  return field?.kind === "group" ? (field as GroupField).fields : {}; // its kind says so
}

/** The kind of a field, seen through `optional`; undefined where there is no such field. */
function kindIn(shape: Shape, name: string): string | undefined {
  const field: AnyField | undefined = Object.hasOwn(shape, name) ? shape[name] : undefined;
  return field === undefined ? undefined : throughOptional(field).kind;
}

function checkShape(path: readonly string[], shape: Shape): void {
  for (const [name, field] of Object.entries(shape)) {
    checkName(path, name, CAMEL, "a field");
    checkField([...path, name], throughOptional(field));
  }
}

function checkField(path: readonly string[], field: AnyField): void {
  if (field.title === "") illDefined(path, "It needs a title.");
  switch (field.kind) {
    case "optional":
      illDefined(path, "Only a field of its own may be optional.");
      break;
    case "group":
      checkShape(path, (field as GroupField).fields);
      break;
    case "list": {
      const { of } = field as ListField;
      if (holdsSealed(of)) illDefined(path, "A list cannot hold sealed values in this version.");
      checkField(path, of);
      break;
    }
    case "sealed":
      checkHidden(path, field as SealedField);
      break;
    default:
      checkBuilds(path, field);
  }
}

/** A group with `commitment` alone could not be told from a commitment made beforehand. */
function checkHidden(path: readonly string[], { hides }: SealedField): void {
  if (holdsSealed(hides)) illDefined(path, "A sealed value cannot hold another.");
  const names = hides.kind === "group" ? Object.keys((hides as GroupField).fields) : [];
  if (names.length === 1 && names[0] === "commitment") illDefined(path, "Its only field cannot be called commitment.");
  checkField(path, hides);
}

function holdsSealed(field: AnyField): boolean {
  if (field.kind === "sealed") return true;
  if (field.kind === "list") return holdsSealed((field as ListField).of);
  return (
    field.kind === "group" &&
    Object.values((field as GroupField).fields).some((part) => holdsSealed(throughOptional(part)))
  );
}

/** Building the codec finds patterns that are none, and kinds that are none. */
function checkBuilds(path: readonly string[], field: AnyField): void {
  const { pattern = "" } = field as { readonly pattern?: string }; // of text and id
  if (/\\[pP]\{/.test(pattern)) illDefined(path, "A pattern cannot use \\p: Unicode's tables change with the engine.");
  try {
    codecOf(field, "record");
  } catch (error) {
    illDefined(path, error instanceof ContractError ? error.reason : String(error));
  }
}
