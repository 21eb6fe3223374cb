import { type ContractDefinition, keyFromJson, recordToJson, type Time, timeToText } from "@acta/contract";
import {
  type AsOf,
  type Command,
  CommandError,
  type CommandHost,
  type CommandOptions,
  readRecord,
  timeFromText,
  type VerifiedRecord,
} from "@acta/sdk";
import { type FindContract, findContract } from "../contracts.ts";
import { keepProof, provedOrNot, readerPowers, verifiedLine } from "../verified.ts";
import { sayIn } from "../words.ts";

/** `acta record get`: one record, and its proof. Contracts are those of the release; tests bring others. */
export const recordCommandOf = (find: FindContract): Command => ({
  name: "record get",
  summary: "Read one record, now or as it was, with its proof.",
  usage: "CONTRACT RECORD KEY… [--as-of TIME|HEIGHT] [--proof] [--out FILE] [--trust FILE]",
  help: "KEY is each part of the record's key, in order. With --proof, --as-of, --out or --trust the state proof is verified before anything is shown, under --trust or else under the node's own trust file, and what is shown is read out of it. --as-of takes a time (2026-11-21T04:30:00Z) or the height of a block. --out keeps the proof: acta verify reads it, and acta call --expects takes it.",
  options: {
    "as-of": { meaning: "WHEN  a time or a height; only where the record keeps its versions" },
    proof: { meaning: "         fetch and verify the state proof, of absence too", flag: true },
    out: { meaning: "FILE     keep the state proof's bytes" },
    trust: { meaning: "FILE     the trust file to verify under" },
  },
  async run(host, [contract, record, ...key], options) {
    if (contract === undefined || record === undefined) throw new CommandError(sayIn(host.language)("record.which"));
    if (Object.keys(options).some((each) => VERIFIED.has(each))) {
      const definition = await find(contract);
      return provedOrNot(host, () => showProved(host, definition, record, key, options));
    }
    const found = await host.node.record(contract, record, key);
    host.result(found);
    host.say(JSON.stringify(found, undefined, 2));
    return 0;
  },
});

/** `acta record get` over the contracts of this release. */
export const recordCommand = recordCommandOf(findContract);

/** Options that mean: believe nothing but a proof. */
const VERIFIED: ReadonlySet<string> = new Set(["as-of", "proof", "out", "trust"]);

async function showProved(
  host: CommandHost,
  definition: ContractDefinition,
  record: string,
  keyWords: readonly string[],
  { "as-of": when, trust, ...options }: CommandOptions,
): Promise<number> {
  const specification = Object.hasOwn(definition.records, record) ? definition.records[record] : undefined;
  if (specification === undefined)
    throw new CommandError(
      `${definition.name} has no record ${record}. It has: ${Object.keys(definition.records).join(", ")}.`,
    );
  const key = keyFromJson(specification.key, keyWords);
  const asOf = when === undefined ? undefined : asOfFrom(when);
  const read = await readRecord(definition, record, key, readerPowers(host, trust), asOf);
  keepProof(host, options, read.proof);
  const { values, height, settled } = read;
  const value = values && recordToJson(specification.fields, values);
  const entries = [value === undefined ? "absent" : "present"];
  const asOfThen = asOf === undefined ? {} : { asOf: when, settled, since: read.since, until: read.until };
  host.result({ verdict: "valid", height, entries, ...asOfThen, record: value });
  const words = WORDS[host.language];
  if (asOf !== undefined) host.say(spanLine(when ?? "", read, words));
  if (asOf !== undefined && !settled) host.say(words.soFar);
  host.say(value === undefined ? words.none : JSON.stringify(value, undefined, 2));
  host.say(verifiedLine(height, host.language));
  return 0;
}

function asOfFrom(when: string): AsOf {
  return /^\d{1,16}$/.test(when) ? { height: Number(when) } : { time: timeFromText(when) };
}

function spanLine(when: string, { since, until }: VerifiedRecord, words: (typeof WORDS)["en" | "zh"]): string {
  const at = ({ height, time }: NonNullable<typeof since>): string =>
    height === 0 ? words.beginning : words.block(height, timeToText(BigInt(time) as Time)); // a block's seconds
  return `${words.asOf(when)}${since ? words.from(at(since)) : ""}${until ? words.until(at(until)) : ""}:`;
}

const WORDS = {
  en: {
    none: "There is none.",
    soFar: "For this ledger that moment has not passed: what follows is so far.",
    beginning: "the beginning",
    block: (height: number, time: string) => `block ${height} (${time})`,
    asOf: (when: string) => `As of ${when}`,
    from: (end: string) => `, from ${end}`,
    until: (end: string) => `, until ${end}`,
  },
  zh: {
    none: "没有这条记录。",
    soFar: "对这本账来说，那个时刻还没有过去；以下截至目前。",
    beginning: "账本之初",
    block: (height: number, time: string) => `区块 ${height}（${time}）`,
    asOf: (when: string) => `截至 ${when}`,
    from: (end: string) => `，自${end}起`,
    until: (end: string) => `，至${end}止`,
  },
} as const;
