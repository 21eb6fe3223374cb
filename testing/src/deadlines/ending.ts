import { encode, toHex } from "@acta/bytes";
import { parseTrustFile, verifyProof } from "@acta/protocol";
import { fsck, openStore } from "@acta/store";
import { ask, statusOf } from "../http.ts";
import { replay, servedBlock } from "../replay.ts";
import type { Run } from "./plan.ts";
import type { Passed } from "./watch.ts";

/** Runs of up to so many deadlines are executed again on a ledger in memory. */
const MOST_REPLAYED = 20_000;

/**
 * Holds the end of a run to what must be: acts of its first, middle and last block are proved, replay gives the same app
 * hash, the queue is empty, and fsck finds the store whole. Stops the node. Throws an Error in words otherwise.
 */
export async function assertPassed(run: Run, passed: Passed): Promise<void> {
  const { url } = run.node;
  for (const which of [0, passed.blocks.length >> 1, passed.blocks.length - 1]) {
    const block = passed.blocks[which];
    if (block !== undefined) for (const index of [0, block.acts - 1]) await assertProved(url, block.height, index);
  }
  if (passed.count <= MOST_REPLAYED) await assertReplayed(run);
  const code = await run.node.stop();
  if (code !== 0) throw new Error(`The node ended with ${code} when it was asked to stop.`);
  await assertStore(run.data);
}

async function assertProved(url: string, height: number, index: number): Promise<void> {
  const { status, bytes } = await ask(`${url}/v1/blocks/${height}/actions/${index}`);
  const trust = parseTrustFile((await ask(`${url}/v1/trust`)).bytes);
  const verdict = status === 200 ? verifyProof(bytes, trust, { now: (await statusOf(url)).nowSeconds }) : undefined;
  if (verdict?.verdict === "valid" && verdict.ledgerAction?.index === index && verdict.height === height) return;
  throw new Error(`Act ${index} of block ${height} is not proved: ${status} ${verdict?.reason}.`);
}

async function assertReplayed({ ledger, node }: Run): Promise<void> {
  const { height } = await statusOf(node.url);
  const appHash = await replay(ledger.genesisBytes, ledger.library.lookup, height, (at) => servedBlock(node.url, at));
  const served = (await statusOf(node.url)).appHash;
  if (served !== toHex(appHash)) throw new Error(`The node's app hash is ${served}, replay gives ${toHex(appHash)}.`);
}

async function assertStore(directory: string): Promise<void> {
  const damage = (await fsck(directory)).filter(({ severity }) => severity === "damage");
  if (damage.length > 0) throw new Error(`fsck finds damage: ${JSON.stringify(damage.slice(0, 5))}`);
  const store = await openStore(directory, { createIfMissing: false });
  const head = store.state.get(encode([0, "due"]));
  await store.close();
  if (head !== undefined) throw new Error("Something is still due although everything has passed.");
}
