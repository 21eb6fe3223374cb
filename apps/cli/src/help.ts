import type { Command } from "@acta/sdk";
import type { Verbs } from "./all-commands.ts";
import { DEFAULT_NODE } from "./invocation.ts";
import { ENGLISH, type Say } from "./words.ts";

/** In which language, with which words. */
export type HelpVoice = { readonly language: "zh" | "en"; readonly say: Say; readonly wording: Verbs["wording"] };

/** All commands, a line each. */
export function overview(commands: readonly Command[], voice: HelpVoice): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(
    ({ name, summary }) => `  acta ${name.padEnd(width)}  ${helpWord(voice, name, "summary", summary)}`,
  );
  return `${voice.say("overview.title")}\n\n${lines.join("\n")}\n\n${voice.say("overview.more")}\n`;
}

/** What one command does, takes and answers. */
export function helpOf({ name, usage, summary, help, options }: Command, voice: HelpVoice): string {
  const own = Object.entries(options).map(([option, { meaning }]) => [option, helpWord(voice, name, option, meaning)]);
  const common = Object.keys(ENGLISH).flatMap((word) => {
    const option = /^common\.(.+)$/.exec(word)?.[1];
    // A key of the table, as it came from there.
    return option === undefined ? [] : [[option, voice.say(word as keyof typeof ENGLISH, { node: DEFAULT_NODE })]];
  });
  const all = [...own, ...common];
  const width = Math.max(8, ...all.map(([option = ""]) => option.length));
  const lines = all.map(([option = "", meaning]) => `  --${option.padEnd(width)} ${meaning}`);
  const [short, long] = [helpWord(voice, name, "summary", summary), helpWord(voice, name, "help", help)];
  return `acta ${name} ${usage}\n\n${short}\n\n${long}\n\n${lines.join("\n")}\n`;
}

/** A verb's own words; English where its Chinese is missing. */
function helpWord({ language, wording }: HelpVoice, name: string, part: string, english: string): string {
  return language === "zh" ? (wording[`${name}.${part}`] ?? english) : english;
}
