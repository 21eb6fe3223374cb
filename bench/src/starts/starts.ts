import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ALGORITHM, keyId } from "@acta/crypto";
import { parseKeyFile } from "@acta/sdk";
import type { Say } from "../command.ts";
import { ledgerFiles, ledgerIdOf, WRITERS } from "../ledger/bench-ledger.ts";
import {
  type NodeOptions,
  type NodeUnderTest,
  spawnNode,
  startNodeUnderTest,
  stateKeysOf,
} from "../ledger/node-under-test.ts";
import { expiryNow, type WorkingLedger } from "../ledger/working-ledger.ts";
import { EVERYTHING, startLoadProcess } from "../load/load-process.ts";
import { signAhead } from "../load/sign-ahead.ts";
import type { Writer } from "../load/transactions.ts";
import { type ThreadTimes, threadTimes } from "../measure/thread-times.ts";
import { rounded } from "../report/table.ts";
import { enterOne, firstStatus } from "./first-operation.ts";

/** One start, in milliseconds since the kill before it, or since the program was started. */
export type Start = {
  readonly statusMs: number;
  readonly enteredMs: number;
  /** CPU seconds of the new process up to its first answer. */
  readonly cpu: ThreadTimes;
};

/** How long a load is entered before the kill. */
const LOAD_MS = 1000;
const PATIENCE_MS = 60_000;

/** Kills a node while it enters transactions. Answers how many keys its state had, and how long the kill took. */
export async function killUnderLoad(
  { data, scratch }: WorkingLedger,
  say: Say,
): Promise<{ readonly keys: number; readonly goneMs: number }> {
  const plan = { ledgerId: ledgerIdOf(data), expiry: expiryNow(), writers: WRITERS, kind: "deposit", per: 1 } as const;
  const { files } = await signAhead(plan, { transactions: 40_000, perRequest: 500, folder: scratch, name: "kill" });
  const node = await startNodeUnderTest(data);
  const before = await stateKeysOf(node);
  const sender = await startLoadProcess();
  const order = { port: node.port, files, connections: 4, untilMs: EVERYTHING, waitingMost: 20_000 };
  // It breaks off when the node is killed: that is what is wanted here.
  const sending = sender.send(order).catch(() => undefined);
  const keys = await keysBeyond(node, before);
  const began = performance.now();
  await node.kill();
  const goneMs = performance.now() - began;
  await sending;
  await sender.stop();
  say(`killed at ${keys} keys`);
  return { keys, goneMs };
}

/** Waits until a node has more keys than before, and for a moment of load after that. Answers how many. */
async function keysBeyond(node: NodeUnderTest, before: number): Promise<number> {
  const until = performance.now() + PATIENCE_MS;
  while ((await stateKeysOf(node)) <= before) {
    if (performance.now() > until) throw new Error("Nothing was entered in a minute: the node is not under load.");
    await sleep(100);
  }
  await sleep(LOAD_MS);
  return stateKeysOf(node);
}

/** Starts a node, waits for its first answer, enters one operation, and kills it. `beforeMs` are added to the times. */
export async function timedStart(
  data: string,
  options: NodeOptions,
  writerOf: () => Writer | undefined,
  beforeMs = 0,
): Promise<Start> {
  const port = await freePort();
  const began = performance.now() - beforeMs;
  const child = spawnNode(data, { ...options, port });
  const ended = once(child, "close");
  try {
    await Promise.race([firstStatus(port), failing(ended)]);
    const statusMs = performance.now() - began;
    const cpu = threadTimes(child.pid ?? 0);
    const writer = writerOf();
    if (writer === undefined) throw new Error("There is nobody to sign a first operation.");
    await enterOne(port, writer);
    return { statusMs: rounded(statusMs), enteredMs: rounded(performance.now() - began), cpu };
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

/** Starts a node over an empty folder, as `npm start -- --empty` does, and enters one operation. */
export async function startEmpty(): Promise<Start> {
  const data = mkdtempSync(join(tmpdir(), "acta-bench-"));
  try {
    return await timedStart(data, { isDemo: true }, () => demoDepositor(data));
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** The registered depositor of a demo ledger. */
function demoDepositor(data: string): Writer {
  const { secret, publicKey, party } = parseKeyFile(
    readFileSync(join(ledgerFiles(data).keys, "depositor.key"), "utf8"),
  );
  if (party === undefined) throw new Error("The demo ledger's depositor is not registered.");
  return { secret, party, keyId: keyId(ALGORITHM.ed25519, publicKey) };
}

async function failing(ended: Promise<unknown[]>): Promise<never> {
  const [code] = await ended;
  throw new Error(`The node ended with ${code} before it served.`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
