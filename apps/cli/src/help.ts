import type { Command } from "@acta/sdk";
import { COMMON_OPTIONS } from "./invocation.ts";

/** All commands, a line each. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  acta ${name.padEnd(width)}  ${summary}`);
  return `acta: enter facts, keep the proof, verify offline.\n\n${lines.join("\n")}\n\nEach says more with --help, and prints JSON with --json.\n`;
}

/** What one command does, takes and answers. */
export function helpOf({ name, usage, summary, help, options }: Command): string {
  const own = Object.entries(options).map(([option, { meaning }]) => `  --${option.padEnd(8)} ${meaning}`);
  const common = Object.entries(COMMON_OPTIONS).map(([option, meaning]) => `  --${option.padEnd(8)} ${meaning}`);
  return `acta ${name} ${usage}\n\n${summary}\n\n${help}\n\n${[...own, ...common].join("\n")}\n`;
}
