import { installNative } from "@acta/native";
import { HELP, parseOptions, UsageError } from "./options.ts";
import { inWords } from "./report.ts";
import { measureSubmit } from "./submit.ts";

/** Measures, and prints the report; with --json the last line is one JSON object. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) return void process.stdout.write(HELP);
  installNative();
  const report = await measureSubmit(options, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${inWords(report)}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const usage = error instanceof UsageError;
    process.stderr.write(`${error instanceof Error ? (usage ? error.message : error.stack) : String(error)}\n`);
    if (usage) process.stderr.write(`\n${HELP}`);
    process.exit(usage ? 2 : 1);
  },
);
