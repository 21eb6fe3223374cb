import {
  type Application,
  type BlankValue,
  blanks,
  findRefusalWords,
  missingInChinese,
  type RefusalWords,
} from "@acta/contract";
import { inadmissible, ledgerRefusals, ledgerWording } from "@acta/ledger";
import { NOT_NORMALIZED } from "@acta/ordering";
import { explainError, PROTOCOL_ERRORS, type ProtocolErrorCode, type Refusal } from "@acta/protocol";
import zh from "./zh.json" with { type: "json" };

const NOT_NORMALIZED_ZH = zh["text-not-normalized"];

/** Sentences for codes, in the reader's language. */
export type Words = {
  /** Why bytes cannot be in a block. */
  readonly ofInadmissible: (
    code: string,
    language: "zh" | "en",
  ) => { readonly message: string; readonly remedy: string };
  /** A refusal's sentence, its blanks filled. */
  readonly ofRefusal: (
    action: { readonly contract: string; readonly action: string },
    refusal: Refusal,
    language: "zh" | "en",
  ) => string;
};

/** The words of a ledger's applications, and of the ledger itself. */
export function createWords(applications: readonly Application[]): Words {
  const wording: Readonly<Record<string, string>> = Object.assign(
    {},
    ledgerWording,
    ...applications.map((each) => each.wording),
  );

  const contracts = applications.flatMap((each) => each.contracts);

  function findWords(at: { contract: string; action: string }, refusal: Refusal): RefusalWords | undefined {
    if (refusal.contract !== "ledger") return findRefusalWords(contracts, at, refusal);
    const sentence = (ledgerRefusals as Readonly<Record<string, string>>)[refusal.code];
    return sentence === undefined ? undefined : { key: `ledger.refusals.${refusal.code}`, sentence };
  }

  /** Who is missing, in Chinese: on the ledger it stands in English. */
  function missingOf({ contract, action }: { contract: string; action: string }, { code, blanks: filled }: Refusal) {
    const definition = contracts.find(({ name }) => name === contract);
    const missing = code === "not-entitled" ? filled.get("missing") : undefined;
    if (definition === undefined || typeof missing !== "string") return {};
    const words = missingInChinese({ contract: definition, action, wording }, missing);
    return words === undefined ? {} : { missing: words };
  }

  return {
    ofInadmissible(code, language) {
      if (code === NOT_NORMALIZED.code)
        return language === "zh"
          ? NOT_NORMALIZED_ZH
          : { message: NOT_NORMALIZED.meaning, remedy: NOT_NORMALIZED.remedy };
      if (Object.hasOwn(PROTOCOL_ERRORS, code)) {
        // Checked: it is one of the protocol's codes.
        const { meaning, remedy } = explainError(code as ProtocolErrorCode, language);
        return { message: meaning, remedy };
      }
      const { meaning = code, remedy = "" } =
        (inadmissible as Readonly<Record<string, { meaning: string; remedy: string }>>)[code] ?? {};
      if (language === "en") return { message: meaning, remedy };
      const key = `ledger.inadmissible.${code}`;
      return { message: ledgerWording[`${key}.meaning`] ?? meaning, remedy: ledgerWording[`${key}.remedy`] ?? remedy };
    },
    ofRefusal(at, refusal, language) {
      const found = findWords(at, refusal);
      if (found === undefined) return refusal.code;
      const sentence = (language === "zh" ? wording[found.key] : undefined) ?? found.sentence;
      return blanks(sentence, { ...blankValues(refusal), ...(language === "zh" && missingOf(at, refusal)) });
    },
  };
}

function blankValues({ blanks: filled }: Refusal): Readonly<Record<string, BlankValue>> {
  const values = [...filled].map(([name, value]) => [
    String(name),
    typeof value === "bigint" || typeof value === "string" ? value : String(value),
  ]);
  return Object.fromEntries(values);
}
