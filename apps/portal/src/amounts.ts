import type { Language } from "@acta/protocol";

const LOCALES: Readonly<Record<Language, string>> = { zh: "zh-CN", en: "en-GB" };
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A size in words, in thousands as disks are sold: `1.2 MB`. */
export function sizeText(bytes: number, language: Language): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const maximumFractionDigits = unit === 0 || value >= 100 ? 0 : 1;
  const style = { style: "unit", unit: UNITS[unit] ?? "byte", unitDisplay: unit === 0 ? "long" : "short" } as const;
  const text = new Intl.NumberFormat(LOCALES[language], { ...style, maximumFractionDigits }).format(value);
  // Chinese typography sets number and unit apart, as the other units here have it.
  return text.replace(/(\d)(\p{Script=Han})/u, "$1 $2");
}

/** A count with its thousands apart. */
export function countText(count: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language]).format(count);
}

/** A moment, seconds since 1970, in the civil time of the device: `2026年11月21日 10:42:05`. */
export function timeText(seconds: number, language: Language, timeZone?: string): string {
  const date = new Date(seconds * 1000);
  const zone = timeZone === undefined ? {} : { timeZone };
  const dayFormat = { year: "numeric", month: "long", day: "numeric", ...zone } as const;
  const day = new Intl.DateTimeFormat(LOCALES[language], dayFormat).format(date);
  const clockFormat = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", ...zone } as const;
  const clock = new Intl.DateTimeFormat("en-GB", clockFormat).format(date);
  return language === "zh" ? `${day} ${clock}` : `${day}, ${clock}`;
}

/** The device's own zone, as a difference from universal time: `GMT+8`. */
export function zoneText(): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZoneName: "shortOffset" });
  return format.formatToParts(new Date()).find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** The first digits of a fingerprint, for a list. */
export function shortHex(hex: string, digits: number): string {
  return `${groupedHex(hex.slice(0, digits))}…`;
}

/** Hex digits in groups of four, for people who compare them. */
export function groupedHex(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, "$1 ");
}
