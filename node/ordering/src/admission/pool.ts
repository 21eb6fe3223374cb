import { byteText } from "@acta/bytes";
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
  readonly calls: number;
  readonly only?: (transaction: Transaction) => boolean;
};

/**
 * A pool with room for `limits.bytes` bytes and `limits.calls` calls: a call that was read takes much more memory than
 * its bytes.
 */
export function createPool(limits: { readonly bytes: number; readonly calls: number }): Pool {
  const waiting = new Map<string, Transaction>();
  let bytes = 0;
  let calls = 0;
  return {
    has: (identity) => waiting.has(byteText(identity)),
    isFull: () => calls >= limits.calls || bytes >= limits.bytes,
    add(transaction) {
      const size = transaction.bytes.length;
      const count = transaction.calls.length;
      if (waiting.size > 0 && (calls + count > limits.calls || bytes + size > limits.bytes)) return false;
      waiting.set(byteText(transaction.identity), transaction);
      bytes += size;
      calls += count;
      return true;
    },
    peek(block) {
      const taken: Transaction[] = [];
      let size = 0;
      let count = 0;
      for (const transaction of waiting.values()) {
        if (block.only?.(transaction) === false) continue;
        size += transaction.bytes.length;
        count += transaction.calls.length;
        // The oldest goes whatever its size: it would wait for ever.
        if (taken.length > 0 && (count > block.calls || size > block.bytes)) break;
        taken.push(transaction);
      }
      return taken;
    },
    some: (predicate) => [...waiting.values()].some(predicate),
    remove(transactions) {
      for (const transaction of transactions) {
        if (!waiting.delete(byteText(transaction.identity))) continue;
        bytes -= transaction.bytes.length;
        calls -= transaction.calls.length;
      }
    },
    count: () => waiting.size,
    bytes: () => bytes,
  };
}
