import { expect, test } from "vitest";
import { ValueCache } from "./value-cache.ts";

test("drops what was unused for longest when the bytes pass the limit", () => {
  const cache = new ValueCache(1000);
  cache.set("a", new Uint8Array(200));
  cache.set("b", new Uint8Array(200));
  cache.get("a");
  cache.set("c", new Uint8Array(400));
  expect(cache.has("a")).toBe(true);
  expect(cache.has("b")).toBe(false);
  expect(cache.has("c")).toBe(true);
});

test("drops in the order of use, however often values come, go and are read", () => {
  const room = 100;
  const key = (number: number): string => String(number).padStart(100, "0");
  const cache = new ValueCache(room * (100 + 120));
  let kept: number[] = [];
  for (let round = 0; round < 5000; round++) {
    cache.set(key(round), new Uint8Array(0));
    kept = [...kept, round].slice(-room);
    const used = kept[(round * 7919) % kept.length] ?? 0;
    kept = kept.filter((each) => each !== used);
    if (round % 11 === 0) cache.delete(key(used));
    else cache.get(key(used));
    if (round % 11 !== 0) kept.push(used);
  }
  const found = Array.from({ length: 5000 }, (_, number) => number).filter((number) => cache.has(key(number)));
  expect(found).toEqual(kept.toSorted((a, b) => a - b));
});

test("counts a replaced value once", () => {
  const cache = new ValueCache(1000);
  for (let round = 0; round < 100; round++) cache.set("a", new Uint8Array(600));
  cache.set("b", new Uint8Array(100));
  expect(cache.has("a")).toBe(true);
  expect(cache.has("b")).toBe(true);
});
