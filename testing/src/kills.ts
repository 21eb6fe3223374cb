import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { equalBytes, toHex } from "@acta/bytes";
import { installNative, verifyNative } from "@acta/native";
import { parseTransaction, parseTrustFile, verifyProof } from "@acta/protocol";
import { fsck } from "@acta/store";
import { ask, postMany, receiptOf, statusOf } from "./http.ts";
import { startNodeProcess } from "./node-process.ts";
import { type RandomNumbers, randomBytes, randomNumbers } from "./random.ts";
import { replay, servedBlock } from "./replay.ts";
import { depositCall, type SampleLedger, sampleLedger, signSample, writeSampleLedger } from "./sample-ledger.ts";

/** What a round of kills came to. */
export type KillSummary = {
  readonly kills: number;
  /** Transactions that a node reported as entered, all found again. */
  readonly entered: number;
  /** Receipts that were given out before a kill, all given out again byte for byte, all verified. */
  readonly receipts: number;
  readonly blocks: number;
};

/** What nodes said before they were killed, and what was sent to them. */
type Memory = {
  readonly ledger: SampleLedger;
  readonly random: RandomNumbers;
  readonly sent: Map<string, Uint8Array>;
  readonly entered: Map<string, { readonly height: number; readonly index: number }>;
  readonly receipts: Map<string, Uint8Array>;
  readHeight: number;
};

const PROGRAM = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../apps/node/src/main.ts");
/** Milliseconds of load before a kill, at most; and of a start that is cut off. */
const LOAD_MS = 600;
const START_MS = 900;
const ONE_START_IN = 5;

/**
 * Kills a node `kills` times under load, each time as a power cut would, and holds it to what it had said.
 *
 * What is sent and when the kills come follow from the seed. Every identity reported as entered must be found at its
 * place after each restart, every receipt come back byte for byte and verify; at the end what was only admitted is sent
 * again and entered, all blocks are replayed on a ledger in memory, and fsck finds the store whole. Throws an Error in
 * words otherwise. The data folder is deleted when all went well, and left for a look when not.
 */
export async function killRound(data: string, seed: number, kills: number): Promise<KillSummary> {
  installNative();
  const ledger = await sampleLedger();
  writeSampleLedger(data, ledger);
  const memory: Memory = {
    ledger,
    random: randomNumbers(seed),
    sent: new Map(),
    entered: new Map(),
    receipts: new Map(),
    readHeight: 0,
  };
  for (let kill = 0; kill < kills; kill++) {
    if (memory.random(ONE_START_IN) === 0) await killWhileStarting(data, memory.random(START_MS));
    else await killUnderLoad(data, memory);
  }
  const blocks = await finish(data, memory);
  rmSync(data, { recursive: true, force: true });
  return { kills, entered: memory.entered.size, receipts: memory.receipts.size, blocks };
}

async function killWhileStarting(data: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, "--port", "0", "--data", data, "--empty"], { stdio: "ignore" });
  await sleep(afterMs);
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
}

async function killUnderLoad(data: string, memory: Memory): Promise<void> {
  const node = await startNodeProcess(data, "--empty");
  await assertRemembered(node.url, memory);
  let isOver = false;
  // A request that the kill cuts off was not answered: nothing was promised by it.
  const until = async (act: () => Promise<void>): Promise<void> => {
    while (!isOver) await act().catch((error: unknown) => assertCutOff(error, isOver));
  };
  const lanes = [
    until(() => send(node.url, memory)),
    until(() => send(node.url, memory)),
    until(() => listen(node.url, memory)),
  ];
  await sleep(50 + memory.random(LOAD_MS));
  isOver = true;
  await node.kill();
  await Promise.all(lanes);
}

function assertCutOff(error: unknown, isOver: boolean): void {
  if (!isOver) throw error;
}

/** Sends 1 to 40 transactions of 1 to 4 deposits each. */
async function send(url: string, memory: Memory): Promise<void> {
  const { nowSeconds } = await statusOf(url);
  const transactions = Array.from({ length: 1 + memory.random(40) }, () => deposit(memory, nowSeconds + 1800));
  for (const bytes of transactions) memory.sent.set(identityOf(bytes), bytes);
  const answer = await postMany(url, transactions);
  const refused = answer.json.submissions?.find((each: { status: string }) => each.status === "inadmissible");
  if (answer.status !== 200 || refused !== undefined)
    throw new Error(`The node answered ${answer.status}: ${JSON.stringify(refused ?? answer.json)}`);
}

function deposit({ ledger, random }: Memory, expiry: number): Uint8Array {
  const calls = Array.from({ length: 1 + random(4) }, () => depositCall(randomBytes(random, 16)));
  return signSample(ledger, { signers: [ledger.depositor], calls, expiry, nonce: randomBytes(random, 16) });
}

