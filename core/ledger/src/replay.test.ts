import { concatBytes, decode, encode } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { describe, expect, test } from "vitest";
import { asAnn, asBob, asRegistrar, openLedger } from "../test/ledger.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { bucketOf } from "./replay.ts";
import { bucketKey, expiryHourKey, identityKey, systemKey } from "./state-key.ts";

const one = (ledger: MemoryLedger, expiry: number) =>
  ledger.sign({ signers: [asAnn], expiry, calls: [ledger.call("counter", "add", { name: "a", by: 1n })] });
const two = (ledger: MemoryLedger, expiry: number) =>
  ledger.sign({ signers: [asRegistrar, asBob], expiry, calls: [ledger.call("counter", "add", { name: "a", by: 1n })] });
const at = (seconds: number) => ({ time: { seconds, nanoseconds: 0 } });
const stored = (ledger: MemoryLedger, key: { readonly bytes: Uint8Array }) => {
  const value = ledger.environment.state.get(key.bytes);
  return value && decode(value);
};

describe("class one", () => {
  test("counts and digests identities in the bucket of their minute, in order", () => {
    const ledger = openLedger();
    const expiry = ledger.time + 120;
    const { results, identities } = ledger.execute([one(ledger, expiry), one(ledger, expiry)]);
    const third = ledger.execute([one(ledger, expiry)]);
    const spent = [...results, ...third.results].map(({ identity }) => identity);
    const digest = spent.reduce((before, identity) => sha256(concatBytes(before, identity)), new Uint8Array(32));
    expect(stored(ledger, bucketKey(bucketOf(expiry)))).toEqual([3, digest]);
    expect(identities).toEqual(spent.slice(0, 2).map((identity) => [bucketOf(expiry), identity]));
  });

  test("drops a bucket once block time has passed its last second, and only in a block with transactions", () => {
    const ledger = openLedger();
    const bucket = bucketOf(ledger.time + 120);
    const last = 60 * bucket + 59;
    ledger.execute([one(ledger, ledger.time + 120)]);
    expect(ledger.execute([one(ledger, last + 500)], at(last)).droppedBuckets).toEqual([]);
    expect(ledger.execute([], at(last + 1)).droppedBuckets).toEqual([]);
    expect(stored(ledger, bucketKey(bucket))).toBeDefined();
    expect(ledger.execute([one(ledger, last + 600)], at(last + 1)).droppedBuckets).toEqual([bucket]);
    expect(stored(ledger, bucketKey(bucket))).toBeUndefined();
  });

  test("drops all buckets that passed while nothing happened for a year", () => {
    const ledger = openLedger();
    const expiries = [60, 1800, 3600].map((ahead) => ledger.time + ahead);
    ledger.execute(expiries.map((expiry) => one(ledger, expiry)));
    const later = ledger.time + 31_536_000;
    expect(ledger.execute([one(ledger, later)], at(later)).droppedBuckets).toEqual(expiries.map(bucketOf));
    expect(stored(ledger, systemKey("replay"))).toEqual([bucketOf(later), bucketOf(later), expect.any(Number)]);
  });
});

describe("class two", () => {
  test("is a record of the state until its hour has passed", () => {
    const ledger = openLedger();
    const expiry = ledger.time + 86_400;
    const hour = Math.floor(expiry / 3600);
    const { results, identities } = ledger.execute([two(ledger, expiry), two(ledger, expiry)]);
    const [first, second] = results.map(({ identity }) => identity) as [Uint8Array, Uint8Array];
    expect(identities).toEqual([]);
    expect(stored(ledger, identityKey(first))).toEqual([expiry, null]);
    expect(stored(ledger, identityKey(second))).toEqual([expiry, first]);
    expect(stored(ledger, expiryHourKey(hour))).toEqual(second);
    ledger.execute([one(ledger, 3600 * hour + 3600)], at(3600 * hour + 3599));
    expect(stored(ledger, identityKey(first))).toBeDefined();
    ledger.execute([one(ledger, 3600 * hour + 3601)], at(3600 * hour + 3600));
    for (const key of [identityKey(first), identityKey(second), expiryHourKey(hour)]) {
      expect(stored(ledger, key)).toBeUndefined();
    }
  });

  test("is swept in bounded slices", () => {
    const ledger = openLedger();
    const expiry = ledger.time + 60;
    for (let block = 0; block < 3; block++) {
      ledger.execute(Array.from({ length: 100 }, () => two(ledger, expiry)));
    }
    const left = () => ledger.entries().filter(([key]) => isIdentity(key)).length;
    expect(left()).toBe(300);
    const later = ledger.time + 7200;
    ledger.execute([one(ledger, later)], at(later));
    expect(left()).toBe(300 - 256);
    ledger.execute([one(ledger, later + 1)], at(later + 1));
    expect(left()).toBe(0);
  });
});

test("a block without transactions leaves the state as it is", () => {
  const ledger = openLedger();
  ledger.execute([one(ledger, ledger.time + 60), two(ledger, ledger.time + 60)]);
  const root = ledger.stateRoot;
  expect(ledger.execute([], at(ledger.time + 864_000)).writes).toEqual([]);
  expect(ledger.stateRoot).toEqual(root);
});

function isIdentity(key: Uint8Array): boolean {
  const [space, identity] = decode(key) as readonly unknown[];
  return space === 7 && identity instanceof Uint8Array;
}

test("the opening cursor stands at the first minute and hour", () => {
  const ledger = openLedger();
  const minute = bucketOf(ledger.time);
  expect(stored(ledger, systemKey("replay"))).toEqual([minute, minute, Math.floor(minute / 60)]);
  expect(encode([minute, minute, Math.floor(minute / 60)])).toEqual(
    ledger.environment.state.get(systemKey("replay").bytes),
  );
});
