import { setTimeout as sleep } from "node:timers/promises";
import { type NodeUnderTest, statusOf, untilDrained } from "../ledger/node-under-test.ts";
import { EVERYTHING, type LoadProcess, type LoadSummary } from "../load/load-process.ts";
import { countStretch, readBlocks, type Stretch } from "./blocks.ts";
import { processSeconds, residentBytes, writtenBytes } from "./process-times.ts";
import { addTimes, type ThreadTimes, threadTimes, timesBetween } from "./thread-times.ts";

/** How long a load is sent at least before it is measured: code is compiled, and caches are warm. */
export const WARM_UP_SECONDS = 5;
/** Calls that wait at the node at most: enough that no block lacks any, not so much that the node works far ahead. */
const WAITING_CALLS = 40_000;

/** What is sent in a phase. */
export type PhaseLoad = {
  readonly files: readonly string[];
  /** Calls in a transaction. */
  readonly per: number;
  readonly connections: number;
  readonly seconds: number;
};

/** A stretch of load, from one reading of the clocks to another. */
export type Phase = {
  readonly stretch: Stretch;
  /** Between the two readings. */
  readonly span: Span;
  readonly load: LoadSummary;
};

/** What the node used between two readings. */
export type Span = {
  readonly seconds: number;
  /** CPU seconds of the node's threads, and of whoever made the load. */
  readonly threads: ThreadTimes;
  readonly generator: number;
  readonly writtenBytes: number;
  /** At its end. */
  readonly residentBytes: number;
  /** How many more transactions waited at its end than at its beginning: admitted on account of this stretch, entered later. */
  readonly waitingMore: number;
  /** The fewer calls of those that waited at its beginning and at its end: without any, the node was not kept supplied. */
  readonly leastWaitingCalls: number;
};

/** Sends a load, and measures what the node did with it after the warm-up. All of it is in blocks when this answers. */
export async function measurePhase(node: NodeUnderTest, sender: LoadProcess, phase: PhaseLoad): Promise<Phase> {
  const from = (await statusOf(node)).height + 1;
  const waitingMost = Math.max(2, Math.floor(WAITING_CALLS / phase.per));
  const { files, connections } = phase;
  const sending = sender.send({ port: node.port, files, connections, untilMs: EVERYTHING, waitingMost });
  await Promise.race([untilSupplied(node, waitingMost), sending]);
  const start = await reading(node, sender);
  // Whichever comes first: its time, or the end of what was signed.
  await Promise.race([sleep(phase.seconds * 1000), sending]);
  const end = await reading(node, sender);
  sender.halt();
  const load = await sending;
  await untilDrained(node);
  const blocks = await readBlocks(node.url, from, (await statusOf(node)).height);
  return { stretch: countStretch(blocks, start.wallMs, end.wallMs), span: spanBetween(start, end, phase.per), load };
}

/** Phases of one kind, counted together. Throws where there is none. */
export function joinPhases(phases: readonly Phase[]): Phase {
  return phases.reduce((a, b) => ({
    stretch: joinStretches(a.stretch, b.stretch),
    span: joinSpans(a.span, b.span),
    load: joinLoads(a.load, b.load),
  }));
}

function joinStretches(a: Stretch, b: Stretch): Stretch {
  return {
    seconds: a.seconds + b.seconds,
    transactions: a.transactions + b.transactions,
    records: a.records + b.records,
    blockMs: [...a.blockMs, ...b.blockMs],
  };
}

function joinSpans(a: Span, b: Span): Span {
  return {
    seconds: a.seconds + b.seconds,
    threads: addTimes(a.threads, b.threads),
    generator: a.generator + b.generator,
    writtenBytes: a.writtenBytes + b.writtenBytes,
    residentBytes: Math.max(a.residentBytes, b.residentBytes),
    waitingMore: a.waitingMore + b.waitingMore,
    leastWaitingCalls: Math.min(a.leastWaitingCalls, b.leastWaitingCalls),
  };
}

// Of two distributions only the worse ends are known together.
function joinLoads(a: LoadSummary, b: LoadSummary): LoadSummary {
  return {
    requests: a.requests + b.requests,
    sent: a.sent + b.sent,
    waits: a.waits + b.waits,
    isExhausted: a.isExhausted || b.isExhausted,
    p50Ms: Math.max(a.p50Ms, b.p50Ms),
    p99Ms: Math.max(a.p99Ms, b.p99Ms),
  };
}

/** A reading of the clocks and counters of node and load. */
export type Reading = {
  readonly wallMs: number;
  readonly threads: ThreadTimes;
  readonly generator: number;
  readonly writtenBytes: number;
  readonly residentBytes: number;
  readonly waiting: number;
};

/** What was used from one reading to the other, while transactions of `per` calls were entered. */
export function spanBetween(start: Reading, end: Reading, per: number): Span {
  return {
    seconds: (end.wallMs - start.wallMs) / 1000,
    threads: timesBetween(start.threads, end.threads),
    generator: end.generator - start.generator,
    writtenBytes: end.writtenBytes - start.writtenBytes,
    residentBytes: end.residentBytes,
    waitingMore: end.waiting - start.waiting,
    leastWaitingCalls: Math.min(start.waiting, end.waiting) * per,
  };
}

/** Waits out the warm-up, and then until as much waits at the node as shall, or no more than two seconds before. */
async function untilSupplied(node: NodeUnderTest, most: number): Promise<void> {
  await sleep(WARM_UP_SECONDS * 1000);
  for (let before = -1; ; ) {
    const { waiting } = await statusOf(node);
    if (waiting >= 0.8 * most || waiting <= before) return;
    before = waiting;
    await sleep(2000);
  }
}

/** Reads the clocks and counters of a node and of who makes its load. */
async function reading(node: NodeUnderTest, sender: LoadProcess): Promise<Reading> {
  const { waiting } = await statusOf(node);
  return {
    wallMs: Date.now(),
    threads: threadTimes(node.pid),
    generator: processSeconds(sender.pid),
    writtenBytes: writtenBytes(node.pid),
    residentBytes: residentBytes(node.pid),
    waiting,
  };
}
