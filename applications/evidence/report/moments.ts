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
