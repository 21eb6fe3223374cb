import { expect, test } from "vitest";
import { missingOptionalPackages } from "./lockfile.ts";

const parent = (dev: boolean, ...names: readonly string[]) => ({
  version: "2.0.0",
  ...(dev ? { dev } : {}),
  optionalDependencies: Object.fromEntries(names.map((name) => [name, "2.0.0"])),
});

test("enters the forgotten packages of other platforms, and says for which platform they are", () => {
  const packages = {
    "node_modules/formatter": parent(true, "@formatter/cli-darwin-arm64", "@formatter/cli-linux-x64-musl"),
    "node_modules/hasher": parent(false, "@hasher/win32-x64-msvc"),
  };
  expect(missingOptionalPackages({ packages })).toEqual({
    "node_modules/@formatter/cli-darwin-arm64": {
      version: "2.0.0",
      cpu: ["arm64"],
      dev: true,
      optional: true,
      os: ["darwin"],
    },
    "node_modules/@formatter/cli-linux-x64-musl": {
      version: "2.0.0",
      cpu: ["x64"],
      dev: true,
      libc: ["musl"],
      optional: true,
      os: ["linux"],
    },
    "node_modules/@hasher/win32-x64-msvc": { version: "2.0.0", cpu: ["x64"], optional: true, os: ["win32"] },
  });
});

test("is content with a lockfile that has them all, wherever they are nested", () => {
  const packages = {
    "node_modules/formatter": parent(true, "cli-linux-x64"),
    "node_modules/formatter/node_modules/cli-linux-x64": { version: "2.0.0", optional: true },
  };
  expect(missingOptionalPackages({ packages })).toEqual({});
});
