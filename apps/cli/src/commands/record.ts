import { parseTrustFile, verifyProof } from "@acta/protocol";
import { type Command, CommandError } from "@acta/sdk";
import { sayIn } from "../words.ts";

/** `acta record get`: one record, and its proof. */
export const recordCommand: Command = {
  name: "record get",
  summary: "Read one record, with its proof.",
  usage: "CONTRACT RECORD KEY… [--proof] [--out FILE] [--trust FILE]",
  help: "KEY is each part of the record's key, in order. With --proof the state proof is verified before anything is shown, under --trust or else under the node's own trust file; --out keeps it.",
  options: {
    proof: { meaning: "         fetch and verify the state proof, of absence too", flag: true },
    out: { meaning: "FILE     keep the state proof's bytes" },
    trust: { meaning: "FILE     the trust file to verify under" },
  },
  async run(host, words, { proof, out, trust }) {
    const say = sayIn(host.language);
    const [contract, record, ...key] = words;
    if (contract === undefined || record === undefined) throw new CommandError(say("record.which"));
    if (proof === undefined) {
      const found = await host.node.record(contract, record, key);
      host.result(found);
      host.say(JSON.stringify(found, undefined, 2));
      return 0;
    }
    const bytes = await host.node.stateProof(contract, record, key);
    const trustFile = trust === undefined ? await host.node.trustFile() : host.files.read(trust);
    const verdict = verifyProof(bytes, parseTrustFile(trustFile), { now: Math.floor(Date.now() / 1000) });
    if (out !== undefined && !host.files.writeNew(out, bytes))
      throw new CommandError(say("present.file", { path: out }));
    const entries = (verdict.records ?? []).map(({ valueBytes }) => (valueBytes === null ? "absent" : "present"));
    const found = entries[0] === "present" ? await host.node.record(contract, record, key) : undefined;
    host.result({
      verdict: verdict.verdict,
      reason: verdict.reason,
      basis: verdict.basis,
      height: verdict.asOf?.height,
      entries,
      record: found,
    });
    const states = entries.map((entry) => say(entry === "present" ? "record.present" : "record.absent"));
    const filled = { reason: verdict.reason, height: verdict.asOf?.height ?? "?", entries: states.join(", ") };
    host.say(say(`record.${verdict.verdict}`, filled));
    if (found !== undefined) host.say(JSON.stringify(found, undefined, 2));
    return verdict.verdict === "valid" ? 0 : verdict.verdict === "not-valid" ? 1 : 2;
  },
};
