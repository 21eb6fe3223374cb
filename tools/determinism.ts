import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findNondeterminism } from "@acta/contract";
import { isTestFile, sourceFiles } from "./source-files.ts";

// What every member of a ledger must compute alike: the applications, the state machine, the kinds of values.
const deterministic = ["applications/**/*.ts", "core/ledger/src/**/*.ts", "core/contract/src/kinds/**/*.ts"];

// These parts of an application run beside a ledger, never in it.
const beside = /^applications\/[^/]+\/(portal\/|report\/|adapters\/|commands[./]|sample\.ts)/;

/** Sentences about words in contracts and in the state machine whose result could differ between two machines. */
export function checkDeterminism(project: string): string[] {
  const files = deterministic.flatMap((pattern) => sourceFiles(project, pattern));
  return files
    .filter((file) => !isTestFile(file) && !beside.test(file))
    .flatMap((file) =>
      findNondeterminism(readFileSync(join(project, file), "utf8")).map(
        ({ line, word, reason }) => `${file}:${line} uses ${word}, which ${reason}.`,
      ),
    );
}
