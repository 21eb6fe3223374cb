import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** One package of the project: where it stands and what it says it needs. */
export type Workspace = { readonly folder: string; readonly name: string; readonly dependencies: ReadonlySet<string> };

/** What a package.json says, as far as it matters here. */
type Manifest = {
  readonly name?: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};

/** The packages that the project's package.json lists, sorted by folder. */
export function workspacesOf(project: string): Workspace[] {
  const patterns = (readManifest(project).workspaces ?? []).map((pattern) => `${pattern}/package.json`);
  return globSync(patterns, { cwd: project })
    .sort()
    .map((path) => {
      const manifest = readManifest(join(project, dirname(path)));
      return { folder: dirname(path), name: manifest.name ?? "", dependencies: namesOf(manifest) };
    });
}

/** The packages that only serve development and that every workspace may use in its tests. */
export function developmentDependencies(project: string): ReadonlySet<string> {
  return namesOf(readManifest(project));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest; // npm checks its form
}

function namesOf(manifest: Manifest): ReadonlySet<string> {
  return new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
}
