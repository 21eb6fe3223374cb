import type { Change, Memory, StoredDeposit, StoredKey, StoredTransaction } from "./memory.ts";

const NAME = "acta";
const STORES = ["deposits", "transactions", "keys"] as const;
type StoreName = (typeof STORES)[number];

/** The memory of this browser, IndexedDB. Rejects where the browser gives none, as some private windows do. */
export async function openBrowserMemory(): Promise<Memory> {
  const database = await open();
  const all = <T>(store: StoreName): Promise<T[]> =>
    // Only this file writes these stores.
    answer(database.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>);
  return {
    deposits: () => all<StoredDeposit>("deposits"),
    transactions: () => all<StoredTransaction>("transactions"),
    key: async () => (await all<StoredKey>("keys"))[0],
    async keepKey(key) {
      await written(database, ["keys"], (transaction) => transaction.objectStore("keys").put(key, "own"));
      // Asks the browser not to clear it when the disk is short. It may say no: the page tells people to save slips.
      await navigator.storage?.persist?.();
    },
    write: (change) => written(database, ["deposits", "transactions"], (transaction) => put(transaction, change)),
  };
}

function put(
  transaction: IDBTransaction,
  { deposits = [], transactions = [], done = [], forgotten = [] }: Change,
): void {
  for (const deposit of deposits) transaction.objectStore("deposits").put(withOwnBytes(deposit), deposit.deposit);
  for (const each of transactions) transaction.objectStore("transactions").put(withOwnBytes(each), each.identity);
  for (const identity of done) transaction.objectStore("transactions").delete(identity);
  for (const deposit of forgotten) transaction.objectStore("deposits").delete(deposit);
}

/** A copy whose bytes are in memory of their own: a browser would store all of the memory that they are a part of. */
function withOwnBytes<T extends object>(value: T): T {
  const copied = Object.entries(value).map(([name, part]) => [name, ownBytes(part)] as const);
  return Object.fromEntries(copied) as T; // the same members
}

function ownBytes(part: unknown): unknown {
  if (part instanceof Uint8Array) return part.slice();
  return isPlain(part) ? withOwnBytes(part) : part;
}

const isPlain = (part: unknown): part is object => part instanceof Object && part.constructor === Object;

function written(database: IDBDatabase, stores: StoreName[], work: (transaction: IDBTransaction) => void) {
  // Strict: on disk before anything is sent, not only in the system's buffers.
  const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
  return new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The browser's memory gave up."));
    work(transaction);
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    for (const store of STORES) request.result.createObjectStore(store);
  };
  return answer(request);
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser's memory does not answer."));
  });
}
