import { openStore } from "@acta/store";
import { ledgerFiles } from "./bench-ledger.ts";

/** What an open store holds: its state tree above all, history log and open identities beside it. */
export type StoreMemory = {
  readonly keys: number;
  /** JavaScript heap and buffers, after garbage was collected, less what there was before. */
  readonly bytes: number;
  readonly openSeconds: number;
};

// A process of its own, started with --expose-gc by `bench -- grow`: opens the store of a ledger and says what it holds.
const used = (): number => {
  // Twice: buffers are let go of after the objects that held them.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const before = used();
const began = performance.now();
const store = await openStore(ledgerFiles(process.argv[2] ?? "").store, { createIfMissing: false });
const openSeconds = (performance.now() - began) / 1000;
const memory: StoreMemory = { keys: store.tree.size, bytes: used() - before, openSeconds };
await store.close();
process.send?.(memory, undefined, undefined, () => process.exit(0));
