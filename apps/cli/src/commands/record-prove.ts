import { type Command, CommandError, proveRecords, type RecordAddress } from "@acta/sdk";
import { cborToLine } from "../shown.ts";
import { trustBytesOf } from "../trust-of.ts";

/** `acta record prove`: several records in one proof. */
export const recordProveCommand: Command = {
  name: "record prove",
  summary: "Save one proof of several records, absent ones too.",
  usage: "CONTRACT/RECORD/KEY… [CONTRACT/RECORD/KEY…]… --out FILE [--trust FILE]",
  help: "Each record is written as in an address: contract, record and the parts of its key between slashes; a slash or a percent sign inside a part as %2F and %25. All of them as of one block. The proof is verified before it is written, under --trust or else under the node's own trust file.",
  options: {
    out: { meaning: "FILE     where the proof goes; nothing is overwritten", required: true },
    trust: { meaning: "FILE     the trust file to verify under" },
  },
  async run(host, words, { out = "", trust }) {
    if (words.length === 0)
      throw new CommandError("Name at least one record: acta record prove CONTRACT/RECORD/KEY… --out FILE");
    if (host.files.exists(out)) throw new CommandError(`${out} is there already; nothing is overwritten.`);
    const powers = { node: host.node, trust: await trustBytesOf(host, trust) };
    const { proof, verdict } = await proveRecords(powers, words.map(addressOf));
    if (!host.files.writeNew(out, proof)) throw new CommandError(`${out} is there already; nothing is overwritten.`);
    const records = verdict.records ?? [];
    const presence = (value: Uint8Array | null): string => (value === null ? "absent" : "present");
    host.result({
      file: out,
      verdict: verdict.verdict,
      height: verdict.asOf?.height,
      entries: records.map(({ valueBytes }) => presence(valueBytes)),
    });
    host.say(`${out}: as of block ${verdict.asOf?.height ?? "?"}`);
    for (const { key, keyBytes, valueBytes } of records)
      host.say(`  ${cborToLine(key ?? keyBytes)}: ${presence(valueBytes)}`);
    return 0;
  },
};

function addressOf(text: string): RecordAddress {
  const [contract, record, ...key] = text.split("/").map(decoded);
  if (contract === undefined || record === undefined)
    throw new CommandError(`"${text}" names no record: write CONTRACT/RECORD/KEY…`);
  return [contract, record, ...key];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new CommandError(`"${part}" is not written as in an address: a percent sign is %25.`);
  }
}
