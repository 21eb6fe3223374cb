import type { SignatureCheck } from "@acta/crypto";
import type { RandomBytes } from "./compose.ts";
import type { KeyFile } from "./key-file.ts";
import type { NodeClient } from "./node-client.ts";

/** What binds a file: size in bytes, SHA-256 of the whole, list root over its chunks of 1 MiB. */
export type HashedFile = { readonly size: bigint; readonly sha256: Uint8Array; readonly root: Uint8Array };

/** Files as a command may use them. Paths are those the person typed, or joined from them. */
export type CommandFiles = {
  readonly read: (path: string) => Uint8Array;
  readonly exists: (path: string) => boolean;
  /** Names in a folder, sorted; none where there is no folder. */
  readonly list: (folder: string) => readonly string[];
  readonly makeFolder: (folder: string) => void;
  /** Keeps other commands out of a folder until the answer is called; waits for one that works in it. Throws CommandError. */
  readonly lock: (folder: string) => Promise<() => void>;
  /** Makes the names in a folder durable. */
  readonly syncFolder: (folder: string) => void;
  /** Writes a file that was not there, its content durably; its name is durable after `syncFolder`. False, and nothing written, where it was. `secret`: readable by its owner alone. */
  readonly writeNew: (path: string, bytes: Uint8Array, secret?: "secret") => boolean;
  /** Writes a file in one step, durably: old or new content, never half. `secret`: readable by its owner alone. */
  readonly replace: (path: string, bytes: Uint8Array, secret?: "secret") => void;
  readonly remove: (path: string) => void;
  readonly join: (...parts: string[]) => string;
  /** The folder that a path lies in. */
  readonly folderOf: (path: string) => string;
  /** The last part of a path. */
  readonly nameOf: (path: string) => string;
  readonly sizeOf: (path: string) => number;
  /** Reads a file in slices; `onBytes` is told of each. */
  readonly hash: (path: string, onBytes: (bytes: number) => void) => Promise<HashedFile>;
};

/** Everything of the world that a command of an application may touch. */
export type CommandHost = {
  readonly node: NodeClient;
  readonly random: RandomBytes;
  readonly files: CommandFiles;
  readonly readKey: (path: string) => KeyFile;
  /** Verifies a signature natively and remembers the verdict: receipts of one batch share their signatures. */
  readonly verifySignature: (check: SignatureCheck) => boolean;
  readonly language: "zh" | "en";
  /** One line for a person; silent with --json. */
  readonly say: (line: string) => void;
  /** The result for a program, printed with --json. */
  readonly result: (value: unknown) => void;
  /** Shows progress of long work in place: so many of so many, at a stage in words. */
  readonly progress: (stage: string, done: number, total: number) => void;
};

/** Options as typed: `--key FILE` is `{ key: "FILE" }`; a flag is "true". */
export type CommandOptions = Readonly<Record<string, string | undefined>>;

/** A verb of the command line. */
export type Command = {
  /** Such as `evidence deposit`. */
  readonly name: string;
  readonly summary: string;
  /** What follows the name, such as `FILE… --key FILE --out DIR`. */
  readonly usage: string;
  /** Longer help: one paragraph for each matter. */
  readonly help: string;
  readonly options: Readonly<
    Record<string, { readonly meaning: string; readonly flag?: true; readonly required?: true }>
  >;
  /** Runs it; the exit code. Throws CommandError for what the person can mend. */
  readonly run: (host: CommandHost, words: readonly string[], options: CommandOptions) => Promise<number>;
};

/** A mistake that the person can mend: the message says what and how. Exit code 2. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
