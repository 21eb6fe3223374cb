import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Application } from "@acta/contract";

const folder = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../applications");

/** The applications of this release, by name, as the node finds them: each by its folder alone. */
export async function releasedApplications(): Promise<readonly Application[]> {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "index.ts")));
  const modules = names.sort().map((name) => import(pathToFileURL(join(folder, name, "index.ts")).href));
  // Each exports its application under this name; the node refuses to start otherwise.
  return (await Promise.all(modules)).map((module: { application: Application }) => module.application);
}
