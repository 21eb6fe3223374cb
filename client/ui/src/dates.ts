import type { Language } from "@acta/contract";

/** A block's time, since 1970. */
export type BlockTime = { readonly seconds: number; readonly nanoseconds: number };

/** A moment in words: the civil time of a zone with its name, and the same in UTC; to the second. */
export type Moment = { readonly local: string; readonly utc: string };

/**
 * A block's time as the latest second by which it had passed: a fraction counts as a whole second, so that "no later
 * than" stays true. `zone` is the device's own where none is given.
 */
export function momentOf({ seconds, nanoseconds }: BlockTime, language: Language, zone = deviceZone()): Moment {
  const date = new Date((seconds + (nanoseconds > 0 ? 1 : 0)) * 1000);
  return { local: `${civil(date, language, zone)}${inBrackets(zoneName(date, zone), language)}`, utc: utcText(date) };
}

/** Whole seconds since 1970 in words, without a zone's name. */
export function dayAndTime(seconds: number, language: Language, zone = deviceZone()): string {
  return civil(new Date(seconds * 1000), language, zone);
}

function civil(date: Date, language: Language, zone: string): string {
  const { year, month, day, hour, minute, second } = partsIn(date, zone, language);
  const clock = `${hour}:${minute}:${second}`;
  return language === "zh" ? `${year}年${month}月${day}日 ${clock}` : `${day} ${month} ${year}, ${clock}`;
}

function partsIn(date: Date, timeZone: string, language: Language): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: language === "zh" ? "numeric" : "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return language === "zh"
    ? { ...parts, month: String(Number(parts["month"])), day: String(Number(parts["day"])) }
    : parts;
}

/** The zone of this device as a difference from universal time: `UTC+8`. */
export function zoneText(nowSeconds: number, zone = deviceZone()): string {
  return zoneName(new Date(nowSeconds * 1000), zone);
}

// "UTC+8": from the difference of the zone's civil time to UTC, which every browser can tell.
function zoneName(date: Date, zone: string): string {
  const { year, month, day, hour, minute, second } = partsIn(date, zone, "zh");
  const civilTime = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const minutes = Math.round((civilTime - date.getTime()) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  if (minutes === 0) return "UTC";
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

function inBrackets(text: string, language: Language): string {
  return language === "zh" ? `（${text}）` : ` (${text})`;
}

function utcText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
