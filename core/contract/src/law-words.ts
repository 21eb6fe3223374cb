import type { RuleData } from "./rule.ts";
import type { Language } from "./wording.ts";

type PartyInput = (input: string) => string;
type PartyField = (record: string, field: string) => readonly [record: string, field: string];

/** What a total counts, in the words of its contract. */
type TotalInWords = {
  readonly record: string;
  readonly by: string;
  readonly sums: readonly string[];
  readonly split: readonly string[];
  readonly conditions: readonly string[];
  readonly keepsDays: boolean;
};

/** The words around a contract's own words on its law page. */
export type LawWords = {
  readonly roles: string;
  readonly actions: string;
  readonly records: string;
  readonly totals: string;
  readonly scopes: string;
  readonly optional: string;
  readonly sealed: string;
  readonly refusedWhen: string;
  readonly neverRefused: string;
  readonly keepsHistory: string;
  readonly aboutSealed: string;
  contractLine(name: string, version: number): string;
  maySend(who: string): string;
  asksFor(inputs: readonly string[]): string;
  reads(records: readonly string[]): string;
  calls(actions: readonly string[]): string;
  readsTotals(totals: readonly string[]): string;
  once(inputs: readonly string[], scope: string): string;
  secretOnce(inputs: readonly string[], within: readonly string[], scope: string, office: string): string;
  condition(field: string, values: readonly string[]): string;
  total(total: TotalInWords): string;
  schedules(actions: readonly string[]): string;
  keptUnder(parts: readonly string[]): string;
  inBrackets(notes: readonly string[]): string;
  group(title: string, parts: readonly string[]): string;
  rule(rule: RuleData, input: PartyInput, field: PartyField): string;
};

/** The words around a contract's own, by language. */
export const lawWords: Readonly<Record<Language, LawWords>> = {
  en: {
    roles: "Roles",
    actions: "What may be done, and by whom",
    records: "What is kept",
    totals: "What is counted",
    scopes: "What is used once, here and by other contracts",
    optional: "optional",
    sealed: "sealed",
    refusedWhen: "Refused when:",
    neverRefused: "It has no refusals of its own.",
    keepsHistory: "Closed versions are kept.",
    aboutSealed:
      "What is sealed stays with whoever has it; the ledger keeps a salted commitment, which gives nothing away.",
    contractLine: (name, version) =>
      `Contract \`${name}\`, version ${version}. This page is made from the contract itself.`,
    maySend: (who) => `May be sent by ${who}.`,
    asksFor: (inputs) => `Asks for: ${inputs.join("; ")}.`,
    reads: (records) => `Looks up records of other contracts: ${records.join(", ")}.`,
    once: (inputs, scope) => `Refused where the same ${quoted(inputs, " and ")} was used before (\`${scope}\`).`,
    secretOnce: (inputs, within, scope, office) =>
      `Refused where the same ${quoted(inputs, " and ")} was used before${
        within.length === 0 ? "" : ` with the same ${quoted(within, " and ")}`
      } (\`${scope}\`). It stays sealed: whoever holds the role **${office}** makes a tag of it, the same for the same value, and vouches for the tag in each transaction.`,
    readsTotals: (totals) => `Looks up totals: ${totals.join(", ")}.`,
    condition: (field, values) => `“${field}” is ${values.join(" or ")}`,
    total: ({ record, by, sums, split, conditions, keepsDays }) =>
      [
        `How many “${record}” there are by “${by}”`,
        ...(split.length === 0 ? [] : [`split by ${quoted(split, ", ")}`]),
        ...(sums.length === 0 ? [] : [`with the sums of ${quoted(sums, ", ")}`]),
        ...(conditions.length === 0 ? [] : [`only where ${conditions.join(" and ")}`]),
        ...(keepsDays ? ["for every past day too"] : []),
      ].join(", "),
    calls: (actions) =>
      `Carries out with it, or not at all: ${actions.join(", ")}. Whatever refuses one of these refuses the whole.`,
    schedules: (actions) =>
      `Sets deadlines; when one passes, the ledger itself does this: ${actions.map((title) => `“${title}”`).join(", ")}.`,
    keptUnder: (parts) => `Kept under: ${parts.join("; ")}.`,
    inBrackets: (notes) => ` (${notes.join("; ")})`,
    group: (title, parts) => `${title}: ${parts.join(", ")}`,
    rule: englishRule,
  },
  zh: {
    roles: "角色",
    actions: "可以做什么，由谁做",
    records: "保存什么",
    totals: "统计什么",
    scopes: "在本合约及其他合约中只能使用一次的事项",
    optional: "选填",
    sealed: "密封",
    refusedWhen: "有下列情形之一的，予以拒绝：",
    neverRefused: "本操作没有自身的拒绝事由。",
    keepsHistory: "保留历次版本。",
    aboutSealed: "密封的内容留在持有人处；账本只保存加盐承诺，由承诺不能得知内容。",
    contractLine: (name, version) => `合约 \`${name}\`，第 ${version} 版。本页由合约自动生成。`,
    maySend: (who) => `可由${who}提交。`,
    asksFor: (inputs) => `须填：${inputs.join("；")}。`,
    reads: (records) => `查阅其他合约的记录：${records.join("、")}。`,
    once: (inputs, scope) => `同一${quoted(inputs, "和")}此前已经使用的，予以拒绝（\`${scope}\`）。`,
    secretOnce: (inputs, within, scope, office) =>
      `${within.length === 0 ? "" : `${quoted(within, "和")}相同，且`}同一${quoted(inputs, "和")}此前已经使用的，予以拒绝（\`${scope}\`）。其内容保持密封：由担任 **${office}** 角色者制作标签（内容相同则标签相同），并就每次提交为标签作证。`,
    readsTotals: (totals) => `查阅合计：${totals.join("、")}。`,
    condition: (field, values) => `“${field}”为${values.join("或")}`,
    total: ({ record, by, sums, split, conditions, keepsDays }) =>
      [
        `按“${by}”统计“${record}”的数量`,
        ...(split.length === 0 ? [] : [`并按${quoted(split, "、")}细分`]),
        ...(sums.length === 0 ? [] : [`并合计${quoted(sums, "、")}`]),
        ...(conditions.length === 0 ? [] : [`仅限${conditions.join("且")}`]),
        ...(keepsDays ? ["以往每日的数值亦予保留"] : []),
      ].join("，"),
    calls: (actions) =>
      `一并执行，要么全部生效，要么全部不生效：${actions.join("、")}。其中任何一项被拒绝，整体即被拒绝。`,
    schedules: (actions) => `设定期限；期限届满时由账本自身执行：${actions.map((title) => `“${title}”`).join("、")}。`,
    keptUnder: (parts) => `以下列各项为键：${parts.join("；")}。`,
    inBrackets: (notes) => `（${notes.join("；")}）`,
    group: (title, parts) => `${title}：${parts.join("、")}`,
    rule: chineseRule,
  },
};

