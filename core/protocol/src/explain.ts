import { type Explanation, PROTOCOL_ERRORS, type ProtocolErrorCode } from "./errors.ts";
import { REASONS, type Reason } from "./reasons.ts";
import zh from "./zh.json" with { type: "json" };

/** The languages of the wording in this package. */
export type Language = "en" | "zh";

/** What a verdict's reason means for a person, and what to do about it. */
export function explain(reason: Reason, language: Language): Explanation {
  const { meaning, remedy } = REASONS[reason];
  return language === "en" ? { meaning, remedy } : inChinese(`protocol.reasons.${reason}`);
}

/** What an error's code means, and what to do about it. */
export function explainError(code: ProtocolErrorCode, language: Language): Explanation {
  return language === "en" ? PROTOCOL_ERRORS[code] : inChinese(`protocol.errors.${code}`);
}

// A test holds the wording to the codes: none is missing.
function inChinese(word: string): Explanation {
  const wording: Readonly<Record<string, string>> = zh;
  return { meaning: wording[`${word}.meaning`] ?? word, remedy: wording[`${word}.remedy`] ?? word };
}
