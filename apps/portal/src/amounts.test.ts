import { expect, test } from "vitest";
import { shortHex, sizeText } from "./amounts.ts";

test("sizes are said as disks are sold", () => {
  expect(sizeText(12, "en")).toBe("12 bytes");
  expect(sizeText(3_000_000, "en")).toBe("3 MB");
  expect(sizeText(1_250_000_000, "en")).toBe("1.3 GB");
  expect(sizeText(12, "zh")).toContain("字节");
});

test("digits come in groups that people can compare", () => {
  expect(shortHex("0f8a12345678", 8)).toBe("0f8a 1234…");
});
