import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Application } from "@acta/contract";

/** An application, and the file that it begins with. */
export type LoadedApplication = Application & { readonly entry: string };

/**
 * All applications below a folder: each sub-folder with an `index.ts` that exports `application`, by name.
 *
 * A new application is found by its folder alone. Throws an Error that names a folder without that export.
 */
export async function loadApplications(folder: string): Promise<readonly LoadedApplication[]> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "index.ts")))
    .map((entry) => entry.name)
    .sort();
  return Promise.all(names.map((name) => loadApplication(join(folder, name, "index.ts"))));
}

async function loadApplication(entry: string): Promise<LoadedApplication> {
  const module: { application?: Application } = await import(pathToFileURL(entry).href);
  if (module.application === undefined) throw new Error(`${entry} does not export "application".`);
  return { ...module.application, entry };
}
