import { defineConfig } from "vitest/config";

const ring = process.env["ACTA_RING"] ?? "core";

const include = {
  core: ["**/*.test.ts"],
  system: ["**/*.system.test.ts"],
  world: ["**/*.world.test.ts"],
}[ring] ?? ["**/*.test.ts"];

const others = ["**/*.system.test.ts", "**/*.world.test.ts"];

export default defineConfig({
  test: {
    include,
    exclude: ["**/node_modules/**", "**/dist/**", ...(ring === "core" ? others : [])],
    testTimeout: ring === "core" ? 30_000 : 300_000,
    hookTimeout: 300_000,
    pool: "forks",
    maxWorkers: 2,
    fileParallelism: ring === "core",
  },
});
