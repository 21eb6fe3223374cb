import type { Wording } from "./bundle.ts";
import type { ActionDefinition, ContractDefinition } from "./contract.ts";
import type { AnyField } from "./field.ts";
import { eachSealed, throughOptional } from "./fields-within.ts";
import { type LawWords, lawWords } from "./law-words.ts";
import { givenInputs, type Once } from "./once.ts";
import type { RecordSpecification } from "./record.ts";
import type { Total } from "./total.ts";
import { inputWordingKey, type Language, say } from "./wording.ts";

/**
 * The rules of a contract as a page of plain Markdown that a lawyer can sign off: who may do what, what is kept, and
 * each reason for a refusal, with its blanks shown as ‹blank›. It follows from the manifest and the wording alone.
 */
export function lawPage(contract: ContractDefinition, wording: Wording = {}, language: Language = "en"): string {
  const page: Page = {
    contract,
    words: lawWords[language],
    say: (key, english) => say(language, wording, key, english),
  };
  const { words, say: sentence } = page;
  const { name } = contract;
  return [
    `# ${sentence(`${name}.title`, contract.title)}`,
    words.contractLine(name, contract.version),
    ...(hasSealed(contract) ? [words.aboutSealed] : []),
    ...section(
      words.roles,
      Object.entries(contract.roles).map(([role, does]) => `- **${role}**: ${sentence(`${name}.roles.${role}`, does)}`),
    ),
    `## ${words.actions}`,
    ...Object.entries(contract.actions).flatMap(([action, definition]) => actionLines(page, action, definition)),
    `## ${words.records}`,
    ...Object.entries(contract.records).flatMap(([record, specification]) => recordLines(page, record, specification)),
    ...section(
      words.scopes,
      Object.entries(contract.scopes ?? {}).map(
        ([scope, { title }]) => `- **${scope}**: ${sentence(`${name}.scopes.${scope}`, title)}`,
      ),
    ),
    ...section(
      words.totals,
      Object.entries(contract.totals).map(([total, of]) => `- ${totalLine(page, of)} (\`${total}\`)`),
    ),
  ]
    .join("\n\n")
    .concat("\n");
}

type Page = {
  readonly contract: ContractDefinition;
  readonly words: LawWords;
  say(key: string, english: string): string;
};

function hasSealed({ records }: ContractDefinition): boolean {
  let found = false;
  for (const { fields } of Object.values(records)) eachSealed(fields, [], () => (found = true));
  return found;
}

function actionLines(page: Page, action: string, definition: ActionDefinition): readonly string[] {
  const { contract, words, say } = page;
  const at = `${contract.name}.${action}`;
  const inputs = givenInputs(definition).map(([name, field]) =>
    described(page, inputWordingKey(contract, action, name), field),
  );
  const refusals = Object.entries(definition.refusals).map(
    ([code, sentence]) => `- ${withBlanksShown(say(`${at}.refusals.${code}`, sentence))} (\`${code}\`)`,
  );
  return [
    `### ${say(`${at}.title`, definition.title)} (\`${action}\`)`,
    words.maySend(
      words.rule(
        definition.allow,
        (name) => inputTitle(page, action, name),
        (record, field) => partyField(page, record, field),
      ),
    ),
    ...(inputs.length === 0 ? [] : [words.asksFor(inputs)]),
    ...(definition.once ?? []).map((once) => onceLine(page, action, once)),
    ...(definition.totals === undefined ? [] : [words.readsTotals(codes(definition.totals))]),
    ...(definition.reads === undefined ? [] : [words.reads(codes(Object.values(definition.reads)))]),
    ...(definition.schedules === undefined ? [] : [words.schedules(actionTitles(page, definition.schedules))]),
    ...(definition.calls.length === 0 ? [] : [words.calls(codes(definition.calls))]),
    ...(refusals.length === 0 ? [words.neverRefused] : [words.refusedWhen, refusals.join("\n")]),
  ];
}

function onceLine(page: Page, action: string, { scope, key, office, within = [] }: Once): string {
  const titles = (inputs: readonly string[]): readonly string[] => inputs.map((name) => inputTitle(page, action, name));
  return office === undefined
    ? page.words.once(titles(key), scope)
    : page.words.secretOnce(titles(key), titles(within), scope, office);
}

