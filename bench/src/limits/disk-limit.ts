import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";

/** What a disk takes when one file is written from front to back and each write waits until it is durable. */
export type DiskLimit = {
  /** Appends of four kilobytes a second. */
  readonly appendsPerSecond: number;
  /** Appends of a megabyte, in megabytes (10^6 bytes) a second. */
  readonly megabytesPerSecond: number;
};

/** Measures the disk of a folder, `seconds` for each of both figures. */
export async function measureDiskLimit(folder: string, seconds: number): Promise<DiskLimit> {
  const small = await appendsPerSecond(folder, 4096, seconds);
  const large = await appendsPerSecond(folder, 1 << 20, seconds);
  return { appendsPerSecond: small, megabytesPerSecond: (large * (1 << 20)) / 1e6 };
}

async function appendsPerSecond(folder: string, bytes: number, seconds: number): Promise<number> {
  const path = join(folder, "disk-limit");
  const file = openSync(path, "w");
  const block = Buffer.alloc(bytes, 0xa7);
  try {
    let appends = 0;
    const began = performance.now();
    while (performance.now() - began < seconds * 1000) {
      writeSync(file, block);
      fdatasyncSync(file);
      appends++;
      await turn();
    }
    return (appends * 1000) / (performance.now() - began);
  } finally {
    closeSync(file);
    rmSync(path);
  }
}
