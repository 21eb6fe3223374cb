import type { Application } from "./application.ts";
import type { Wording } from "./bundle.ts";
import type { ContractDefinition } from "./contract.ts";
import type { AnyField, Presentation, Shape } from "./field.ts";
import { throughOptional } from "./fields-within.ts";
import type { ChoiceField } from "./kinds/choice.ts";
import type { GroupField } from "./kinds/group.ts";
import type { ListField } from "./kinds/list.ts";
import type { SealedField } from "./kinds/sealed.ts";
import { givenInputs } from "./once.ts";
import { blanksOf } from "./refusal.ts";

/** The languages that pages and documents come in: English stands in the definitions, Chinese in `zh.json`. */
export type Language = "en" | "zh";

/**
 * Every sentence of a contract that a person reads, in English, by its derived key: `evidence.title`,
 * `evidence.roles.court`, `evidence.records.deposit.title`, `….key.deposit`, `….fields.hold.court`,
 * `….fields.status:kept` (a choice's label), `….key.deposit:hint`, `evidence.custody.title`,
 * `evidence.custody.input.note`, `evidence.custody.refusals.keeper-missing`.
 */
export function wordingKeys(contract: ContractDefinition): ReadonlyMap<string, string> {
  const { name } = contract;
  const keys = new Map<string, string>([[`${name}.title`, contract.title]]);
  for (const [role, sentence] of Object.entries(contract.roles)) keys.set(`${name}.roles.${role}`, sentence);
  for (const [scope, { title }] of Object.entries(contract.scopes ?? {})) keys.set(`${name}.scopes.${scope}`, title);
  for (const [record, { title, key, fields }] of Object.entries(contract.records)) {
    keys.set(`${name}.records.${record}.title`, title);
    addShape(keys, `${name}.records.${record}.key`, key);
    addShape(keys, `${name}.records.${record}.fields`, fields);
  }
  for (const [action, definition] of Object.entries(contract.actions)) {
    const { title, refusals } = definition;
    keys.set(`${name}.${action}.title`, title);
    for (const [field, of] of givenInputs(definition)) addField(keys, inputWordingKey(contract, action, field), of);
    for (const [code, sentence] of Object.entries(refusals)) keys.set(`${name}.${action}.refusals.${code}`, sentence);
  }
  return keys;
}

/** The key of an input's wording: where a record of the contract has a field of the same name and title, that one's. */
export function inputWordingKey({ name, actions, records }: ContractDefinition, action: string, field: string): string {
  const title = actions[action]?.input[field]?.title;
  for (const [record, { key, fields }] of Object.entries(records)) {
    if (key[field]?.title === title) return `${name}.records.${record}.key.${field}`;
    if (fields[field]?.title === title) return `${name}.records.${record}.fields.${field}`;
  }
  return `${name}.${action}.input.${field}`;
}

/** What is wrong with a translation: keys without a sentence, sentences without a key, blanks that differ. */
export type WordingFindings = {
  readonly missing: readonly string[];
  readonly stale: readonly string[];
  readonly differingBlanks: readonly string[];
};

/** Holds a translation to a contract; keys of other contracts are not looked at. Empty lists mean that all is well. */
export function checkWording(contract: ContractDefinition, wording: Wording): WordingFindings {
  const own = Object.keys(wording).filter((key) => key.startsWith(`${contract.name}.`));
  return compareWording(wordingKeys(contract), wording, own);
}

/** Holds an application's translation to its contracts and its title (key `application`); here every key counts. */
export function checkApplicationWording({ title, contracts, wording }: Application): WordingFindings {
  const keys = new Map([["application", title], ...contracts.flatMap((contract) => [...wordingKeys(contract)])]);
  return compareWording(keys, wording, Object.keys(wording));
}

/** The sentence in the language, or its English where the translation lacks it. */
export function say(language: Language, wording: Wording, key: string, english: string): string {
  return language === "zh" && Object.hasOwn(wording, key) ? (wording[key] ?? english) : english;
}

function compareWording(keys: ReadonlyMap<string, string>, wording: Wording, own: readonly string[]): WordingFindings {
  const present = [...keys].filter(([key]) => Object.hasOwn(wording, key) && wording[key] !== "");
  return {
    missing: [...keys.keys()].filter((key) => !Object.hasOwn(wording, key) || wording[key] === ""),
    stale: own.filter((key) => !keys.has(key)),
    differingBlanks: present.filter(([key, english]) => !sameBlanks(english, wording[key] ?? "")).map(([key]) => key),
  };
}

function sameBlanks(english: string, translated: string): boolean {
  return blanksOf(english).toSorted().join() === blanksOf(translated).toSorted().join();
}

function addShape(keys: Map<string, string>, at: string, shape: Shape): void {
  for (const [name, field] of Object.entries(shape)) addField(keys, `${at}.${name}`, field);
}

function addField(keys: Map<string, string>, at: string, declared: AnyField): void {
  keys.set(at, declared.title);
  const field = innermost(declared);
  const { hint } = field as Presentation; // fields carry their presentation
  if (hint !== undefined) keys.set(`${at}:hint`, hint);
  if (field.kind === "group") addShape(keys, at, (field as GroupField).fields); // its kind says so
  if (field.kind !== "choice") return;
  const { of, labels = {} } = field as ChoiceField; // its kind says so
  for (const word of of) keys.set(`${at}:${word}`, labels[word] ?? word);
}

/** The field whose words a person reads: through `optional`, `sealed` and `list`. */
function innermost(declared: AnyField): AnyField {
  const field = throughOptional(declared);
  if (field.kind === "sealed") return innermost((field as SealedField).hides); // its kind says so
  return field.kind === "list" ? innermost((field as ListField).of) : field; // its kind says so
}