function recordLines(
  page: Page,
  record: string,
  { title, key, fields, history }: RecordSpecification,
): readonly string[] {
  const { contract, words, say } = page;
  const at = `${contract.name}.records.${record}`;
  const lines = (part: "key" | "fields", shape: typeof fields): readonly string[] =>
    Object.entries(shape).map(([name, field]) => described(page, `${at}.${part}.${name}`, field));
  return [
    `### ${say(`${at}.title`, title)}`,
    words.keptUnder(lines("key", key)),
    lines("fields", fields)
      .map((line) => `- ${line}`)
      .join("\n"),
    ...(history ? [words.keepsHistory] : []),
  ];
}

function totalLine(page: Page, { of, by, sum = [], split = [], where = {}, history }: Total): string {
  const { contract, words, say } = page;
  const at = `${contract.name}.records.${of}`;
  const record = contract.records[of];
  const place = (field: string): string =>
    `${at}.${Object.hasOwn(record?.key ?? {}, field) ? "key" : "fields"}.${field}`;
  const declared = (field: string): AnyField | undefined => record?.key[field] ?? record?.fields[field];
  const title = (field: string): string => say(place(field), declared(field)?.title ?? field);
  const conditions = Object.entries(where).map(([field, asked]) => {
    const labels = new Map(choicesOf(throughOptional(declared(field) as AnyField))); // the definition was held to it
    return words.condition(
      title(field),
      asked.map((word) => say(`${place(field)}:${word}`, labels.get(word) ?? word)),
    );
  });
  return words.total({
    record: say(`${at}.title`, record?.title ?? of),
    by: title(by),
    sums: sum.map(title),
    split: split.map(title),
    conditions,
    keepsDays: history === "day",
  });
}

/** A field's title, and in brackets what the law cares about: optional, sealed, which choices. */
function described(page: Page, at: string, declared: AnyField): string {
  const { words, say } = page;
  const field = throughOptional(declared);
  const notes = [
    ...(declared.kind === "optional" ? [words.optional] : []),
    ...(field.kind === "sealed" ? [words.sealed] : []),
    ...choicesOf(field)
      .map(([word, label]) => say(`${at}:${word}`, label))
      .slice(0, 20),
  ];
  const parts =
    field.kind === "group" ? groupOf(field).map(([name, part]) => described(page, `${at}.${name}`, part)) : [];
  const title = say(at, declared.title) + (notes.length === 0 ? "" : words.inBrackets(notes));
  return parts.length === 0 ? title : words.group(title, parts);
}

function choicesOf(field: AnyField): readonly (readonly [word: string, label: string])[] {
  if (field.kind !== "choice") return [];
  const { of, labels = {} } = field as AnyField & { of: readonly string[]; labels?: Readonly<Record<string, string>> }; // a ChoiceField
  return of.map((word) => [word, labels[word] ?? word]);
}

function groupOf(field: AnyField): readonly (readonly [name: string, field: AnyField])[] {
  return Object.entries((field as AnyField & { readonly fields: Readonly<Record<string, AnyField>> }).fields); // a GroupField
}

function inputTitle({ contract, say }: Page, action: string, name: string): string {
  return say(inputWordingKey(contract, action, name), contract.actions[action]?.input[name]?.title ?? name);
}

function partyField({ contract, say }: Page, record: string, field: string): readonly [record: string, field: string] {
  const at = `${contract.name}.records.${record}`;
  const specification = contract.records[record];
  return [
    say(`${at}.title`, specification?.title ?? record),
    say(`${at}.fields.${field}`, specification?.fields[field]?.title ?? field),
  ];
}

function withBlanksShown(sentence: string): string {
  return sentence.replace(/\{([A-Za-z0-9]+)\}/g, "‹$1›");
}

function actionTitles({ contract, say }: Page, names: readonly string[]): readonly string[] {
  return names.map((name) => say(`${contract.name}.${name}.title`, contract.actions[name]?.title ?? name));
}

function codes(names: readonly string[]): readonly string[] {
  return names.map((name) => `\`${name}\``);
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, lines.join("\n")];
}
