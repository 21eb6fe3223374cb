import type { Transaction } from "@acta/protocol";
import { expect, test } from "vitest";
import { createPool } from "./pool.ts";

/** Only what a pool looks at. */
const transaction = (name: number, bytes: number, calls = 1): Transaction =>
  ({ identity: Uint8Array.of(name), bytes: new Uint8Array(bytes), calls: Array.from({ length: calls }) }) as never;

test("takes no more calls and bytes than it has room for, and has room again when some have gone", () => {
  const pool = createPool({ bytes: 100, calls: 5 });
  const [one, two] = [transaction(1, 10, 3), transaction(2, 10, 2)];
  expect([pool.add(one), pool.add(two), pool.add(transaction(3, 10))]).toEqual([true, true, false]);
  expect([pool.isFull(), pool.count(), pool.bytes()]).toEqual([true, 2, 20]);
  pool.remove([one, transaction(9, 10)]);
  expect([pool.isFull(), pool.add(transaction(4, 91)), pool.add(transaction(5, 90))]).toEqual([false, false, true]);
});

test("a block gets the oldest that fit, and the very oldest whatever its size", () => {
  const pool = createPool({ bytes: 1000, calls: 100 });
  const all = [transaction(1, 10, 50), transaction(2, 10), transaction(3, 10, 3)];
  for (const each of all) pool.add(each);
  expect(pool.peek({ bytes: 500, calls: 4 })).toEqual([all[0]]);
  pool.remove(all.slice(0, 1));
  expect(pool.peek({ bytes: 500, calls: 4 })).toEqual(all.slice(1));
  expect(pool.peek({ bytes: 500, calls: 3 })).toEqual(all.slice(1, 2));
  expect(pool.peek({ bytes: 15, calls: 4 })).toEqual(all.slice(1, 2));
});
