import { type Language, type Time, timeToText } from "@acta/contract";
import type { Moment } from "./facts.ts";

/** A moment in words in the zone of China, and the same in UTC; to the second. */
export type MomentWords = { readonly local: string; readonly utc: string };

/**
 * A block's time as the latest second by which it had passed: a fraction counts as a whole second, so that "no later
 * than" stays true.
 */
export function momentInWords({ seconds, nanoseconds }: Moment, language: Language): MomentWords {
  const latest = BigInt(seconds + (nanoseconds > 0 ? 1 : 0));
  return { local: secondsInWords(latest, language), utc: `${rfc(latest).replace("T", " ").replace("Z", "")} UTC` };
}

/** Whole seconds since 1970 in words, in the zone of China, which is named. */
export function secondsInWords(seconds: bigint, language: Language): string {
  return `${civilTime(seconds, language)}${language === "zh" ? "（UTC+8）" : " (UTC+8)"}`;
}

/** The same without the name of the zone, for a table that names it once. */
export function civilTime(seconds: bigint, language: Language): string {
  const [day = "", clock = ""] = rfc(seconds + ZONE_SECONDS)
    .replace("Z", "")
    .split("T");
  const [year = "", month = "", date = ""] = day.split("-").map((part) => String(Number(part)));
  return language === "zh"
    ? `${year}年${month}月${date}日 ${clock}`
    : `${date} ${MONTHS[Number(month) - 1]} ${year}, ${clock}`;
}

/** A time as a document states it (RFC 3339) in the zone of China, to the second; as it stands where it is of another form. */
export function statedTime(text: string, language: Language): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return text;
  const seconds = Math.floor(Date.parse(text) / 1000);
  return Number.isNaN(seconds) || seconds < 0 ? text : civilTime(BigInt(seconds), language);
}

// One zone without daylight saving: the same report for every reader.
const ZONE_SECONDS = 8n * 3600n;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

function rfc(seconds: bigint): string {
  return timeToText(seconds as Time); // a block's time is within the years that a Time has
}
