import { rounded, type Table } from "../report/table.ts";
import { type DiskLimit, measureDiskLimit } from "./disk-limit.ts";
import { measureHashLimit } from "./hash-limit.ts";
import { measureSignatureLimit, sampleChecks } from "./signature-limit.ts";

/** What this machine can do at most, a second; the ratios of a report refer to it. */
export type Limits = DiskLimit & {
  /** What the node's two signature workers verify when they do nothing else. */
  readonly signaturesPerSecond: number;
  /** CPU that one of these checks takes, in microseconds: what stands still when others use the machine. */
  readonly signatureMicroseconds: number;
  /** SHA-256 of 64 bytes in a second of one thread's CPU. */
  readonly hashesPerSecond: number;
};

/** The mean of the limits before and after, and how far apart they lay, by the mean: of processor and of disk. */
export type MeanLimits = Limits & { readonly swing: number; readonly diskSwing: number };

const SECONDS = 2;

/** Measures what the machine does at most before and after `run`, while whatever is measured rests. */
export async function withLimits<T>(folder: string, run: () => Promise<T>): Promise<{ result: T; limits: MeanLimits }> {
  const before = await measureLimits(folder);
  const result = await run();
  return { result, limits: meanOf(before, await measureLimits(folder)) };
}

const DIGITS = {
  signaturesPerSecond: 0,
  signatureMicroseconds: 1,
  hashesPerSecond: 0,
  appendsPerSecond: 0,
  megabytesPerSecond: 1,
} as const satisfies Record<keyof Limits, number>;

/** The means, and the largest differences by the mean. */
export function meanOf(before: Limits, after: Limits): MeanLimits {
  const names = Object.keys(DIGITS) as (keyof Limits)[]; // one for each limit
  const mean = (name: keyof Limits): number => (before[name] + after[name]) / 2;
  const difference = (name: keyof Limits): number => Math.abs(before[name] - after[name]) / mean(name);
  const means = Object.fromEntries(names.map((name) => [name, rounded(mean(name), DIGITS[name])]));
  return { ...(means as Limits), ...swings(difference) };
}

function swings(difference: (name: keyof Limits) => number): Pick<MeanLimits, "swing" | "diskSwing"> {
  const largest = (...names: (keyof Limits)[]): number => rounded(Math.max(...names.map(difference)), 2);
  return {
    swing: largest("signaturesPerSecond", "signatureMicroseconds", "hashesPerSecond"),
    diskSwing: largest("appendsPerSecond", "megabytesPerSecond"),
  };
}

/** The limits as rows of a report. */
export function limitsTable(limits: MeanLimits): Table {
  return {
    title: "limits of this machine, same run",
    columns: ["a second"],
    rows: [
      ["signatures, two workers alone", limits.signaturesPerSecond],
      ["  CPU of one, in µs", limits.signatureMicroseconds],
      ["SHA-256 of 64 bytes, by CPU of one thread", limits.hashesPerSecond],
      ["durable appends of 4 KiB", limits.appendsPerSecond],
      ["durable appends of 1 MiB, in MB", limits.megabytesPerSecond],
      ["before and after differ by, processor", limits.swing],
      ["before and after differ by, disk", limits.diskSwing],
    ],
  };
}

async function measureLimits(folder: string): Promise<Limits> {
  const signatures = await measureSignatureLimit(sampleChecks(), SECONDS);
  return {
    signaturesPerSecond: signatures.perSecond,
    signatureMicroseconds: signatures.cpuMicroseconds,
    hashesPerSecond: await measureHashLimit(0.5),
    ...(await measureDiskLimit(folder, SECONDS)),
  };
}
