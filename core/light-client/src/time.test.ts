import { toHex } from "@acta/bytes";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ABSENT_TIME, compareTimes, encodeTime, isTimeInRange, timeAfter } from "./time.ts";

const time = fc.record({
  seconds: fc.integer({ min: 0, max: 250_000_000_000 }),
  nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
});

test("the absent time has CometBFT's eleven bytes", () => {
  expect(toHex(encodeTime(ABSENT_TIME))).toBe("088092b8c398feffffff01");
});

test("a later time compares later, by nanoseconds too", () => {
  const later = fc.property(time, fc.integer({ min: 1, max: 5_000_000_000 }), (start, step) => {
    const end = timeAfter(start, step);
    expect(compareTimes(end, start)).toBeGreaterThan(0);
    expect(compareTimes(start, end)).toBeLessThan(0);
    expect((end.seconds - start.seconds) * 1e9 + end.nanoseconds - start.nanoseconds).toBe(step);
    expect(isTimeInRange(end)).toBe(true);
  });
  fc.assert(later, { seed: 22 });
});

test("a time is in range up to the last nanosecond of the year 9999", () => {
  expect(isTimeInRange({ seconds: 253_402_300_799, nanoseconds: 999_999_999 })).toBe(true);
  expect(isTimeInRange({ seconds: 253_402_300_800, nanoseconds: 0 })).toBe(false);
  expect(isTimeInRange({ seconds: 0, nanoseconds: 1_000_000_000 })).toBe(false);
  expect(isTimeInRange(ABSENT_TIME)).toBe(false);
});
