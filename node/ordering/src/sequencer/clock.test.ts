import { expect, test } from "vitest";
import { laterTime, msOfTime, nextMillisecond, timeOfMs, watchClock } from "./clock.ts";

function fakeClock() {
  const now = { wall: 1_000_000_000, boot: 500_000 };
  const pass = (ms: number, wallMs = ms) => {
    now.wall += wallMs;
    now.boot += ms;
  };
  return { pass, clock: { wallMs: () => now.wall, bootMs: () => now.boot } };
}

test("time that passes on both clocks is no jump, sleep included", () => {
  const { pass, clock } = fakeClock();
  const guard = watchClock(clock);
  pass(8 * 3600 * 1000);
  expect(guard.jump()).toBeUndefined();
});

test("more than ten minutes forward is a jump that stays until it is confirmed", () => {
  const { pass, clock } = fakeClock();
  const guard = watchClock(clock);
  pass(1000, 601_001 + 1000);
  expect(guard.jump()).toBe(601_001);
  pass(1000, -600_000);
  expect(guard.jump()).toBe(601_001);
  guard.confirm();
  expect(guard.jump()).toBeUndefined();
});

test("five seconds back is not a jump, more is", () => {
  const { pass, clock } = fakeClock();
  const guard = watchClock(clock);
  pass(1000, -4000);
  expect(guard.jump()).toBeUndefined();
  pass(1000, 999);
  expect(guard.jump()).toBe(-5001);
});

test("times convert, compare and step by the millisecond", () => {
  expect(timeOfMs(1_700_000_000_123)).toEqual({ seconds: 1_700_000_000, nanoseconds: 123_000_000 });
  expect(msOfTime({ seconds: 2, nanoseconds: 999_999_999 })).toBe(2999);
  expect(nextMillisecond({ seconds: 1, nanoseconds: 999_000_000 })).toEqual({ seconds: 2, nanoseconds: 0 });
  expect(laterTime({ seconds: 1, nanoseconds: 5 }, { seconds: 1, nanoseconds: 6 })).toEqual({
    seconds: 1,
    nanoseconds: 6,
  });
});
