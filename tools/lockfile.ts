import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/** One package in package-lock.json, as far as it matters here. */
type LockedPackage = {
  readonly version?: string;
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly os?: readonly string[];
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

/** A lockfile as npm writes it since version 7. */
export type Lockfile = { readonly packages: Readonly<Record<string, LockedPackage>> };

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/**
 * The optional packages of other platforms that the lockfile forgets, as entries to add, by their path.
 *
 * A registry that lacks them makes npm leave them out without a word, and `npm ci` then refuses the lockfile on every
 * machine. They are entered by name and version; without a checksum, because nobody here could read one.
 */
export function missingOptionalPackages(lockfile: Lockfile): Record<string, LockedPackage> {
  const present = new Set(Object.keys(lockfile.packages).map((path) => path.replace(/^.*node_modules\//, "")));
  const missing: Record<string, LockedPackage> = {};
  for (const parent of Object.values(lockfile.packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      if (present.has(name)) continue;
      missing[`node_modules/${name}`] = lockedPackage(name, version, parent.dev === true);
    }
  }
  return missing;
}

/** Sentences about what is wrong with the project's lockfile. */
export function checkLockfile(): string[] {
  return Object.keys(missingOptionalPackages(readLockfile())).map(
    (path) => `package-lock.json: ${path} is missing, so "npm ci" fails everywhere. Run "npm run lockfile".`,
  );
}

// "binding-linux-arm64-musl" → linux, arm64, musl: what keeps npm from trying to install it elsewhere. npm's order.
function lockedPackage(name: string, version: string, dev: boolean): LockedPackage {
  const words = name.split(/[-/]/);
  const cpu = words.filter((word) => processors.includes(word));
  const os = words.filter((word) => systems.includes(word));
  return {
    version,
    ...(cpu[0] ? { cpu } : {}),
    ...(dev ? { dev } : {}),
    ...(words.some((word) => word.startsWith("musl")) ? { libc: ["musl"] } : {}),
    optional: true,
    ...(os[0] ? { os } : {}),
  };
}

function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lockfile; // npm's own file, version 3
}

function complete(): void {
  const lockfile = readLockfile();
  const packages = { ...lockfile.packages, ...missingOptionalPackages(lockfile) };
  const ordered = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")));
  writeFileSync(join(root, "package-lock.json"), `${JSON.stringify({ ...lockfile, packages: ordered }, null, 2)}\n`);
}

if (import.meta.main) complete();
