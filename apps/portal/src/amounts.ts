import type { Language } from "@acta/protocol";
import { grouped } from "@acta/ui";

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

/** The first digits of a fingerprint, for a list. */
export function shortHex(hex: string, digits: number): string {
  return `${grouped(hex.slice(0, digits))}…`;
}
