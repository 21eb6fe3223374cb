import { expect, test } from "vitest";
import { createQuotas } from "./quotas.ts";

const limits = { transactionsPerSecond: 10, bytesPerDay: 1000, addresses: 2 };

test("a burst passes, the next one waits until the share has refilled", () => {
  let now = 0;
  const quotas = createQuotas(limits, () => now);
  expect(quotas.take("a", 20, 1)).toBeUndefined();
  expect(quotas.take("a", 1, 1)).toEqual({ code: "too-many-requests", retryAfterSeconds: 1 });
  now += 1000;
  expect(quotas.take("a", 10, 1)).toBeUndefined();
});

test("a day's bytes are counted for each address and begin anew at midnight", () => {
  let now = 86_400_000 - 5000;
  const quotas = createQuotas(limits, () => now);
  expect(quotas.take("a", 1, 1000)).toBeUndefined();
  expect(quotas.take("a", 1, 1)).toEqual({ code: "daily-bytes-spent", retryAfterSeconds: 5 });
  expect(quotas.take("b", 1, 1000)).toBeUndefined();
  now += 5000;
  expect(quotas.take("a", 1, 1000)).toBeUndefined();
});

test("a request larger than the burst passes once and leaves a debt", () => {
  let now = 0;
  const quotas = createQuotas(limits, () => now);
  expect(quotas.take("a", 100, 1)).toBeUndefined();
  now += 2000;
  expect(quotas.take("a", 1, 1)?.code).toBe("too-many-requests");
  now += 9000;
  expect(quotas.take("a", 1, 1)).toBeUndefined();
});

test("no more addresses are remembered than the limit", () => {
  const quotas = createQuotas(limits, () => 0);
  quotas.take("a", 20, 1);
  quotas.take("b", 1, 1);
  quotas.take("c", 1, 1);
  expect(quotas.take("a", 20, 1)).toBeUndefined();
});
