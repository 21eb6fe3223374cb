import type { OptionTable, OptionValues } from "./options.ts";
import type { Table } from "./report/table.ts";

/** Says what is being done, on the error stream. */
export type Say = (line: string) => void;

/** What a measurement came to: for people, and for programs. */
export type Report = {
  readonly tables: readonly Table[];
  /** Sentences after the tables. */
  readonly remarks: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
};

/** One command of `npm run bench --`. */
export type Command = {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What `--help` prints: usage and options. */
  readonly help: string;
  readonly options: OptionTable;
  /** Measures. Throws UsageError for wrong options, Error where what was measured did not do as it should. */
  readonly run: (values: OptionValues, say: Say) => Promise<Report>;
};
