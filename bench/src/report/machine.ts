import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** The machine of a measurement, as far as figures depend on it. */
export function machine(): {
  readonly cores: number;
  readonly model: string;
  readonly memoryGiB: number;
  readonly system: string;
} {
  const [first] = cpus();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return {
    cores: cpus().length,
    model: first?.model.trim() ?? "unknown",
    memoryGiB,
    system: `${process.platform} ${process.arch}`,
  };
}

/** What was measured, by version. */
export function versions(): { readonly acta: string; readonly node: string; readonly v8: string } {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
  );
  return { acta: manifest.version, node: process.versions.node, v8: process.versions.v8 };
}
