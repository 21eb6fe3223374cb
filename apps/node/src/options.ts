import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** What `npm start --` takes. */
export type Options = {
  readonly port: number;
  readonly host: string;
  /** Folder of the ledger: genesis, store and keys. */
  readonly data: string;
  readonly reset: boolean;
  /** Load no sample data into a new ledger. */
  readonly empty: boolean;
  /** A genesis to keep instead of a new demo ledger. */
  readonly genesis: string | undefined;
  /** A folder of applications beside those of the release. */
  readonly applications: string | undefined;
};

export const HELP = `Starts a ledger and its portal on this machine.

  npm start -- [--port 8080] [--host 127.0.0.1] [--data data] [--reset] [--empty] [--genesis FILE]
               [--applications DIR]

  --port N        port to serve on (default 8080; 0 picks a free one)
  --host ADDRESS  address to listen on (default 127.0.0.1, this machine only)
  --data DIR      folder of the ledger (default data, below the folder you are in)
  --reset         delete the ledger in that folder first, and begin a new one
  --empty         load no sample data into a new ledger
  --genesis FILE  keep the ledger of this genesis; its validator's key lies in DIR/keys/validator.key
  --applications DIR  load the applications in this folder too: code that the node trusts like its own
  --help          this text

A new ledger without --genesis is a demo and development ledger; the keys of its operator, court and depositor lie in DIR/keys.
Stop with Ctrl-C.
`;

/** A call with words that mean nothing: shown with the help, exit code 2. */
export class UsageError extends Error {}

/** Reads the command line. Returns undefined when help is asked; throws UsageError. */
export function parseOptions(args: readonly string[], folder: string): Options | undefined {
  const values = readArgs(args);
  if (values.help === true) return undefined;
  const port = Number(values.port ?? "8080");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--port takes a number up to 65535.`);
  return {
    port,
    host: values.host ?? "127.0.0.1",
    data: resolve(folder, values.data ?? "data"),
    reset: values.reset ?? false,
    empty: values.empty ?? false,
    genesis: values.genesis === undefined ? undefined : resolve(folder, values.genesis),
    applications: values.applications === undefined ? undefined : resolve(folder, values.applications),
  };
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        host: { type: "string" },
        data: { type: "string" },
        genesis: { type: "string" },
        applications: { type: "string" },
        reset: { type: "boolean" },
        empty: { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
