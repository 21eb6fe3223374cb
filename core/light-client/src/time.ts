import { createMessage } from "./protobuf.ts";

/**
 * A moment in a header or a vote: whole seconds since 1970 UTC and nanoseconds from 0 to 999,999,999. Never a `Date`,
 * which would lose nanoseconds. Seconds are negative only in an absent vote.
 */
export type Time = { readonly seconds: number; readonly nanoseconds: number };

/** The time of an absent vote: 1 January of year 1, Go's zero time. PROTOCOL 17. */
export const ABSENT_TIME: Time = Object.freeze({ seconds: -62_135_596_800, nanoseconds: 0 });

/** google.protobuf.Timestamp. */
export function encodeTime(time: Time): Uint8Array {
  return createMessage().varint(1, time.seconds).varint(2, time.nanoseconds).finish();
}

/** Negative when `a` is earlier, 0 when equal, positive when later; nanoseconds count. */
export function compareTimes(a: Time, b: Time): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds;
}

/** The moment `nanoseconds` (a whole number, not negative, below 2^53) after `time`. */
export function timeAfter(time: Time, nanoseconds: number): Time {
  const sum = time.nanoseconds + nanoseconds;
  return { seconds: time.seconds + Math.floor(sum / BILLION), nanoseconds: sum % BILLION };
}

/** FORMATS §1: 0 ≤ seconds < 253402300800 (year 10000), 0 ≤ nanoseconds < 10^9. */
export function isTimeInRange(time: Time): boolean {
  return isBelow(time.seconds, SECONDS_LIMIT) && isBelow(time.nanoseconds, BILLION);
}

const BILLION = 1_000_000_000;
const SECONDS_LIMIT = 253_402_300_800;

function isBelow(value: number, limit: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < limit;
}
