import { type Explanation, PROTOCOL_ERRORS, type ProtocolErrorCode } from "./errors.ts";
import { REASONS, type Reason } from "./reasons.ts";
import zh from "./zh.json" with { type: "json" };

/** What a verdict's reason or an error's code means and what to do about it, in English or Chinese. */
export function explain(word: Reason | ProtocolErrorCode, language: "en" | "zh"): Explanation {
  if (language === "en") return word in REASONS ? REASONS[word as Reason] : PROTOCOL_ERRORS[word as ProtocolErrorCode];
  const prefix = word in REASONS ? `protocol.reasons.${word}` : `protocol.errors.${word}`;
  const wording: Readonly<Record<string, string>> = zh;
  const { meaning, remedy } = explain(word, "en");
  return { meaning: wording[`${prefix}.meaning`] ?? meaning, remedy: wording[`${prefix}.remedy`] ?? remedy };
}
