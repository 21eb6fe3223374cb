import { type ParseArgsConfig, parseArgs } from "node:util";

/** What may stand on a command line, by name. */
export type OptionTable = NonNullable<ParseArgsConfig["options"]>;

/** What stood there. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** Words that mean nothing: shown with the help, exit code 2. */
export class UsageError extends Error {}

/** Reads the options of a command. Throws UsageError for one that it does not have. */
export function readOptions(args: readonly string[], table: OptionTable): OptionValues {
  try {
    // Every option of ours is given once: a text or a flag.
    return parseArgs({ args: [...args], options: table, strict: true }).values as OptionValues;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The whole number of an option. Throws UsageError outside its bounds. */
export function whole(
  values: OptionValues,
  name: string,
  { otherwise, least, most }: { readonly otherwise: number; readonly least: number; readonly most: number },
): number {
  const text = values[name];
  return text === undefined ? otherwise : wholeOf(name, String(text), least, most);
}

/** The whole numbers of an option, parted by commas and ascending. Throws UsageError. */
export function ascending(values: OptionValues, name: string, otherwise: readonly number[], most: number): number[] {
  const text = values[name];
  if (text === undefined) return [...otherwise];
  const numbers = String(text)
    .split(",")
    .map((each) => wholeOf(name, each, 1, most));
  if (numbers.every((each, index) => index === 0 || each > (numbers[index - 1] ?? each))) return numbers;
  throw new UsageError(`--${name} takes whole numbers in ascending order, parted by commas.`);
}

/** The text of an option, or undefined. */
export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** One of some words. Throws UsageError. */
export function oneOf<const W extends string>(values: OptionValues, name: string, words: readonly [W, ...W[]]): W {
  const given = values[name] ?? words[0];
  const found = words.find((word) => word === given);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} is one of: ${words.join(", ")}.`);
}

function wholeOf(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}.`);
}
