import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, normalize } from "node:path";
import { type Import, importsOf } from "./imports.ts";
import { isTestFile, sourceFiles } from "./source-files.ts";
import { developmentDependencies, type Workspace, workspacesOf } from "./workspaces.ts";

/** A file that imports what its place in the tree does not allow. */
export type Violation = {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly reason: string;
};

/**
 * The imports that break the rules of the tree, in the order of files and lines.
 *
 * Core imports core, each package only those below it; node and client import core, never each other; applications
 * import contract and patterns; apps, testing, bench and tools import anything. Packages meet by name alone, declare
 * what they use, and the pure folders touch nothing of the machine.
 */
export function findViolations(project: string): Violation[] {
  const workspaces = workspacesOf(project);
  const development = developmentDependencies(project);
  return sourceFiles(project, "{core,node,client,applications,apps,testing,bench,tools}/**/*.{ts,tsx,mts,mjs}").flatMap(
    (file) => {
      const workspace = workspaces.find(({ folder }) => file.startsWith(`${folder}/`));
      if (!workspace) return [{ file, line: 1, specifier: "", reason: "stands in no package" }];
      const place = { file, workspace, workspaces, development, isTest: isTestFile(file) };
      return importsOf(readFileSync(join(project, file), "utf8")).flatMap((found) => violationsOf(place, found));
    },
  );
}

/** The same as sentences, one for each violation. */
export function checkBoundaries(project: string): string[] {
  return findViolations(project).map(
    ({ file, line, specifier, reason }) => `${file}:${line} imports ${specifier}: ${reason}.`,
  );
}

type Place = {
  readonly file: string;
  readonly workspace: Workspace;
  readonly workspaces: readonly Workspace[];
  readonly development: ReadonlySet<string>;
  readonly isTest: boolean;
};

// Core is a chain with two branches; a package sees those that stand to its right in its row.
const core: Readonly<Record<string, readonly string[]>> = {
  bytes: [],
  crypto: ["bytes"],
  merkle: ["bytes", "crypto"],
  "light-client": ["bytes", "crypto", "merkle"],
  protocol: ["bytes", "crypto", "merkle", "light-client"],
  contract: ["bytes", "crypto"],
  patterns: ["bytes", "crypto", "contract"],
  ledger: ["bytes", "crypto", "merkle", "light-client", "protocol", "contract"],
};

const free = new Set(["apps", "testing", "bench", "tools"]);

function violationsOf(place: Place, { specifier, line }: Import): Violation[] {
  const reason = reasonAgainst(place, specifier);
  return reason === undefined ? [] : [{ file: place.file, line, specifier, reason }];
}

function reasonAgainst(place: Place, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return againstRelative(place, specifier);
  if (specifier.startsWith("/")) return "an absolute path names one machine";
  if (isBuiltin(specifier)) return againstBuiltin(place, specifier);
  if (specifier.startsWith("@acta/")) return againstPackage(place, specifier);
  return againstOutside(place, specifier);
}

function againstRelative({ file, workspace }: Place, specifier: string): string | undefined {
  const path = specifier.replace(/\?.*$/, "");
  if (!/\.(ts|tsx|mts|mjs|json|css|html)$/.test(path)) return "a relative import ends in .ts";
  const target = normalize(join(file, "..", path));
  if (!target.startsWith(`${workspace.folder}/`)) return "another package is imported by its name";
  if (workspace.folder !== "applications") return undefined;
  return applicationOf(target) === applicationOf(file) ? undefined : "an application imports only its own folder";
}

function againstBuiltin({ file, isTest }: Place, specifier: string): string | undefined {
  if (isTest) return undefined;
  const area = areaOf(file);
  if (area === "core" || area === "applications" || area === "client") {
    return `${area} is pure: it runs in a browser too`;
  }
  return specifier.startsWith("node:") ? undefined : `a module of Node is named node:${specifier}`;
}

function againstPackage(place: Place, specifier: string): string | undefined {
  const name = specifier.split("/").slice(0, 2).join("/");
  const target = place.workspaces.find((workspace) => workspace.name === name);
  if (!target) return "no package of the project has this name";
  if (target === place.workspace) return "inside a package paths are relative";
  // A style sheet has no name but its own; the package's exports say which may be taken.
  const isStyle = /^@acta\/[a-z-]+\/[a-z-]+\.css$/.test(specifier);
  if (specifier !== name && !isStyle && name !== "@acta/applications")
    return `only the package itself may be imported (${name})`;
  return againstDirection(place, target) ?? againstUndeclared(place, name);
}

function againstDirection({ file, workspace, isTest }: Place, target: Workspace): string | undefined {
  const from = areaOf(file);
  const to = areaOf(target.folder);
  const short = target.folder.split("/").at(-1) ?? "";
  if (free.has(from)) return undefined;
  if (isTest && to === "testing") return undefined;
  if (from === "applications") return againstApplication(file, isTest, to, short);
  if (isTest && to === "applications" && from !== "core") return undefined;
  if (from === "core") return againstCore(workspace.folder.split("/").at(-1) ?? "", to, short);
  return to === "core" || to === from ? undefined : `${from} imports core and ${from}, never ${to}`;
}

function againstCore(from: string, to: string, short: string): string | undefined {
  if (to !== "core") return `core imports core only, never ${to}`;
  const allowed = core[from];
  if (!allowed) return `tools/boundaries.ts has no row for core/${from}`;
  if (allowed.includes(short)) return undefined;
  return `core/${from} may import ${allowed.length > 0 ? allowed.join(", ") : "nothing"} of core`;
}

function againstApplication(file: string, isTest: boolean, to: string, short: string): string | undefined {
  const inside = file.split("/").slice(2).join("/");
  if (isTest) {
    return to === "core" || to === "client" ? undefined : "tests of an application import core, client and testing";
  }
  if (inside.startsWith("portal/")) return to === "client" ? undefined : "portal/ imports client only";
  if (inside.startsWith("commands")) return to === "client" ? undefined : "commands import client only";
  if (inside === "sample.ts") {
    return short === "sdk" || short === "contract" ? undefined : "sample.ts imports client/sdk and contract only";
  }
  return short === "contract" || short === "patterns" ? undefined : "applications import contract and patterns only";
}

function againstUndeclared({ workspace, isTest }: Place, name: string): string | undefined {
  if (workspace.dependencies.has(name)) return undefined;
  // An application declares what it is made of; its trials on a ledger bring more.
  if (isTest && workspace.folder === "applications") return undefined;
  // Declared, these two would make a circle of packages that know each other.
  if (isTest && (name === "@acta/testing" || name === "@acta/applications")) return undefined;
  return `${workspace.folder}/package.json does not declare it`;
}

function againstOutside({ file, workspace, development, isTest }: Place, specifier: string): string | undefined {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  if (workspace.dependencies.has(name)) return undefined;
  const mayUseTools = isTest || free.has(areaOf(file)) || /\.config\.m?ts$/.test(file);
  if (mayUseTools && development.has(name)) return undefined;
  return `${workspace.folder}/package.json does not declare it`;
}

function areaOf(path: string): string {
  return path.split("/")[0] ?? "";
}

function applicationOf(path: string): string {
  return path.split("/")[1] ?? "";
}
