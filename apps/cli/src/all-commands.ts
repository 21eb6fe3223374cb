import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Command } from "@acta/sdk";
import { actionCommands } from "./commands/action.ts";
import { callCommand } from "./commands/call.ts";
import { clockCommands } from "./commands/clock.ts";
import { fsckCommand } from "./commands/fsck.ts";
import { keyCommand } from "./commands/key.ts";
import { lawCommand } from "./commands/law.ts";
import { receiptCommands } from "./commands/receipt.ts";
import { recordCommand } from "./commands/record.ts";
import { recordProveCommand } from "./commands/record-prove.ts";
import { statusCommand } from "./commands/status.ts";
import { totalCommand } from "./commands/total.ts";
import { trustCommands } from "./commands/trust.ts";
import { verifyCommand } from "./commands/verify.ts";
import zh from "./zh.json" with { type: "json" };

/** Folder of the applications, beside this one. */
export const APPLICATIONS = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../../applications");

/** Verbs, and their help in Chinese by the verb's name: `status.summary`, `status.help`, `key new.out`. */
export type Verbs = { readonly commands: readonly Command[]; readonly wording: Readonly<Record<string, string>> };

/** The command line's own verbs, and those that applications bring in their `commands.ts`. */
export async function allCommands(): Promise<Verbs> {
  const brought = await Promise.all(applicationFolders().map(commandsOf));
  const commands = [
    statusCommand,
    keyCommand,
    ...trustCommands,
    ...brought.flatMap((each) => each.commands),
    verifyCommand,
    ...receiptCommands,
    recordCommand,
    recordProveCommand,
    ...actionCommands,
    totalCommand,
    callCommand,
    lawCommand,
    ...clockCommands,
    fsckCommand,
  ];
  return { commands, wording: Object.assign({}, ...brought.map((each) => each.wording), zh) };
}

/** Folders of applications, by name. */
export function applicationFolders(): readonly string[] {
  return readdirSync(APPLICATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(APPLICATIONS, entry.name, "index.ts")))
    .map((entry) => join(APPLICATIONS, entry.name))
    .sort();
}

async function commandsOf(folder: string): Promise<Verbs> {
  const path = join(folder, "commands.ts");
  if (!existsSync(path)) return { commands: [], wording: {} };
  const module: Partial<Verbs> = await import(pathToFileURL(path).href);
  if (module.commands === undefined) throw new Error(`${path} does not export "commands".`);
  return { commands: module.commands, wording: module.wording ?? {} };
}
