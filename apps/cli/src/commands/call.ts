import { utf8Decode } from "@acta/bytes";
import { inputFromJson } from "@acta/contract";
import { actingKey, type Command, CommandError, callAction } from "@acta/sdk";
import { findContract } from "../contracts.ts";

/** `acta call`: any action of any contract, from a file of JSON. */
export const callCommand: Command = {
  name: "call",
  summary: "Send any action of any contract.",
  usage: "CONTRACT ACTION --input FILE.json --key FILE [--out FILE.slip]",
  help: "The input's form is in /openapi.json and in: acta law APPLICATION. The slip holds the receipt and what opens the sealed values; without --out it is not kept.",
  options: {
    input: { meaning: "FILE     the action's input as JSON", required: true },
    key: { meaning: "FILE     the key that signs", required: true },
    out: { meaning: "FILE     keep the slip" },
  },
  async run(host, [name, action], { input = "", key = "", out }) {
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
    const { slip, verdict: _verdict, ...outcome } = await callAction(contract, action, given, powers);
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

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${path} is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
}
