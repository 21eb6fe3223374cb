import { toHex } from "@acta/bytes";
import type { Transaction } from "@acta/protocol";

/** Admitted transactions that wait for a block, first come first served. In memory only: admitted is not entered. */
export type Pool = {
  readonly has: (identity: Uint8Array) => boolean;
  /** Whether there is no room for any more. */
  readonly isFull: () => boolean;
  /** False when there is no room; nothing is kept then. */
  readonly add: (transaction: Transaction) => boolean;
  /** The oldest transactions that fit into the limits, without removing them. */
  readonly peek: (limits: PeekLimits) => readonly Transaction[];
  readonly some: (predicate: (transaction: Transaction) => boolean) => boolean;
  readonly remove: (transactions: Iterable<Transaction>) => void;
  readonly count: () => number;
  readonly bytes: () => number;
};

/** What a block has room for, and which transactions may be in it. */
export type PeekLimits = {
  readonly bytes: number;
  readonly count: number;
  readonly only?: (transaction: Transaction) => boolean;
};

/** A pool with room for `limits.bytes` bytes and `limits.count` transactions. */
export function createPool(limits: { readonly bytes: number; readonly count: number }): Pool {
  const waiting = new Map<string, Transaction>();
  let bytes = 0;
  return {
    has: (identity) => waiting.has(toHex(identity)),
    isFull: () => waiting.size >= limits.count || bytes >= limits.bytes,
    add(transaction) {
      if (waiting.size >= limits.count || bytes + transaction.bytes.length > limits.bytes) return false;
      waiting.set(toHex(transaction.identity), transaction);
      bytes += transaction.bytes.length;
      return true;
    },
    peek(block) {
      const taken: Transaction[] = [];
      let size = 0;
      for (const transaction of waiting.values()) {
        if (block.only?.(transaction) === false) continue;
        size += transaction.bytes.length;
        if (taken.length >= block.count || (size > block.bytes && taken.length > 0)) break;
        taken.push(transaction);
      }
      return taken;
    },
    some: (predicate) => [...waiting.values()].some(predicate),
    remove(transactions) {
      for (const transaction of transactions) {
        if (waiting.delete(toHex(transaction.identity))) bytes -= transaction.bytes.length;
      }
    },
    count: () => waiting.size,
    bytes: () => bytes,
  };
}
