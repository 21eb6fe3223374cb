import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Application } from "@acta/contract";

/**
 * All applications below a folder: each sub-folder with an `index.ts` that exports `application`, by name.
 *
 * A new application is found by its folder alone. Throws an Error that names a folder without that export.
 */
export async function loadApplications(folder: string): Promise<readonly Application[]> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "index.ts")))
    .map((entry) => entry.name)
    .sort();
  return Promise.all(names.map((name) => loadApplication(join(folder, name))));
}

async function loadApplication(folder: string): Promise<Application> {
  const module: { application?: Application } = await import(pathToFileURL(join(folder, "index.ts")).href);
  if (module.application === undefined) throw new Error(`${folder}/index.ts does not export "application".`);
  return module.application;
}
