import { DEFAULT_LIMITS } from "@acta/ordering";
import type { MeanLimits } from "../limits/limits.ts";
import { rounded, type Table } from "../report/table.ts";
import type { Stretch } from "./blocks.ts";
import type { Phase } from "./phase.ts";
import { quantile } from "./quantile.ts";
import { allTimes, byRole, type ThreadTimes, timesBy } from "./thread-times.ts";

/** What entering transactions came to. Rates are per second of block time. */
export type Operations = {
  /** Signed transactions executed, in the state root and on the disk. */
  readonly operationsPerSecond: number;
  readonly recordsPerSecond: number;
  /** Seconds of block time that were counted. */
  readonly seconds: number;
  readonly blocks: number;
  readonly blockP50Ms: number;
  readonly blockP99Ms: number;
  /** Cores in use, by role of the node's threads, and by who made the load. */
  readonly cores: ThreadTimes & { readonly generator: number };
  /** The node's CPU divided by the transactions, and by the records. Signatures are divided by what was admitted. */
  readonly cpuMicrosecondsPerOperation: ThreadTimes & { readonly all: number };
  readonly cpuMicrosecondsPerRecord: ThreadTimes & { readonly all: number };
  readonly writtenBytesPerRecord: number;
  readonly writtenMegabytesPerSecond: number;
  /** Durable writes a second: two for each block, the vote and the batch. */
  readonly durableWritesPerSecond: number;
  readonly residentMiB: number;
  /** From sending a request to its answer: admitted, not yet entered. */
  readonly answerP50Ms: number;
  readonly answerP99Ms: number;
  readonly generatorMicrosecondsPerOperation: number;
  /** How often the node had no room for a request. */
  readonly waits: number;
  /** Calls that waited at the beginning or the end of a stretch, whichever were fewer. */
  readonly leastWaitingCalls: number;
  readonly recordsPerBlock: number;
  /** The load ran out before its time: the figures stand for the seconds named. */
  readonly isExhausted: boolean;
};

/** Operations by the limits of the same run. */
export type Ratios = {
  readonly operationsBySignatures: number;
  readonly recordsBySignatures: number;
  /** The CPU that an operation costs, in checks of a signature on the same machine. */
  readonly signaturesPerOperation: number;
  /** The CPU that a record costs, in SHA-256 of 64 bytes on the same machine. */
  readonly hashesPerRecord: number;
  readonly durableWritesByAppends: number;
  readonly megabytesByMegabytes: number;
};

/** Calls that the node puts into one block: with fewer waiting its blocks are not full. */
const SUPPLIED_CALLS = DEFAULT_LIMITS.blockCalls;

/** What a phase came to. */
export function operationsOf({ stretch, span, load }: Phase): Operations {
  const perSecond = (count: number): number => count / stretch.seconds;
  const operations = perSecond(stretch.transactions) * span.seconds;
  const records = perSecond(stretch.records) * span.seconds;
  const written = span.writtenBytes / span.seconds;
  return {
    operationsPerSecond: rounded(perSecond(stretch.transactions), stretch.transactions < 10_000 ? 1 : 0),
    recordsPerSecond: rounded(perSecond(stretch.records)),
    seconds: rounded(stretch.seconds, 1),
    ...blockFigures(stretch),
    cores: {
      ...roundedTimes(timesBy(span.threads, span.seconds), 2),
      generator: rounded(span.generator / span.seconds, 2),
    },
    cpuMicrosecondsPerOperation: costOf(span.threads, operations, operations + span.waitingMore),
    cpuMicrosecondsPerRecord: costOf(
      span.threads,
      records,
      records + (span.waitingMore * stretch.records) / stretch.transactions,
    ),
    writtenBytesPerRecord: rounded(span.writtenBytes / records),
    writtenMegabytesPerSecond: rounded(written / 1e6, 1),
    durableWritesPerSecond: rounded(perSecond(2 * stretch.blockMs.length), 1),
    residentMiB: rounded(span.residentBytes / 2 ** 20),
    answerP50Ms: rounded(load.p50Ms, 1),
    answerP99Ms: rounded(load.p99Ms, 1),
    generatorMicrosecondsPerOperation: rounded((span.generator * 1e6) / operations, 1),
    waits: load.waits,
    leastWaitingCalls: span.leastWaitingCalls,
    recordsPerBlock: rounded(stretch.records / stretch.blockMs.length),
    isExhausted: load.isExhausted,
  };
}

/**
 * Microseconds that one operation costs, by role. The signature workers serve admission, which may run ahead of what is
 * entered or behind it: theirs is divided by what was admitted. The other roles serve both and are divided by what was entered.
 */
