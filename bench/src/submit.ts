import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fromHex } from "@acta/bytes";
import { ALGORITHM, keyId } from "@acta/crypto";
import { parseKeyFile } from "@acta/sdk";
import { countStretch, heightOf, readBlocks } from "./blocks.ts";
import type { Depositor } from "./deposits.ts";
import { postAll } from "./load.ts";
import { machine, versions } from "./machine.ts";
import { type NodeUnderTest, startNodeUnderTest } from "./node-under-test.ts";
import type { Options } from "./options.ts";
import type { Report } from "./report.ts";
import { type Body, signAhead } from "./sign-ahead.ts";
import { checksOf, measureSignatureLimit } from "./signature-limit.ts";
import { type ThreadTimes, threadTimes, timesBetween } from "./thread-times.ts";

const WARM_UP_SECONDS = 2;
const LIMIT_SECONDS = 3;
/** Records a second that no node here reaches in batches: so many are signed beforehand. */
const MOST_BATCHED_PER_SECOND = 130_000;
/** Seconds until what was signed beforehand expires: the longest that one signer has, less some minutes. */
const EXPIRY_SECONDS = 3300;
const RECORDS_PER_LOADING = 1000;

/**
 * Measures a node from the socket to the disk: it is filled, then transactions signed beforehand are posted to it.
 *
 * The signature limit is measured before and after, with the node idle, and averaged: the machine may be shared.
 */
export async function measureSubmit(options: Options, say: (line: string) => void): Promise<Report> {
  const data = mkdtempSync(join(tmpdir(), "acta-bench-"));
  const node = await startNodeUnderTest(data, options.profile);
  try {
    return await measure(options, node, data, say);
  } finally {
    await node.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function measure(
  options: Options,
  node: NodeUnderTest,
  data: string,
  say: (line: string) => void,
): Promise<Report> {
  const { mode, per, seconds } = options;
  const { depositor, publicKey } = await depositorOf(node, data);
  await fill(node, depositor, options.keys, say);
  const sample = checksOf(await signAhead(depositor, 1, 20_000), publicKey);
  const limitBefore = await measureSignatureLimit(sample, LIMIT_SECONDS);
  const wanted = (seconds + WARM_UP_SECONDS) * (mode === "single" ? limitBefore * 0.8 : MOST_BATCHED_PER_SECOND / per);
  say(`signing ${Math.ceil(wanted)} transactions of ${per}`);
  const bodies = await signAhead(depositor, per, Math.ceil(wanted));

  say(`posting for ${WARM_UP_SECONDS} + ${seconds} seconds`);
  const from = (await heightOf(node.url)) + 1;
  const began = performance.now();
  const loading = postAll(node.url, bodies, began + (WARM_UP_SECONDS + seconds) * 1000);
  await Promise.race([sleep(WARM_UP_SECONDS * 1000), loading]);
  const start = reading(node);
  const load = await loading;
  const end = reading(node);

  await untilDrained(node);
  const stretch = countStretch(await readBlocks(node.url, from, await heightOf(node.url)), start.wallMs, end.wallMs);
  const limit = (limitBefore + (await measureSignatureLimit(sample, LIMIT_SECONDS))) / 2;
  const cpu = timesBetween(start.threads, end.threads);
  const spanSeconds = (end.wallMs - start.wallMs) / 1000;
  return {
    mode,
    per,
    keys: options.keys,
    seconds: stretch.seconds,
    operationsPerSecond: Math.round(stretch.transactions / stretch.seconds),
    recordsPerSecond: Math.round(stretch.records / stretch.seconds),
    signatureLimitPerSecond: Math.round(limit),
    ratio: rounded(stretch.transactions / stretch.seconds / limit, 3),
    blocks: stretch.blocks,
    blockP50Ms: stretch.blockP50Ms,
    blockP99Ms: stretch.blockP99Ms,
    cpu: {
      main: rounded(cpu.main / spanSeconds, 2),
      signatures: rounded(cpu.signatures / spanSeconds, 2),
      engine: rounded(cpu.engine / spanSeconds, 2),
      disk: rounded(cpu.disk / spanSeconds, 2),
      load: rounded((end.own - start.own) / 1e6 / spanSeconds, 2),
    },
    cpuMicrosecondsPerOperation: perOperation(cpu, (stretch.transactions / stretch.seconds) * spanSeconds),
    load,
    machine: machine(),
    versions: versions(),
    command: `npm run bench -- ${process.argv.slice(2).join(" ")}`,
  };
}

/** Signs with the registered depositor of the demo ledger: strangers have quotas. */
async function depositorOf(
  node: NodeUnderTest,
  data: string,
): Promise<{ depositor: Depositor; publicKey: Uint8Array }> {
  const { secret, publicKey, party } = parseKeyFile(readFileSync(join(data, "keys", "depositor.key"), "utf8"));
  if (party === undefined) throw new Error("The demo ledger's depositor is not registered.");
  const status = (await (await fetch(`${node.url}/v1/status`)).json()) as { ledgerId: string; nowSeconds: number }; // of the same release
  const expiry = status.nowSeconds + EXPIRY_SECONDS;
  const id = keyId(ALGORITHM.ed25519, publicKey);
  return { depositor: { ledgerId: fromHex(status.ledgerId), expiry, secret, party, keyId: id }, publicKey };
}

async function fill(
  node: NodeUnderTest,
  depositor: Depositor,
  keys: number,
  say: (line: string) => void,
): Promise<void> {
  if (keys === 0) return;
  const per = Math.min(keys, RECORDS_PER_LOADING);
  const bodies: readonly Body[] = await signAhead(depositor, per, Math.ceil(keys / per));
  const began = performance.now();
  await postAll(node.url, bodies);
  await untilDrained(node);
  const records = bodies.reduce((sum, body) => sum + body.records, 0);
  say(`filled the ledger with ${records} records in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

async function untilDrained({ url }: NodeUnderTest): Promise<void> {
  for (;;) {
    const status = (await (await fetch(`${url}/v1/status`)).json()) as { waiting: { count: number } }; // of the same release
    if (status.waiting.count === 0) return;
    await sleep(100);
  }
}

function reading({ pid }: NodeUnderTest) {
  const { user, system } = process.cpuUsage();
  return { wallMs: Date.now(), threads: threadTimes(pid), own: user + system };
}

// On a machine that others use too, this says more than any rate.
function perOperation(cpu: ThreadTimes, operations: number): ThreadTimes {
  const each = (seconds: number): number => Math.round((seconds * 1e6) / operations);
  return { main: each(cpu.main), signatures: each(cpu.signatures), engine: each(cpu.engine), disk: each(cpu.disk) };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
