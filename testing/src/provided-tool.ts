/** A program of others that a test of the world ring needs. */
export type ToolName = "go" | "python" | "chromium";

/**
 * The path of a program of others, or undefined where it is absent.
 *
 * `npm run test:world` finds or makes it and passes it on in ACTA_GO, ACTA_PYTHON or ACTA_CHROMIUM. Prints why tests are
 * skipped; in CI an absent program is a failure: throws an Error.
 */
export function providedTool(name: ToolName): string | undefined {
  const variable = `ACTA_${name.toUpperCase()}`;
  const path = process.env[variable];
  if (path) return path;
  const message = `no ${name} was provided; run "npm run test:world", or set ${variable} to its path.`;
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(`skipped: ${message}`);
  return undefined;
}
