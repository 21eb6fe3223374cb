import { openStore, type Store } from "../src/index.ts";
import { addBlock, genesisBytes, genesisWrites, nextBlock } from "./synthetic-ledger.ts";

// A process that commits blocks until it is killed. After each durable step it says so on standard output:
// "signed <height> <header hash>", "committed <height> <app hash>".
// Usage: node writer.ts DIRECTORY [BYTES], where so many bytes of the journal are merged.
const directory = process.argv[2] ?? "";
const merge = process.argv[3] === undefined ? {} : { mergeBytes: Number(process.argv[3]) };
const store = await openStore(directory, { createIfMissing: true, ...merge });
if (store.genesisBytes === undefined) await store.initialise(genesisBytes, genesisWrites);
const pending = store.pendingCandidate();
if (pending !== undefined) {
  // The signed block is a function of height, shape and state: made again, it must be the same.
  await store.commit(nextBlock(store, shapeAt(pending.height)));
  say("committed", store.height, store.roots.appHash);
}
for (;;) {
  const shape = shapeAt(store.height + 1);
  await sign(store, shape);
  await addBlock(store, shape);
  say("committed", store.height, store.roots.appHash);
}

async function sign(of: Store, shape: ReturnType<typeof shapeAt>): Promise<void> {
  const block = nextBlock(of, shape);
  await of.recordSigned(block);
  say("signed", block.height, block.headerHash);
}

function shapeAt(height: number) {
  return { transactions: (height * 7) % 40, text: "x".repeat((height * 131) % 3000) };
}

function say(step: string, height: number, hash: Uint8Array): void {
  process.stdout.write(`${step} ${height} ${Buffer.from(hash).toString("hex")}\n`);
}
