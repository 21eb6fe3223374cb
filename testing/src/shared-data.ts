import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");

/**
 * The folder with data of others that tests may read, or undefined where it is absent.
 *
 * Looks at the variable ACTA_SHARED_DATA, then at `../shared/data` beside the project. Prints why tests are skipped;
 * in CI an absent folder is a failure: throws an Error.
 */
export function sharedData(): string | undefined {
  const folder = process.env["ACTA_SHARED_DATA"] ?? resolve(root, "../shared/data");
  if (existsSync(folder)) return folder;
  if (process.env["CI"] === "true") throw new Error(`Shared test data is absent at ${folder}. Set ACTA_SHARED_DATA.`);
  console.warn(`skipped: no shared test data at ${folder}; set ACTA_SHARED_DATA to the folder that holds it.`);
  return undefined;
}
