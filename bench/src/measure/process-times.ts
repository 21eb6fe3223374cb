import { readFileSync } from "node:fs";
import { TICKS_PER_SECOND } from "./thread-times.ts";

/** CPU seconds that a whole process has used so far, threads that have ended included. */
export function processSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Bytes that a process has had written to disks so far. */
export function writtenBytes(pid: number): number {
  return figure(readFileSync(`/proc/${pid}/io`, "latin1"), /^write_bytes: (\d+)$/m);
}

/** Memory of a process, in bytes. */
export function residentBytes(pid: number): number {
  return figure(readFileSync(`/proc/${pid}/status`, "latin1"), /^VmRSS:\s+(\d+) kB$/m) * 1024;
}

function figure(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error("The system does not say what a process uses; measurements need Linux.");
  return Number(found);
}
