import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { ratePerCpuSecond } from "./cpu-rate.ts";

test("a rate counts the CPU that was used, not the time that was waited", async () => {
  let turns = 0;
  const rate = await ratePerCpuSecond(0.01, async (turn) => {
    expect(turn).toBe(turns++);
    if (turn === 0) await sleep(200);
    for (let i = 0; i < 10_000; i++) Math.sqrt(i);
  });
  // By the clock no more than so many could be done in a second.
  expect(rate).toBeGreaterThan(turns / 0.2);
});
