import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "../measure/quantile.ts";
import { Connection } from "./connection.ts";
import type { LoadOrder, LoadSummary } from "./load-process.ts";
import { getOf, type WireRequest } from "./request.ts";
import { readRequests } from "./request-file.ts";

// A process of its own, so that its CPU can be told from the node's: it carries out the orders that load-process.ts sends.

/** What the node asks for in Retry-After when it is busy. */
const RETRY_MS = 1000;
const PACE_MS = 100;
const STATUS = getOf("/v1/status").bytes;

/** Sends the requests of an order, each connection one at a time; a request that was not taken is sent again, byte for byte. */
async function carryOut(order: LoadOrder): Promise<LoadSummary> {
  const next = readRequests(order.files);
  const pace = order.waitingMost === undefined ? undefined : await startPace(order.port, order.waitingMost);
  const run: Run = { order, next, pace, milliseconds: [], sent: 0, waits: 0, isExhausted: false };
  const connections = await Promise.all(Array.from({ length: order.connections }, () => Connection.open(order.port)));
  await Promise.all(connections.map((connection) => lane(connection, run)));
  for (const connection of connections) connection.close();
  await pace?.stop();
  const [p50Ms, p99Ms] = [quantile(run.milliseconds, 0.5), quantile(run.milliseconds, 0.99)];
  const { sent, waits, isExhausted } = run;
  return { requests: run.milliseconds.length, sent, waits, isExhausted, p50Ms, p99Ms };
}

type Run = {
  readonly order: LoadOrder;
  readonly next: () => WireRequest | undefined;
  readonly pace: Pace | undefined;
  readonly milliseconds: number[];
  sent: number;
  waits: number;
  isExhausted: boolean;
};

async function lane(connection: Connection, run: Run): Promise<void> {
  const isOver = (): boolean => isHalted || Date.now() >= run.order.untilMs;
  while (!isOver()) {
    // One that was let in may have taken the room.
    while (run.pace?.isAhead() && !isOver()) await run.pace.room();
    if (isOver()) return;
    const request = run.next();
    if (request === undefined) {
      run.isExhausted = true;
      return;
    }
    while (!(await isTaken(connection, request, run)) && !isOver()) {
      run.waits++;
      await sleep(RETRY_MS);
    }
  }
}

async function isTaken(connection: Connection, request: WireRequest, run: Run): Promise<boolean> {
  run.pace?.sending(request.count);
  const { status, body, milliseconds } = await connection.exchange(request.bytes);
  const isBusy = status === 503 || status === 429;
  if (!isBusy && (status !== 200 || body.includes('"inadmissible"')))
    throw new Error(`The node answered ${status}: ${body.toString("latin1", 0, 600)}`);
  const taken = !isBusy && !body.includes('"unavailable"');
  run.pace?.answered(request.count, taken);
  if (!taken) return false;
  run.milliseconds.push(milliseconds);
  run.sent += request.count;
  return true;
}

type Pace = {
  isAhead(): boolean;
  room(): Promise<void>;
  sending(count: number): void;
  answered(count: number, isTaken: boolean): void;
  stop(): Promise<void>;
};

/**
 * Keeps the node supplied and no more: lanes wait while more than `most` transactions wait at the node. Otherwise the
 * node would verify far ahead of what it enters, and an operation's share of the CPU could not be told.
 */
async function startPace(port: number, most: number): Promise<Pace> {
  const connection = await Connection.open(port);
  let room = Promise.withResolvers<void>();
  /** Transactions that waited at the last look, those taken since, and those under way. */
  const count = { waiting: 0, taken: 0, underWay: 0 };
  let isStopped = false;
  let failure: unknown;
  const isAhead = (): boolean => {
    if (failure !== undefined) throw failure;
    return count.waiting + count.taken + count.underWay >= most;
  };
  const look = async (): Promise<void> => {
    while (!isStopped) {
      const before = count.taken;
      count.waiting = waitingIn((await connection.exchange(STATUS)).body);
      // What was taken since the question went out may be in the answer or not: it counts.
      count.taken -= before;
      if (!isAhead()) {
        room.resolve();
        room = Promise.withResolvers<void>();
      }
      await sleep(PACE_MS);
    }
  };
  const looking = look().catch((error: unknown) => {
    failure = error;
    room.resolve();
  });
  return {
    isAhead,
    room: () => room.promise,
    sending(transactions) {
      count.underWay += transactions;
    },
    answered(transactions, isTaken) {
      count.underWay -= transactions;
      if (isTaken) count.taken += transactions;
    },
    async stop() {
      isStopped = true;
      await looking;
      connection.close();
    },
  };
}

function waitingIn(status: Buffer): number {
  const count = /"waiting":\{"count":(\d+)/.exec(status.toString("latin1"))?.[1];
  if (count === undefined) throw new Error("The node's status does not say how much waits.");
  return Number(count);
}

let isHalted = false;

// Whoever gave the orders is gone.
process.once("disconnect", () => process.exit(1));

process.on("message", (message: LoadOrder | "halt") => {
  isHalted = message === "halt";
  if (message === "halt") return;
  carryOut(message).then(
    (summary) => process.send?.({ summary }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
