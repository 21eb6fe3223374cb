import { installNative } from "@acta/native";
import type { Command } from "./command.ts";
import { grow } from "./commands/grow.ts";
import { hot } from "./commands/hot.ts";
import { proof } from "./commands/proof.ts";
import { restart } from "./commands/restart.ts";
import { storage } from "./commands/storage.ts";
import { submit } from "./commands/submit.ts";
import { readOptions, UsageError } from "./options.ts";
import { machine, versions } from "./report/machine.ts";
import { tableInWords } from "./report/table.ts";

const COMMANDS: readonly Command[] = [submit, grow, proof, storage, restart, hot];

const HELP = `Measures Acta on this machine. Every figure stands beside a limit or a peer of the same run: rates of different
machines cannot be compared, ratios can.

${COMMANDS.map(({ name, summary }) => `  npm run bench -- ${name.padEnd(8)} ${summary}`).join("\n")}

Each explains itself with --help; with --json the last line is one JSON object. docs/measurements.md says what the
columns mean.
`;

/** Measures, and prints the report. */
async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === "--help") return void process.stdout.write(HELP);
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) throw new UsageError(`There is no measurement "${name}".`);
  const values = read(command, args);
  if (values["help"] === true) return void process.stdout.write(command.help);
  installNative();
  const report = await command.run(values, (line) => process.stderr.write(`${line}\n`));
  const { cores, model, memoryGiB } = machine();
  const of = `${cores} cores, ${model}, ${memoryGiB} GiB, Node ${process.versions.node}`;
  process.stdout.write(`${[...report.tables.map(tableInWords), [...report.remarks, of].join("\n")].join("\n\n")}\n`);
  const context = { measurement: name, machine: machine(), versions: versions(), command: commandLine() };
  if (values["json"] === true) process.stdout.write(`${JSON.stringify({ ...context, ...report.json })}\n`);
}

function read(command: Command, args: readonly string[]) {
  try {
    return readOptions(args, { ...command.options, json: { type: "boolean" }, help: { type: "boolean" } });
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${error.message}\n\n${command.help}`) : error;
  }
}

function commandLine(): string {
  return `npm run bench -- ${process.argv.slice(2).join(" ")}`;
}

// By way of an exit, at which what was begun is cleared away.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

// A promise that nothing will keep must not look like success.
process.once("beforeExit", () => {
  process.stderr.write("The measurement broke off: nothing is left to wait for.\n");
  process.exit(1);
});

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const usage = error instanceof UsageError;
    process.stderr.write(`${error instanceof Error ? (usage ? error.message : error.stack) : String(error)}\n`);
    process.exit(usage ? 2 : 1);
  },
);
