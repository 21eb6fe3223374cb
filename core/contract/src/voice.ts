import { blanks } from "./refusal.ts";
import type { Language } from "./wording.ts";

/** Says a sentence by its name, its blanks filled. */
export type Say<Word extends string = string> = (
  word: Word,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The voice of a page or a program in a language: its English sentences by name, and the same in Chinese. */
export function voiceIn<Word extends string>(
  language: Language,
  english: Readonly<Record<Word, string>>,
  chinese: Readonly<Record<string, string>>,
): Say<Word> {
  return (word, values = {}) => blanks((language === "zh" ? chinese[word] : undefined) ?? english[word], values);
}
