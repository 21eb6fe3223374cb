import { globSync } from "node:fs";

const skipped = new Set(["node_modules", "dist", "data", "coverage", ".cache", ".git", ".venv", "__pycache__"]);

/** Paths, from the folder on and sorted, of the files below it that people wrote and whose names match a pattern. */
export function sourceFiles(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: folder, exclude: (path) => skipped.has(path.split("/").at(-1) ?? "") }).sort();
}

/** Whether a file only serves tests: it stands in `test/` or is named `*.test.ts`. */
export function isTestFile(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.includes("/test/");
}
