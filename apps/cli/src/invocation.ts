import { parseArgs } from "node:util";
import { type Command, CommandError, type CommandOptions } from "@acta/sdk";

/** Options that every command takes. */
export type CommonOptions = {
  readonly node: string;
  readonly json: boolean;
  readonly language: "zh" | "en";
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

/** Meanings of the options that every command takes. */
export const COMMON_OPTIONS = {
  node: `URL      the node to speak with (default ${DEFAULT_NODE}, or ACTA_NODE)`,
  json: "         print one JSON value instead of sentences",
  lang: "zh|en    language of the sentences (default: that of the terminal)",
  help: "         say what the command does",
} as const;

/** Finds the command that the first words name. Throws CommandError in words. */
export function parseInvocation(commands: readonly Command[], args: readonly string[]): Invocation {
  const command = commands.find(({ name }) => startsWith(args, name.split(" ")));
  if (command === undefined) {
    const asked = args.includes("--help") || args[0] === "help";
    const word = args.find((each) => !each.startsWith("-"));
    if (!asked && word !== undefined && args.length > 0) throw new CommandError(unknownCommand(commands, args));
    return { kind: "overview", asked };
  }
  const rest = args.slice(command.name.split(" ").length);
  const { values, positionals } = readArgs(command, rest);
  if (values["help"] !== undefined) return { kind: "help", command };
  for (const [name, { required }] of Object.entries(command.options)) {
    if (required && values[name] === undefined)
      throw new CommandError(`acta ${command.name} needs --${name}. See: acta ${command.name} --help`);
  }
  const common = {
    node: values["node"] ?? process.env["ACTA_NODE"] ?? DEFAULT_NODE,
    json: values["json"] !== undefined,
    language: languageOf(values["lang"]),
  };
  return { kind: "run", command, words: positionals, options: values, common };
}

function startsWith(args: readonly string[], words: readonly string[]): boolean {
  return words.every((word, index) => args[index] === word);
}

function unknownCommand(commands: readonly Command[], args: readonly string[]): string {
  const near = commands.filter(({ name }) => name.split(" ")[0] === args[0]).map(({ name }) => `acta ${name}`);
  const hint = near.length > 0 ? `There is: ${near.join(", ")}.` : "See: acta --help";
  return `There is no command "acta ${args.slice(0, 2).join(" ")}". ${hint}`;
}

function readArgs(
  command: Command,
  args: readonly string[],
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
    throw new CommandError(`${words}\nSee: acta ${command.name} --help`);
  }
}

function languageOf(given: string | undefined): "zh" | "en" {
  if (given !== undefined && given !== "zh" && given !== "en") throw new CommandError("--lang takes zh or en.");
  const terminal = process.env["LC_ALL"] ?? process.env["LC_MESSAGES"] ?? process.env["LANG"] ?? "";
  return given ?? (terminal.startsWith("zh") ? "zh" : "en");
}
