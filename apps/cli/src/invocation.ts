import { parseArgs } from "node:util";
import type { Language } from "@acta/contract";
import { type Command, CommandError, type CommandOptions } from "@acta/sdk";
import { type Say, sayIn } from "./words.ts";

/** Options that every command takes. */
export type CommonOptions = {
  readonly node: string;
  readonly json: boolean;
  readonly language: Language;
};

/** What a command line asks for. */
export type Invocation =
  | { readonly kind: "overview"; readonly asked: boolean }
  | { readonly kind: "help"; readonly command: Command }
  | {
      readonly kind: "run";
      readonly command: Command;
      readonly words: readonly string[];
      readonly options: CommandOptions;
      readonly common: CommonOptions;
    };

export const DEFAULT_NODE = "http://127.0.0.1:8080";

/** Finds the command that the first words name. Throws CommandError in words of the language. */
export function parseInvocation(commands: readonly Command[], args: readonly string[], language: Language): Invocation {
  const say = sayIn(language);
  const command = commands.find(({ name }) => startsWith(args, name.split(" ")));
  if (command === undefined) {
    const asked = args.includes("--help") || args[0] === "help";
    const word = args.find((each) => !each.startsWith("-"));
    if (!asked && word !== undefined && args.length > 0) throw new CommandError(unknownCommand(commands, args, say));
    return { kind: "overview", asked };
  }
  const rest = args.slice(command.name.split(" ").length);
  const { values, positionals } = readArgs(command, rest, say);
  if (values["help"] !== undefined) return { kind: "help", command };
  if (!["zh", "en", undefined].includes(values["lang"])) throw new CommandError(say("wrong.language"));
  for (const [name, { required }] of Object.entries(command.options)) {
    if (required && values[name] === undefined)
      throw new CommandError(say("wrong.option", { command: command.name, option: name }));
  }
  const common = {
    node: values["node"] ?? process.env["ACTA_NODE"] ?? DEFAULT_NODE,
    json: values["json"] !== undefined,
    language,
  };
  return { kind: "run", command, words: positionals, options: values, common };
}

function startsWith(args: readonly string[], words: readonly string[]): boolean {
  return words.every((word, index) => args[index] === word);
}

function unknownCommand(commands: readonly Command[], args: readonly string[], say: Say): string {
  const near = commands.filter(({ name }) => name.split(" ")[0] === args[0]).map(({ name }) => `acta ${name}`);
  const typed = args.filter((each) => !each.startsWith("-"));
  const hint = near.length > 0 ? say("wrong.near", { commands: near.join(", ") }) : say("wrong.see");
  return say("wrong.command", { words: typed.slice(0, 2).join(" "), hint });
}

function readArgs(
  command: Command,
  args: readonly string[],
  say: Say,
): { values: Record<string, string>; positionals: string[] } {
  const own = Object.entries(command.options).map(
    ([name, { flag }]) => [name, { type: flag ? "boolean" : "string" }] as const,
  );
  const options = {
    ...Object.fromEntries(own),
    node: { type: "string" },
    json: { type: "boolean" },
    lang: { type: "string" },
    help: { type: "boolean" },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return {
      values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
      positionals,
    };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new CommandError(say("wrong.arguments", { words, command: command.name }));
  }
}
