import { evidence } from "@acta/applications/evidence/evidence.ts";
import evidenceWording from "@acta/applications/evidence/zh.json" with { type: "json" };
import { type CborMap, equalBytes } from "@acta/bytes";
import {
  blanks,
  bundleHash,
  type ContractDefinition,
  inputWordingKey,
  type Language,
  missingInChinese,
  type Wording,
  wordingKeys,
} from "@acta/contract";
import { LEDGER, ledgerRefusals, ledgerWording } from "@acta/ledger";
import type { Outcome, Refusal } from "@acta/protocol";
import { inBrief } from "./values.ts";

/** A contract's own words for its action, inputs and refusals. */
export type Law = {
  readonly title: string;
  field(name: string): string | undefined;
  /** The kind of an input's field, as the contract declares it: "time", "choice", … */
  kind(name: string): string | undefined;
  choice(name: string, chosen: string): string | undefined;
  /** The names of the inputs in the order in which the contract declares them. */
  readonly order: readonly string[];
};

/** What names the code that decided: the outcome of a call, or an act of the ledger itself. */
type Decided = Pick<Outcome, "bundleHash">;

type KnownContract = { readonly definition: ContractDefinition; readonly wording: Wording; readonly hash: Uint8Array };

const known: readonly KnownContract[] = [
  { definition: evidence, wording: evidenceWording, hash: bundleHash(evidence, evidenceWording) },
];

/**
 * The words of the very code that decided a call; undefined where this page does not know that code: a contract of the
 * same name on another ledger may mean something else.
 */
export function lawOf(
  contract: string | undefined,
  action: string | undefined,
  outcome: Decided | undefined,
  language: Language,
): Law | undefined {
  const found = known.find(({ definition }) => definition.name === contract);
  if (found === undefined || action === undefined || !isCodeOf(found, outcome)) return undefined;
  const { definition } = found;
  const word = wordsOf(found, language);
  const title = word(`${definition.name}.${action}.title`);
  if (title === undefined) return undefined;
  const keyOf = (name: string): string => inputWordingKey(definition, action, name);
  return {
    title,
    field: (name) => word(keyOf(name)),
    kind: (name) => definition.actions[action]?.input[name]?.kind,
    choice: (name, chosen) => word(`${keyOf(name)}:${chosen}`),
    order: Object.keys(definition.actions[action]?.input ?? {}),
  };
}

/** A refusal in words: the contract's or the ledger's sentence where this page knows it, otherwise its code. */
export function refusalInWords(
  refusal: Refusal,
  action: string | undefined,
  outcome: Decided,
  language: Language,
): string {
  const code = `${refusal.contract} / ${refusal.code}`;
  const sentence =
    refusal.contract === LEDGER
      ? ledgerSentence(refusal.code, language)
      : contractSentence(refusal, action, outcome, language);
  if (sentence === undefined) return code;
  const known = language === "zh" ? knownOf(outcome) : undefined;
  const missing = refusal.blanks.get("missing");
  // Of a refusal by the ledger itself: who is missing stands there in English.
  const chinese =
    known && action !== undefined && typeof missing === "string"
      ? missingInChinese({ contract: known.definition, action, wording: known.wording }, missing)
      : undefined;
  return blanks(sentence, { ...filling(refusal.blanks), ...(chinese !== undefined && { missing: chinese }) });
}

function knownOf(outcome: Decided): KnownContract | undefined {
  return known.find((each) => isCodeOf(each, outcome));
}

function ledgerSentence(code: string, language: Language): string | undefined {
  const english: Readonly<Record<string, string>> = ledgerRefusals;
  return language === "zh" ? (ledgerWording[`ledger.refusals.${code}`] ?? english[code]) : english[code];
}

function contractSentence(
  { contract, code }: Refusal,
  action: string | undefined,
  outcome: Decided,
  language: Language,
): string | undefined {
  const found = known.find(({ definition }) => definition.name === contract);
  if (found === undefined || !isCodeOf(found, outcome)) return undefined;
  return wordsOf(found, language)(`${contract}.${action}.refusals.${code}`);
}

function isCodeOf({ hash }: KnownContract, outcome: Decided | undefined): boolean {
  return outcome?.bundleHash != null && equalBytes(outcome.bundleHash, hash);
}

function wordsOf({ definition, wording }: KnownContract, language: Language): (key: string) => string | undefined {
  const english = wordingKeys(definition);
  return (key) => (language === "zh" ? (wording[key] ?? english.get(key)) : english.get(key));
}

function filling(values: CborMap): Record<string, string> {
  return Object.fromEntries([...values].map(([name, value]) => [String(name), inBrief(value)]));
}
