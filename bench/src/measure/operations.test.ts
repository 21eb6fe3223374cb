import { expect, test } from "vitest";
import { costOf, operationsOf, operationsRemarks, ratiosOf } from "./operations.ts";
import { joinPhases, type Reading, spanBetween } from "./phase.ts";

const start: Reading = {
  wallMs: 1000,
  threads: { main: 1, signatures: 1, engine: 1, disk: 1 },
  generator: 5,
  writtenBytes: 1000,
  residentBytes: 1,
  waiting: 100,
};
const end: Reading = {
  wallMs: 11_000,
  threads: { main: 9, signatures: 6, engine: 3, disk: 1.5 },
  generator: 5.5,
  writtenBytes: 20_001_000,
  residentBytes: 3 << 20,
  waiting: 25_100,
};
// 5 of the 10 seconds lay between counted blocks.
const blockMs = Array.from({ length: 20 }, (_, index) => 240 + index);
const stretch = { seconds: 5, transactions: 50_000, records: 50_000, blockMs };
const load = { requests: 300, sent: 150_000, waits: 0, isExhausted: false, p50Ms: 2, p99Ms: 9 };

test("CPU is divided by the transactions of the same span, signatures by what was admitted in it", () => {
  const measured = operationsOf({ stretch, span: spanBetween(start, end, 1), load });
  expect(measured.operationsPerSecond).toBe(10_000);
  // 100,000 entered in ten seconds, 125,000 admitted.
  expect(measured.cpuMicrosecondsPerOperation).toEqual({ main: 80, signatures: 40, engine: 20, disk: 5, all: 145 });
  expect(measured.cores).toEqual({ main: 0.8, signatures: 0.5, engine: 0.2, disk: 0.05, generator: 0.05 });
  expect(measured.writtenBytesPerRecord).toBe(200);
  expect(measured.durableWritesPerSecond).toBe(8);
  expect([measured.blocks, measured.blockP50Ms, measured.blockP99Ms]).toEqual([20, 249, 259]);
  expect(measured.generatorMicrosecondsPerOperation).toBe(5);
  expect(measured.residentMiB).toBe(3);
  expect([measured.recordsPerBlock, measured.leastWaitingCalls]).toEqual([2500, 100]);
});

test("records under one signature share its cost", () => {
  const batches = { ...stretch, transactions: 50 };
  const span = spanBetween(start, { ...end, waiting: 125 }, 1000);
  const { cpuMicrosecondsPerRecord, cpuMicrosecondsPerOperation } = operationsOf({ stretch: batches, span, load });
  expect(cpuMicrosecondsPerOperation.main).toBe(80_000);
  expect(cpuMicrosecondsPerRecord).toEqual({ main: 80, signatures: 40, engine: 20, disk: 5, all: 145 });
});

test("what one operation costs is in microseconds", () => {
  expect(costOf({ main: 1, signatures: 2, engine: 0, disk: 0 }, 1000, 2000)).toMatchObject({
    main: 1000,
    signatures: 1000,
  });
});

test("a load that did not keep blocks full is named", () => {
  const supplied = operationsOf({ stretch, span: spanBetween({ ...start, waiting: 9000 }, end, 1), load });
  const starved = operationsOf({ stretch, span: spanBetween(start, end, 1), load });
  expect(operationsRemarks([["supplied", supplied]])).toEqual([]);
  expect(operationsRemarks([["starved", starved]])).toEqual([expect.stringContaining("only 100 calls waited")]);
});

test("ratios are rates by the limits of the same run", () => {
  const measured = operationsOf({ stretch, span: spanBetween(start, end, 1), load });
  const limits = {
    signaturesPerSecond: 40_000,
    signatureMicroseconds: 50,
    hashesPerSecond: 1e6,
    appendsPerSecond: 400,
    megabytesPerSecond: 100,
    swing: 0,
    diskSwing: 0,
  };
  expect(ratiosOf(measured, limits)).toEqual({
    operationsBySignatures: 0.25,
    recordsBySignatures: 0.25,
    signaturesPerOperation: 2.9,
    hashesPerRecord: 145,
    durableWritesByAppends: 0.02,
    megabytesByMegabytes: 0.02,
  });
});

test("phases of one kind are counted together", () => {
  const span = spanBetween(start, end, 1);
  const slow = { ...stretch, seconds: 15, blockMs: [900] };
  const joined = operationsOf(
    joinPhases([
      { stretch, span, load },
      { stretch: slow, span, load: { ...load, p99Ms: 30 } },
    ]),
  );
  expect(joined.operationsPerSecond).toBe(5000);
  // 100,000 entered in twenty seconds, 25,000 more admitted in each ten.
  expect(joined.cpuMicrosecondsPerOperation).toMatchObject({ main: 160, signatures: 66.7 });
  expect([joined.blocks, joined.blockP99Ms, joined.answerP99Ms]).toEqual([21, 900, 30]);
});
