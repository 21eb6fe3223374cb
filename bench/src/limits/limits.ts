import { rounded, type Table } from "../report/table.ts";
import { type DiskLimit, measureDiskLimit } from "./disk-limit.ts";
import { measureHashLimit } from "./hash-limit.ts";
import { measureSignatureLimit, sampleChecks } from "./signature-limit.ts";

/** What this machine can do at most, a second; the ratios of a report refer to it. */
export type Limits = DiskLimit & {
  /** What the node's two signature workers verify when they do nothing else. */
  readonly signaturesPerSecond: number;
  /** SHA-256 of 64 bytes on one thread. */
  readonly hashesPerSecond: number;
};

/** The mean of the limits before and after, and how far apart they lay: more than a tenth, and the machine was shared. */
export type MeanLimits = Limits & { readonly swing: number };

const SECONDS = 2;

/** Measures what the machine does at most before and after `run`, while whatever is measured rests. */
export async function withLimits<T>(folder: string, run: () => Promise<T>): Promise<{ result: T; limits: MeanLimits }> {
  const before = await measureLimits(folder);
  const result = await run();
  return { result, limits: meanOf(before, await measureLimits(folder)) };
}

/** The means, and the largest difference by the mean. */
export function meanOf(before: Limits, after: Limits): MeanLimits {
  const mean = (name: keyof Limits): number =>
    rounded((before[name] + after[name]) / 2, name === "megabytesPerSecond" ? 1 : 0);
  const difference = (name: keyof Limits): number =>
    Math.abs(before[name] - after[name]) / ((before[name] + after[name]) / 2);
  const names = ["signaturesPerSecond", "hashesPerSecond", "appendsPerSecond", "megabytesPerSecond"] as const;
  return {
    signaturesPerSecond: mean("signaturesPerSecond"),
    hashesPerSecond: mean("hashesPerSecond"),
    appendsPerSecond: mean("appendsPerSecond"),
    megabytesPerSecond: mean("megabytesPerSecond"),
    swing: rounded(Math.max(...names.map(difference)), 2),
  };
}

/** The limits as rows of a report. */
export function limitsTable(limits: MeanLimits): Table {
  return {
    title: "limits of this machine, same run",
    columns: ["a second"],
    rows: [
      ["signatures, two workers alone", limits.signaturesPerSecond],
      ["SHA-256 of 64 bytes, one thread", limits.hashesPerSecond],
      ["durable appends of 4 KiB", limits.appendsPerSecond],
      ["durable appends of 1 MiB, in MB", limits.megabytesPerSecond],
      ["before and after differ by up to", limits.swing],
    ],
  };
}

async function measureLimits(folder: string): Promise<Limits> {
  const signaturesPerSecond = await measureSignatureLimit(sampleChecks(), SECONDS);
  const hashesPerSecond = measureHashLimit(1);
  return { signaturesPerSecond, hashesPerSecond, ...(await measureDiskLimit(folder, SECONDS)) };
}