/** Reads the next block, keeps what it reports as entered, and the receipt of one of its calls. */
async function listen(url: string, memory: Memory): Promise<void> {
  const { height } = await statusOf(url);
  if (height <= memory.readHeight) return sleep(20);
  const next = memory.readHeight + 1;
  const { json } = await ask(`${url}/v1/blocks/${next}`);
  const listed = json.transactions as { identity: string; calls: number }[];
  for (const [index, { identity }] of listed.entries()) memory.entered.set(identity, { height: next, index });
  memory.readHeight = next;
  const chosen = listed[memory.random(Math.max(1, listed.length))];
  if (chosen === undefined) return;
  const call = memory.random(chosen.calls);
  memory.receipts.set(`${chosen.identity}/${call}`, await receiptOf(url, chosen.identity, call));
}

/** What was said before a kill stands after it. */
async function assertRemembered(url: string, { entered, receipts, readHeight }: Memory): Promise<void> {
  const { height } = await statusOf(url);
  if (height < readHeight)
    throw new Error(`Block ${readHeight} was reported, after the kill the node is at ${height}.`);
  for (const [identity, place] of lastOf(entered)) {
    const { json } = await ask(`${url}/v1/transactions/${identity}`);
    if (json.status === "entered" && json.height === place.height && json.index === place.index) continue;
    throw new Error(`${identity} was reported in block ${place.height}, after the kill: ${JSON.stringify(json)}.`);
  }
  for (const [name, bytes] of lastOf(receipts)) {
    const [identity = "", call] = name.split("/");
    if (equalBytes(await receiptOf(url, identity, Number(call)), bytes)) continue;
    throw new Error(`The receipt ${name} has other bytes after the kill.`);
  }
}

// Of what is older the last check holds everything.
function lastOf<V>(all: ReadonlyMap<string, V>): (readonly [string, V])[] {
  return [...all].slice(-60);
}

async function finish(data: string, memory: Memory): Promise<number> {
  const node = await startNodeProcess(data, "--empty");
  await enterTheRest(node.url, memory);
  const { height } = await statusOf(node.url);
  await assertAllEntered(node.url, memory, height);
  await assertReceipts(node.url, memory);
  const { genesisBytes, library } = memory.ledger;
  const appHash = await replay(genesisBytes, library.lookup, height, (at) => servedBlock(node.url, at));
  const status = await statusOf(node.url);
  if (status.appHash !== toHex(appHash))
    throw new Error(`The node's app hash is ${status.appHash}, replay gives ${toHex(appHash)}.`);
  const code = await node.stop();
  if (code !== 0) throw new Error(`The node ended with ${code} when it was asked to stop.`);
  const damage = (await fsck(join(data, "store"))).filter(({ severity }) => severity === "damage");
  if (damage.length > 0) throw new Error(`fsck finds damage: ${JSON.stringify(damage)}`);
  return height;
}

/** Sends everything once more: what was entered says so, what was only admitted is entered now, exactly once. */
async function enterTheRest(url: string, { sent }: Memory): Promise<void> {
  const all = [...sent.values()];
  for (let at = 0; at < all.length; at += 200) await postMany(url, all.slice(at, at + 200));
  for (;;) {
    const { waiting } = await statusOf(url);
    if (waiting.count === 0) break;
    await sleep(50);
  }
  // The block that proves the last of them.
  const last = all.at(-1);
  if (last !== undefined) await receiptOf(url, identityOf(last));
}

async function assertAllEntered(url: string, { sent, entered }: Memory, height: number): Promise<void> {
  const places = new Map<string, string>();
  for (let at = 1; at <= height; at++) {
    const { json } = await ask(`${url}/v1/blocks/${at}`);
    for (const [index, { identity }] of (json.transactions as { identity: string }[]).entries()) {
      if (places.has(identity))
        throw new Error(`${identity} was entered twice: ${places.get(identity)} and ${at}/${index}.`);
      places.set(identity, `${at}/${index}`);
    }
  }
  for (const [identity, place] of entered) {
    if (places.get(identity) === `${place.height}/${place.index}`) continue;
    throw new Error(
      `${identity} was reported at ${place.height}/${place.index}, at the end it is at ${places.get(identity) ?? "no place"}.`,
    );
  }
  for (const identity of sent.keys())
    if (!places.has(identity)) throw new Error(`${identity} was sent again and not entered.`);
}

async function assertReceipts(url: string, { receipts }: Memory): Promise<void> {
  const trust = parseTrustFile((await ask(`${url}/v1/trust`)).bytes);
  const { nowSeconds } = await statusOf(url);
  for (const [name, bytes] of receipts) {
    const [identity = "", call] = name.split("/");
    if (!equalBytes(await receiptOf(url, identity, Number(call)), bytes))
      throw new Error(`The receipt ${name} has other bytes at the end.`);
    const { verdict, reason } = verifyProof(bytes, trust, { now: nowSeconds, verify: verifyNative });
    if (verdict !== "valid") throw new Error(`The receipt ${name} does not verify: ${reason}.`);
  }
}

function identityOf(bytes: Uint8Array): string {
  return toHex(parseTransaction(bytes, { maxBytes: bytes.length, maxCalls: 100 }).identity);
}
