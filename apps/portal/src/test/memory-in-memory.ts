import type { Memory, StoredDeposit, StoredKey, StoredTransaction } from "../desk/memory.ts";

/** A browser's memory that lasts as long as the test. */
export function memoryInMemory(): Memory {
  const deposits = new Map<string, StoredDeposit>();
  const transactions = new Map<string, StoredTransaction>();
  let kept: StoredKey | undefined;
  return {
    deposits: async () => [...deposits.values()],
    transactions: async () => [...transactions.values()],
    key: async () => kept,
    keepKey: async (key) => {
      kept = key;
    },
    write: async (change) => {
      for (const each of change.deposits ?? []) deposits.set(each.deposit, each);
      for (const each of change.transactions ?? []) transactions.set(each.identity, each);
      for (const identity of change.done ?? []) transactions.delete(identity);
      for (const deposit of change.forgotten ?? []) deposits.delete(deposit);
    },
  };
}
