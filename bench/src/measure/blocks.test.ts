import { expect, test } from "vitest";
import { countStretch } from "./blocks.ts";

const block = (height: number, timeMs: number, transactions: number) => ({
  height,
  timeMs,
  transactions,
  accepted: transactions,
});

test("a stretch counts the blocks that began and ended inside it", () => {
  const blocks = [
    block(1, 0, 9),
    block(2, 1000, 10),
    block(3, 1100, 20),
    block(4, 1400, 30),
    block(5, 1500, 40),
    block(6, 9000, 50),
  ];
  expect(countStretch(blocks, 500, 2000)).toEqual({
    seconds: 0.5,
    transactions: 60,
    records: 60,
    blockMs: [100, 300, 100],
  });
});

test("a stretch without two blocks says nothing", () => {
  expect(() => countStretch([block(1, 0, 9)], 0, 10)).toThrow("no two blocks");
});
