import { type Application, type BlankValue, blanks } from "@acta/contract";
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

  function english({ contract, action }: { contract: string; action: string }, refusal: Refusal): string | undefined {
    if (refusal.contract === "ledger") return (ledgerRefusals as Readonly<Record<string, string>>)[refusal.code];
    const contracts = applications.flatMap((each) => each.contracts);
    return contracts.find(({ name }) => name === contract)?.actions[action]?.refusals[refusal.code];
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
      const key =
        refusal.contract === "ledger"
          ? `ledger.refusals.${refusal.code}`
          : `${at.contract}.${at.action}.refusals.${refusal.code}`;
      const sentence = (language === "zh" ? wording[key] : undefined) ?? english(at, refusal) ?? refusal.code;
      return blanks(sentence, blankValues(refusal));
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
