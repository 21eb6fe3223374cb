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

test("counts a replaced value once", () => {
  const cache = new ValueCache(1000);
  for (let round = 0; round < 100; round++) cache.set("a", new Uint8Array(600));
  cache.set("b", new Uint8Array(100));
  expect(cache.has("a")).toBe(true);
  expect(cache.has("b")).toBe(true);
});
