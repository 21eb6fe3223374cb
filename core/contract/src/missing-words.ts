import { ruleInWords } from "./authority.ts";
import type { Wording } from "./bundle.ts";
import type { ContractDefinition } from "./contract.ts";
import { lawWords } from "./law-words.ts";
import type { RuleData } from "./rule.ts";
import { inputWordingKey, say, wordingKeys } from "./wording.ts";

/** Whose rule it is that was not met. */
export type AskedAction = {
  readonly contract: ContractDefinition;
  readonly action: string;
  /** The contract's Chinese. */
  readonly wording: Wording;
};

/**
 * What fills the blank `missing` of the refusal `not-entitled`, in Chinese. On the ledger it stands in English, as
 * `missingAuthority` says it; here it is read against the action's own rule. Undefined where it is not of that rule.
 */
export function missingInChinese(asked: AskedAction, missing: string): string | undefined {
  const rule = asked.contract.actions[asked.action]?.allow;
  const said: string[] = [];
  let rest = missing;
  for (const part of rule === undefined ? [] : togetherIn(rule)) {
    const words = ruleInWords(part);
    if (!rest.startsWith(words)) continue;
    const [note = ""] = /^ \([^)]*\)/.exec(rest.slice(words.length)) ?? [];
    said.push(inChinese(asked, part) + noteInChinese(note));
    rest = rest.slice(words.length + note.length).replace(/^ and /, "");
  }
  return rest === "" && said.length > 0 ? said.join("，以及") : undefined;
}

/** The parts of a rule that must all hold. */
function togetherIn(rule: RuleData): readonly RuleData[] {
  return rule.rule === "all" ? rule.of.flatMap(togetherIn) : [rule];
}

function inChinese({ contract, action, wording }: AskedAction, rule: RuleData): string {
  const titles = wordingKeys(contract);
  const title = (key: string): string => say("zh", wording, key, titles.get(key) ?? key);
  const input = (name: string): string => title(inputWordingKey(contract, action, name));
  const field = (record: string, name: string): readonly [string, string] => {
    const at = `${contract.name}.records.${record}`;
    const key = titles.has(`${at}.fields.${name}`) ? `${at}.fields.${name}` : `${at}.key.${name}`;
    return [title(`${at}.title`), title(key)];
  };
  // Asterisks are for the law page.
  return lawWords.zh.rule(rule, input, field).replaceAll("**", "");
}

/** The notes of `missingAuthority`: nothing is there, nothing is listed, or which of several it is. */
function noteInChinese(note: string): string {
  if (note === "") return "";
  const [, number, count] = /number (\d+) of (\d+)/.exec(note) ?? [];
  const notes = [
    ...(number === undefined ? [] : [`第 ${number} 项，共 ${count} 项`]),
    ...(note.includes("none is listed") ? ["一项也没有列出"] : []),
    ...(note.includes("there is no such") ? ["没有这项记录"] : []),
  ];
  return `（${notes.join("，")}）`;
}
