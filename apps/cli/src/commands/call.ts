import { utf8Decode } from "@acta/bytes";
import { inputFromJson } from "@acta/contract";
import { actingKey, type Command, CommandError, callAction } from "@acta/sdk";
import { findContract } from "../contracts.ts";
import { expectationsFrom } from "../expectations.ts";
import { parseJson } from "../parse-json.ts";

/** `acta call`: any action of any contract, from a file of JSON. */
export const callCommand: Command = {
  name: "call",
  summary: "Send any action of any contract.",
  usage: "CONTRACT ACTION --input FILE.json --key FILE [--expects FILE] [--out FILE.slip]",
  help: "The input's form is in /openapi.json and in: acta law APPLICATION. The slip holds the receipt and what opens the sealed values; without --out it is not kept.\n\nWith --expects the call is refused (ledger / record-changed) unless each record is still as it was. FILE is a state proof that acta record get kept with --out: what you saw when you decided. Or it is JSON, [{contract, record, key: [parts], valueHash}]: valueHash is 64 hex digits or null for none; left out, the record is read and verified now.",
  options: {
    input: { meaning: "FILE     the action's input as JSON", required: true },
    key: { meaning: "FILE     the key that signs", required: true },
    expects: { meaning: "FILE  a kept state proof, or JSON: the records that must be as they were" },
    out: { meaning: "FILE     keep the slip" },
  },
  async run(host, [name, action], { input = "", key = "", expects, out }) {
    if (name === undefined || action === undefined)
      throw new CommandError("Say which: acta call CONTRACT ACTION --input FILE.json --key FILE");
    const contract = await findContract(name);
    const shape = Object.hasOwn(contract.actions, action) ? contract.actions[action]?.input : undefined;
    if (shape === undefined)
      throw new CommandError(`${name} has no action ${action}. It has: ${Object.keys(contract.actions).join(", ")}.`);
    if (out !== undefined && host.files.exists(out))
      throw new CommandError(`${out} is there already; nothing is overwritten.`);
    const given = inputFromJson(shape, parseJson(utf8Decode(host.files.read(input)), input));
    const powers = { node: host.node, key: actingKey(host.readKey(key)), random: host.random };
    const expected = expects === undefined ? [] : await expectationsFrom(host, expects);
    const options = { expects: expected };
    const { slip, verdict: _verdict, ...outcome } = await callAction(contract, action, given, powers, options);
    if (out !== undefined) host.files.writeNew(out, slip);
    host.result(outcome);
    host.say(
      outcome.accepted
        ? `Entered in block ${outcome.height}.`
        : `Refused: ${outcome.contract} / ${outcome.refused} (block ${outcome.height}).`,
    );
    return outcome.accepted ? 0 : 1;
  },
};
