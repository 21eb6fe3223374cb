import { expect, test } from "vitest";
import { dayAndTime, momentOf } from "./dates.ts";

const time = { seconds: Date.UTC(2026, 10, 21, 5, 20, 4) / 1000, nanoseconds: 1 };

test("says civil time with its zone, and UTC", () => {
  expect(momentOf(time, "zh", "Asia/Shanghai")).toEqual({
    local: "2026年11月21日 13:20:05（UTC+8）",
    utc: "2026-11-21 05:20:05 UTC",
  });
  expect(momentOf(time, "en", "America/St_Johns").local).toBe("21 November 2026, 01:50:05 (UTC−3:30)");
});

test("counts a fraction of a second as a whole one, and a whole second as itself", () => {
  expect(momentOf({ ...time, nanoseconds: 0 }, "en", "UTC").local).toBe("21 November 2026, 05:20:04 (UTC)");
});

test("writes midnight as 00", () => {
  expect(dayAndTime(Date.UTC(2027, 0, 1) / 1000, "zh", "UTC")).toBe("2027年1月1日 00:00:00");
});
