import type { CommandFiles } from "../src/command.ts";

/** Files in memory, for tests. */
export function memoryFiles(): CommandFiles & { readonly all: Map<string, Uint8Array> } {
  const all = new Map<string, Uint8Array>();
  return {
    all,
    read(path) {
      const bytes = all.get(path);
      if (bytes === undefined) throw new Error(`There is no ${path}.`);
      return bytes;
    },
    exists: (path) => all.has(path),
    list: (folder) =>
      [...all.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1))
        .sort(),
    makeFolder() {},
    syncFolder() {},
    lock: () => Promise.resolve(() => undefined),
    writeNew(path, bytes) {
      if (all.has(path)) return false;
      all.set(path, bytes);
      return true;
    },
    replace(path, bytes) {
      all.set(path, bytes);
    },
    remove(path) {
      all.delete(path);
    },
    join: (...parts) => parts.join("/"),
    folderOf: (path) => path.slice(0, path.lastIndexOf("/")),
    nameOf: (path) => path.slice(path.lastIndexOf("/") + 1),
    sizeOf: (path) => all.get(path)?.length ?? 0,
    hash: () => Promise.reject(new Error("Nothing is hashed here.")),
  };
}
