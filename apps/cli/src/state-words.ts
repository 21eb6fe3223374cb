import { type CborMap, type CborValue, decode, isArray, isMap } from "@acta/bytes";
import {
  type ContractDefinition,
  type Day,
  dayToText,
  decodeRecord,
  recordToJson,
  type Time,
  timeToText,
} from "@acta/contract";
import {
  type ClosedVersion,
  type Counter,
  decodeCounter,
  readClosedVersion,
  readVersionHead,
  SPACE,
  type VersionHead,
} from "@acta/ledger";
import type { ProvedRecord } from "@acta/protocol";
import { cborToLine } from "./shown.ts";
import { totalLines } from "./total-words.ts";

type Language = "zh" | "en";

/**
 * What the entries of a state proof say, in lines for a person: records, since when they are so, what they were before,
 * totals with their path and days. Of a contract that is not given, values are shown as the ledger keeps them.
 */
export function stateLines(
  records: readonly ProvedRecord[],
  contracts: readonly ContractDefinition[],
  language: Language,
): string[] {
  return records.flatMap((entry) => linesOf(entry, { records, contracts, words: WORDS[language] }));
}

/** The whole proof, and by what it is said. */
type Telling = {
  readonly records: readonly ProvedRecord[];
  readonly contracts: readonly ContractDefinition[];
  readonly words: Words;
};

function linesOf(entry: ProvedRecord, telling: Telling): readonly string[] {
  const { key, keyBytes, value, valueBytes } = entry;
  try {
    const said = wordsOf(entry, telling);
    if (said !== undefined) return said;
  } catch {
    // Another ledger's contract of that name may keep other forms: then the bytes are shown as they are.
  }
  return [`${cborToLine(key ?? keyBytes)}: ${valueBytes === null ? "—" : cborToLine(value ?? valueBytes)}`];
}

function wordsOf(
  { key, value = null, valueBytes }: ProvedRecord,
  { records, contracts, words }: Telling,
): readonly string[] | undefined {
  const [space, name, what, ...rest] = key !== undefined && isArray(key) ? key : [];
  const definition = contracts.find((each) => each.name === name);
  const place = `${name}.${what}`;
  const record = (parts: readonly CborValue[]): string => words.record(place, parts.map(cborToLine).join(" "));
  if (space === SPACE.record) {
    return [`${record(rest)}: ${valueBytes === null ? words.absent : recordText(definition, what, valueBytes)}`];
  }
  if (space === SPACE.closedVersion) {
    if (valueBytes === null)
      return isKeyOf(definition, what, rest) ? [`${record(rest)}: ${words.noVersion}`] : undefined;
    if (!fieldsOf(value).has("value")) return [`${record(rest)}: ${sinceText(readVersionHead(valueBytes), words)}`];
    const closed = readClosedVersion(valueBytes);
    const text = recordText(definition, what, closed.value);
    // The last part of the key is the height at which the version began.
    return [`${record(rest.slice(0, -1))}, ${spanText(closed, words)}: ${text}`];
  }
  if (space === SPACE.total && valueBytes !== null)
    return totalWords(place, definition, String(what), rest, valueBytes, words);
  if (space === SPACE.total) return noTotalWords(place, rest, beginnings(records, [space, name, what, ...rest]), words);
  if (space === SPACE.system && name === "zone" && typeof value === "number") return [words.zone(value)];
  return undefined;
}

const sinceText = ({ since, at }: VersionHead, words: Words): string => words.since(endText(since, at, words));

const spanText = ({ since, at, until, untilAt }: ClosedVersion, words: Words): string =>
  words.from(endText(since, at, words), endText(until, untilAt, words));

/** Whether these are the parts of a record's key, and no version's height beside them. */
function isKeyOf(
  definition: ContractDefinition | undefined,
  name: CborValue | undefined,
  parts: readonly CborValue[],
): boolean {
  const shape = definition && Object.hasOwn(definition.records, String(name)) && definition.records[String(name)]?.key;
  return shape !== undefined && shape !== false && Object.keys(shape).length === parts.length;
}

function totalWords(
  place: string,
  definition: ContractDefinition | undefined,
  name: string,
  rest: readonly CborValue[],
  valueBytes: Uint8Array,
  words: Words,
): readonly string[] {
  const counter = decodeCounter(valueBytes);
  const [whole = "", ...cells] = totalLines(definition, name, counter);
  const total = `${words.total(place, rest.slice(0, -1).join("/"))}${daysText(counter, words)}`;
  return [`${total}: ${whole}`, ...cells.map((line) => `  ${line}`)];
}

