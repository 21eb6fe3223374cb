import { custodyCommand, holdCommand, releaseCommand, withdrawCommand } from "./commands/act.ts";
import { reportCommand } from "./commands/court-report.ts";
import { depositCommand } from "./commands/deposit.ts";
import { resumeCommand } from "./commands/resume.ts";
import zh from "./commands/zh.json" with { type: "json" };

/** Their sentences and help in Chinese. */
export const wording: Readonly<Record<string, string>> = zh;

/** The verbs of evidence on the command line. */
export const commands = [
  depositCommand,
  resumeCommand,
  custodyCommand,
  holdCommand,
  releaseCommand,
  withdrawCommand,
  reportCommand,
];
