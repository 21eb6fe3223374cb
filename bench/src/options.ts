import { parseArgs } from "node:util";

/** What is measured and how. */
export type Options = {
  /** `single`: every record is a signed transaction of its own; `batch`: one signature over `per` records. */
  readonly mode: "single" | "batch";
  readonly per: number;
  /** Records that the ledger holds before the measurement. */
  readonly keys: number;
  /** Seconds that are measured, after two of warming up. */
  readonly seconds: number;
  readonly json: boolean;
  /** Writes a CPU profile of the node's main thread to this folder. */
  readonly profile: string | undefined;
};

export const HELP = `Measures how many operations a second a node of its own process enters.

  npm run bench -- submit --mode single|batch [--per 1000] [--keys 100000] [--seconds 20] [--json] [--cpu-prof DIR]

  --mode single   every deposit is a transaction with a signature of its own
  --mode batch    one signature over --per deposits
  --per N         deposits under one signature (default 1000; with --mode batch only)
  --keys N        records that the ledger holds before the measurement (default 100000)
  --seconds N     seconds that are measured, after two of warming up (default 20)
  --json          the last line is one JSON object
  --cpu-prof DIR  writes a CPU profile of the node's main thread to DIR
`;

/** Words that mean nothing: shown with the help, exit code 2. */
export class UsageError extends Error {}

/** Reads the command line. Undefined when help is asked; throws UsageError. */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values, positionals } = read(args);
  if (values.help === true) return undefined;
  if (positionals.length !== 1 || positionals[0] !== "submit") throw new UsageError("Say what to measure: submit.");
  const mode = values.mode ?? "single";
  if (mode !== "single" && mode !== "batch") throw new UsageError("--mode is single or batch.");
  return {
    mode,
    per: mode === "single" ? 1 : whole("per", values.per ?? "1000", 2, 5000),
    keys: whole("keys", values.keys ?? "100000", 0, 100_000_000),
    seconds: whole("seconds", values.seconds ?? "20", 1, 3000),
    json: values.json ?? false,
    profile: values["cpu-prof"],
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        mode: { type: "string" },
        per: { type: "string" },
        keys: { type: "string" },
        seconds: { type: "string" },
        json: { type: "boolean" },
        "cpu-prof": { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}.`);
}
