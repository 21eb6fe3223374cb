import { CommandError } from "@acta/sdk";

/** The value of a file's text; throws CommandError that names the file. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${path} is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
}
