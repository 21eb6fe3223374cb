import type { LoadSummary } from "./load.ts";
import type { machine, versions } from "./machine.ts";
import type { Options } from "./options.ts";
import type { ThreadTimes } from "./thread-times.ts";

/** What a measurement came to. Rates are per second of block time; `cpu` is in cores. */
export type Report = {
  readonly mode: Options["mode"];
  readonly per: number;
  readonly keys: number;
  readonly seconds: number;
  /** Signed transactions executed, in the state root and on the disk. */
  readonly operationsPerSecond: number;
  readonly recordsPerSecond: number;
  /** What the same two signature workers verify when they do nothing else. */
  readonly signatureLimitPerSecond: number;
  /** Operations by signature limit. */
  readonly ratio: number;
  readonly blocks: number;
  readonly blockP50Ms: number;
  readonly blockP99Ms: number;
  /** Cores in use: the node's threads by role, and the load generator. */
  readonly cpu: ThreadTimes & { readonly load: number };
  /** The node's CPU by role, divided by the operations: what an operation costs, however busy the machine is. */
  readonly cpuMicrosecondsPerOperation: ThreadTimes;
  readonly load: LoadSummary;
  readonly machine: ReturnType<typeof machine>;
  readonly versions: ReturnType<typeof versions>;
  readonly command: string;
};

/** The report as a person reads it. */
export function inWords(report: Report): string {
  const { cpu, cpuMicrosecondsPerOperation: each, machine } = report;
  const kind = report.mode === "single" ? "one signature each" : `one signature over ${report.per}`;
  return [
    `${report.operationsPerSecond} operations/s, ${report.recordsPerSecond} records/s (${kind}, ${report.keys} keys before)`,
    `signature limit ${report.signatureLimitPerSecond}/s, ratio ${report.ratio}`,
    `${report.blocks} blocks in ${report.seconds.toFixed(1)} s: p50 ${report.blockP50Ms} ms, p99 ${report.blockP99Ms} ms`,
    `cores: main ${cpu.main}, signatures ${cpu.signatures}, engine ${cpu.engine}, disk ${cpu.disk}, load generator ${cpu.load}`,
    `µs of CPU for each operation: main ${each.main}, signatures ${each.signatures}, engine ${each.engine}, disk ${each.disk}`,
    `${machine.cores} cores, ${machine.model}, ${machine.memoryGiB} GiB, Node ${report.versions.node}`,
    ...(report.load.isExhausted ? ["The load ran out before its time: the figures stand for the seconds named."] : []),
  ].join("\n");
}
