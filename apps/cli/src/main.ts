import { installNative } from "@acta/native";
import { CommandError, SdkError } from "@acta/sdk";
import { allCommands } from "./all-commands.ts";
import { helpOf, overview } from "./help.ts";
import { createHost } from "./host.ts";
import { type Invocation, parseInvocation } from "./invocation.ts";
import { languageOf, sayIn } from "./words.ts";

const language = languageOf(process.argv.slice(2), process.env);

/** Exit codes: 0 done or valid, 1 not valid or refused, 2 cannot tell or wrongly called. */
async function main(args: readonly string[]): Promise<number> {
  installNative();
  const { commands, wording } = await allCommands();
  const voice = { language, say: sayIn(language), wording };
  const invocation = parseInvocation(commands, args, language);
  if (invocation.kind === "overview") {
    process.stdout.write(overview(commands, voice));
    return invocation.asked ? 0 : 2;
  }
  if (invocation.kind === "help") {
    process.stdout.write(helpOf(invocation.command, voice));
    return 0;
  }
  return runCommand(invocation);
}

async function runCommand(invocation: Extract<Invocation, { kind: "run" }>): Promise<number> {
  const { host, finish } = createHost(invocation.common);
  try {
    const code = await invocation.command.run(host, invocation.words, invocation.options);
    finish();
    return code;
  } catch (error) {
    finish();
    const isAway = error instanceof SdkError && error.code === "node-away";
    // The client says it in English, as libraries do.
    const message = isAway ? sayIn(language)("error.nodeAway", { node: invocation.common.node }) : messageOf(error);
    if (!invocation.common.json) throw isAway ? new CommandError(message, { cause: error }) : error;
    const code = error instanceof SdkError ? (error.detail ?? error.code) : "command";
    process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    return 2;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Errors whose message was written for whoever typed the command. */
const IN_WORDS = new Set([
  "CommandError",
  "SdkError",
  "ContractError",
  "ProtocolError",
  "BytesError",
  "CryptoError",
  "StoreError",
]);

// A reader that has seen enough, such as head, closes the pipe: that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // What a person can mend is said in words; anything else keeps its stack, so that it can be reported.
    const foreseen = error instanceof Error && IN_WORDS.has(error.name);
    process.stderr.write(
      `${foreseen || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message)}\n`,
    );
    process.exitCode = 2;
  },
);
