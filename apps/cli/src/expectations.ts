import { fromHex, utf8Decode } from "@acta/bytes";
import { encodeKey, keyFromJson } from "@acta/contract";
import { CommandError, type CommandHost, type Expectation, expectationsIn, readRecord } from "@acta/sdk";
import { type FindContract, findContract } from "./contracts.ts";
import { parseJson } from "./parse-json.ts";
import { readerPowers } from "./verified.ts";

/**
 * What a call expects, from a file: a state proof that was kept, or a JSON list of records; one without `valueHash` is
 * read and verified now. Throws CommandError.
 */
export async function expectationsFrom(
  host: CommandHost,
  path: string,
  find: FindContract = findContract,
): Promise<readonly Expectation[]> {
  const bytes = host.files.read(path);
  if (!STARTS_OF_JSON.has(bytes[0] ?? 0)) return expectationsIn(bytes);
  const list = parseJson(utf8Decode(bytes), path);
  if (!Array.isArray(list)) throw wrong(path, "it is no list");
  const expectations: Expectation[] = [];
  for (const each of list) expectations.push(await expectationFrom(host, path, each, find));
  return expectations;
}

/** `[`, `{` and white space: no proof begins with them. */
const STARTS_OF_JSON: ReadonlySet<number> = new Set([0x5b, 0x7b, 0x20, 0x0a, 0x0d, 0x09]);

async function expectationFrom(
  host: CommandHost,
  path: string,
  listed: unknown,
  find: FindContract,
): Promise<Expectation> {
  if (typeof listed !== "object" || listed === null) throw wrong(path, "an entry is no object");
  // An object: its members are checked one by one.
  const { contract, record, key, valueHash } = listed as Readonly<Record<string, unknown>>;
  if (typeof contract !== "string" || typeof record !== "string")
    throw wrong(path, "an entry lacks contract or record");
  const definition = await find(contract);
  const specification = Object.hasOwn(definition.records, record) ? definition.records[record] : undefined;
  if (specification === undefined) throw wrong(path, `${contract} has no record ${record}`);
  const values = keyFromJson(specification.key, key);
  if (valueHash === undefined) {
    const { expectation } = await readRecord(definition, record, values, readerPowers(host, undefined));
    if (expectation !== undefined) return expectation;
  }
  if (valueHash !== null && (typeof valueHash !== "string" || !/^[0-9a-f]{64}$/.test(valueHash)))
    throw wrong(path, "valueHash is 64 hex digits, or null for a record that is absent");
  const hash = valueHash === null ? null : fromHex(valueHash);
  return { contract, record, key: encodeKey(specification.key, values), valueHash: hash };
}

function wrong(path: string, what: string): CommandError {
  return new CommandError(
    `${path} names no expectations: ${what}. Give a kept state proof, or [{"contract": …, "record": …, "key": [parts]}].`,
  );
}
