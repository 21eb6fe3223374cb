import { custodyCommand, holdCommand, releaseCommand, withdrawCommand } from "./commands/act.ts";
import { reportCommand } from "./commands/court-report.ts";
import { depositCommand } from "./commands/deposit.ts";
import { resumeCommand } from "./commands/resume.ts";

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
