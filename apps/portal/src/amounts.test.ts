import { expect, test } from "vitest";
import { countText, groupedHex, shortHex, sizeText, timeText } from "./amounts.ts";

test("sizes are said as disks are sold", () => {
  expect(sizeText(12, "en")).toBe("12 bytes");
  expect(sizeText(3_000_000, "en")).toBe("3 MB");
  expect(sizeText(1_250_000_000, "en")).toBe("1.3 GB");
  expect(sizeText(12, "zh")).toContain("字节");
});

test("a moment has its date in the reader's words and its clock to the second", () => {
  const seconds = Date.UTC(2026, 10, 21, 2, 42, 5) / 1000;
  expect(timeText(seconds, "zh", "Asia/Shanghai")).toBe("2026年11月21日 10:42:05");
  expect(timeText(seconds, "en", "UTC")).toBe("21 November 2026, 02:42:05");
});

test("digits come in groups that people can compare", () => {
  expect(groupedHex("0f8a12345")).toBe("0f8a 1234 5");
  expect(shortHex("0f8a12345678", 8)).toBe("0f8a 1234…");
  expect(countText(12345, "en")).toBe("12,345");
});
