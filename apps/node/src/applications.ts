import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Application } from "@acta/contract";

/** An application, and the file that it begins with. */
export type LoadedApplication = Application & { readonly entry: string };

/**
 * All applications below the folders: each sub-folder with an `index.ts` that exports `application`, by its name. One in
 * a later folder takes the place of one of the same name in an earlier.
 *
 * A new application is found by its folder alone. Throws an Error that names a folder without that export.
 */
export async function loadApplications(
  ...folders: readonly (string | undefined)[]
): Promise<readonly LoadedApplication[]> {
  const entries = new Map<string, string>();
  for (const folder of folders) {
    if (folder === undefined) continue;
    for (const name of readdirSync(folder)) {
      const entry = join(folder, name, "index.ts");
      if (existsSync(entry)) entries.set(name, entry);
    }
  }
  const byName = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return Promise.all(byName.map(([, entry]) => loadApplication(entry)));
}

async function loadApplication(entry: string): Promise<LoadedApplication> {
  const module: { application?: Application } = await import(pathToFileURL(entry).href);
  if (module.application === undefined) throw new Error(`${entry} does not export "application".`);
  return { ...module.application, entry };
}