/** A missing value says that nothing was counted before its day only beside the value that began on that day. */
function noTotalWords(
  place: string,
  rest: readonly CborValue[],
  begun: readonly number[],
  words: Words,
): readonly string[] | undefined {
  const cell = rest.at(-1);
  const total = words.total(place, rest.slice(0, -1).join("/"));
  if (cell === "now") return [`${total}: ${words.nothing}`];
  return typeof cell === "number" && begun.includes(cell)
    ? [`${total}: ${words.nothingBefore(dayText(cell))}`]
    : undefined;
}

/** The days on which the values that are shown of the same total and path began. */
function beginnings(records: readonly ProvedRecord[], key: readonly (CborValue | undefined)[]): readonly number[] {
  const prefix = cborToLine(key.slice(0, -1) as readonly CborValue[]); // the parts of a key
  return records.flatMap(({ key: other, valueBytes }) => {
    if (valueBytes === null || other === undefined || !isArray(other)) return [];
    const { since } = cborToLine(other.slice(0, -1)) === prefix ? decodeCounter(valueBytes) : {};
    return since === undefined ? [] : [since];
  });
}

/** Of which days a total is, where it keeps days; what holds now is of all since. */
function daysText({ since, until }: Counter, words: Words): string {
  if (since === undefined) return "";
  return `, ${until === undefined ? words.sinceDay(dayText(since)) : words.days(dayText(since), dayText(until - 1))}`;
}

function recordText(
  definition: ContractDefinition | undefined,
  name: CborValue | undefined,
  bytes: Uint8Array,
): string {
  const specification =
    definition && Object.hasOwn(definition.records, String(name)) && definition.records[String(name)];
  if (!specification) return cborToLine(decode(bytes));
  return JSON.stringify(recordToJson(specification.fields, decodeRecord(specification.fields, bytes).values));
}

function fieldsOf(value: CborValue): CborMap {
  const fields = isArray(value) ? value[1] : undefined;
  return fields !== undefined && isMap(fields) ? fields : new Map();
}

const dayText = (day: number): string => dayToText(BigInt(day) as Day); // of the state

/** A block's height and time; the record was there before its versions were kept where both are 0. */
function endText(height: number, seconds: number, words: Words): string {
  return height === 0 ? words.genesis : words.block(height, timeToText(BigInt(seconds) as Time)); // of the state
}

type Words = {
  readonly absent: string;
  readonly nothing: string;
  readonly noVersion: string;
  readonly genesis: string;
  record(place: string, key: string): string;
  since(end: string): string;
  from(since: string, until: string): string;
  block(height: number, time: string): string;
  total(place: string, path: string): string;
  sinceDay(day: string): string;
  days(first: string, last: string): string;
  nothingBefore(day: string): string;
  zone(minutes: number): string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    absent: "there is none",
    nothing: "nothing is counted",
    noVersion: "no change of it was ever kept",
    genesis: "the beginning",
    record: (place, key) => `record ${place} ${key}`.trim(),
    since: (from) => `as it stands since ${from}`,
    from: (since, until) => `from ${since} until ${until}`,
    block: (height, time) => `block ${height} (${time})`,
    total: (place, path) => `total ${place} ${path === "" ? "of everything" : `under ${path}`}`,
    sinceDay: (day) => `unchanged since a block of ${day}`,
    days: (first, last) =>
      first === last ? `at the end of ${first}` : `at the end of each day from ${first} to ${last}`,
    nothingBefore: (day) => `nothing was counted before ${day}`,
    zone: (minutes) => `the ledger's days begin ${minutes} minutes ahead of UTC`,
  },
  zh: {
    absent: "没有这条记录",
    nothing: "没有计入任何记录",
    noVersion: "没有保存过它的变动",
    genesis: "账本之初",
    record: (place, key) => `记录 ${place} ${key}`.trim(),
    since: (from) => `自${from}起至今如此`,
    from: (since, until) => `自${since}至${until}`,
    block: (height, time) => `区块 ${height}（${time}）`,
    total: (place, path) => `合计 ${place} ${path === "" ? "全部" : `路径 ${path}`}`,
    sinceDay: (day) => `自 ${day} 的区块起未再变动`,
    days: (first, last) => (first === last ? `${first} 日终` : `${first} 至 ${last} 每日日终`),
    nothingBefore: (day) => `${day} 之前没有计入任何记录`,
    zone: (minutes) => `账本的一天比 UTC 早 ${minutes} 分钟开始`,
  },
};