export function costOf(
  seconds: ThreadTimes,
  entered: number,
  admitted: number,
): ThreadTimes & { readonly all: number } {
  const each = { ...timesBy(seconds, entered / 1e6), signatures: (seconds.signatures * 1e6) / admitted };
  return { ...roundedTimes(each, 1), all: rounded(allTimes(each), 1) };
}

/** Operations by each limit. */
export function ratiosOf(operations: Operations, limits: MeanLimits): Ratios {
  return {
    operationsBySignatures: rounded(operations.operationsPerSecond / limits.signaturesPerSecond, 4),
    recordsBySignatures: rounded(operations.recordsPerSecond / limits.signaturesPerSecond, 4),
    signaturesPerOperation: rounded(operations.cpuMicrosecondsPerOperation.all / limits.signatureMicroseconds, 2),
    hashesPerRecord: rounded((operations.cpuMicrosecondsPerRecord.all * limits.hashesPerSecond) / 1e6, 1),
    durableWritesByAppends: rounded(operations.durableWritesPerSecond / limits.appendsPerSecond, 4),
    megabytesByMegabytes: rounded(operations.writtenMegabytesPerSecond / limits.megabytesPerSecond, 4),
  };
}

/** Measurements side by side, by the names of their columns. */
export function operationsTable(title: string, measured: readonly (readonly [column: string, Operations])[]): Table {
  const row = (name: string, cell: (each: Operations) => string | number) =>
    [name, ...measured.map(([, each]) => cell(each))] as const;
  return {
    title,
    columns: measured.map(([column]) => column),
    rows: [
      row("operations a second", (each) => each.operationsPerSecond),
      row("records a second", (each) => each.recordsPerSecond),
      row("blocks (in seconds)", (each) => `${each.blocks} (${each.seconds})`),
      row("records a block", (each) => each.recordsPerBlock),
      row("calls waiting, at least", (each) => each.leastWaitingCalls),
      row("block p50, p99 in ms", (each) => `${each.blockP50Ms}, ${each.blockP99Ms}`),
      row("answer p50, p99 in ms", (each) => `${each.answerP50Ms}, ${each.answerP99Ms}`),
      row("cores: main thread", (each) => each.cores.main),
      row("  signature workers", (each) => each.cores.signatures),
      row("  V8's threads", (each) => each.cores.engine),
      row("  disk's threads", (each) => each.cores.disk),
      row("  load generator", (each) => each.cores.generator),
      row("µs of CPU a record: main", (each) => each.cpuMicrosecondsPerRecord.main),
      row("  signature workers", (each) => each.cpuMicrosecondsPerRecord.signatures),
      row("  V8's threads", (each) => each.cpuMicrosecondsPerRecord.engine),
      row("  disk's threads", (each) => each.cpuMicrosecondsPerRecord.disk),
      row("  all", (each) => each.cpuMicrosecondsPerRecord.all),
      row("bytes written a record", (each) => each.writtenBytesPerRecord),
      row("node's memory, MiB", (each) => each.residentMiB),
    ],
  };
}

/** The ratios as rows. */
export function ratiosTable(ratios: readonly (readonly [column: string, Ratios])[]): Table {
  const row = (name: string, key: keyof Ratios) => [name, ...ratios.map(([, each]) => each[key])] as const;
  return {
    title: "by the limits of the same run",
    columns: ratios.map(([column]) => column),
    rows: [
      row("operations by signatures", "operationsBySignatures"),
      row("records by signatures", "recordsBySignatures"),
      row("an operation's CPU in signatures", "signaturesPerOperation"),
      row("a record's CPU in hashes", "hashesPerRecord"),
      row("durable writes by appends", "durableWritesByAppends"),
      row("MB written by MB appended", "megabytesByMegabytes"),
    ],
  };
}

/** What a reader of the figures has to know of how they came about. */
export function operationsRemarks(measured: readonly (readonly [column: string, Operations])[]): string[] {
  return measured.flatMap(([column, { isExhausted, waits, seconds, leastWaitingCalls }]) => [
    ...(leastWaitingCalls < SUPPLIED_CALLS
      ? [`${column}: only ${leastWaitingCalls} calls waited: what came in, not what was executed, set the rate.`]
      : []),
    ...(isExhausted ? [`${column}: what was signed ran out early; the figures stand for ${seconds} seconds.`] : []),
    ...(waits > 0 ? [`${column}: the node was too busy to take a request ${waits} times.`] : []),
  ]);
}

function blockFigures({ blockMs }: Stretch) {
  return { blocks: blockMs.length, blockP50Ms: quantile(blockMs, 0.5), blockP99Ms: quantile(blockMs, 0.99) };
}

function roundedTimes(times: ThreadTimes, digits: number): ThreadTimes {
  return byRole((role) => rounded(times[role], digits));
}