const quoted = (titles: readonly string[], comma: string): string => titles.map((title) => `“${title}”`).join(comma);

function englishRule(rule: RuleData, input: PartyInput, field: PartyField): string {
  const parts = (of: readonly RuleData[]): readonly string[] => of.map((part) => englishRule(part, input, field));
  switch (rule.rule) {
    case "role":
      return `a signer in the role **${rule.role}**`;
    case "signedBy":
      return `the party named under “${input(rule.input)}”`;
    case "consent": {
      const [record, named] = field(rule.record, rule.field);
      return `the “${named}” of the record “${record}”${rule.ifAny ? ", where there is one" : ""}`;
    }
    case "consentEach": {
      const [record, named] = field(rule.record, rule.field);
      return `the “${named}” of each record “${record}” listed under “${input(rule.list)}”`;
    }
    case "caller":
      return "another contract";
    case "ledger":
      return "the ledger itself, at a deadline";
    case "self":
      return "the contract itself";
    case "anyone":
      return "anyone";
    case "all":
      return parts(rule.of).join(" together with ");
    case "any":
      return parts(rule.of).join(" or ");
    case "kOf":
      return `at least ${rule.count} different signers out of: ${parts(rule.of).join(", ")}`;
  }
}

function chineseRule(rule: RuleData, input: PartyInput, field: PartyField): string {
  const parts = (of: readonly RuleData[]): readonly string[] => of.map((part) => chineseRule(part, input, field));
  switch (rule.rule) {
    case "role":
      return `担任 **${rule.role}** 角色的签署人`;
    case "signedBy":
      return `“${input(rule.input)}”一项所列主体`;
    case "consent": {
      const [record, named] = field(rule.record, rule.field);
      return `“${record}”记录中的“${named}”${rule.ifAny ? "（如有）" : ""}`;
    }
    case "consentEach": {
      const [record, named] = field(rule.record, rule.field);
      return `“${input(rule.list)}”所列每一“${record}”记录中的“${named}”`;
    }
    case "caller":
      return "其他合约";
    case "ledger":
      return "账本自身（时限届满时）";
    case "self":
      return "本合约自身";
    case "anyone":
      return "任何人";
    case "all":
      return parts(rule.of).join("会同");
    case "any":
      return parts(rule.of).join("或者");
    case "kOf":
      return `下列各方中至少 ${rule.count} 个不同的签署人（${parts(rule.of).join("、")}）`;
  }
}
