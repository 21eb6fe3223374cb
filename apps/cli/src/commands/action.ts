import { type ActAnswer, type Command, CommandError, proveAct } from "@acta/sdk";
import { trustBytesOf } from "../trust-of.ts";

const listCommand: Command = {
  name: "action list",
  summary: "List what the ledger did by itself in a block.",
  usage: "HEIGHT",
  help: "When a deadline passes the ledger acts without anybody's transaction. Each act has its number in the block, the time that it was due, and what came of it.",
  options: {},
  async run(host, [height]) {
    const number = wholeNumber(height, "acta action list HEIGHT");
    const actions = await host.node.actions(number);
    host.result({ height: number, actions });
    if (actions.length === 0) host.say(WORDS[host.language].none);
    for (const action of actions) host.say(lineOf(number, action, host.language));
    return 0;
  },
};

const findCommand: Command = {
  name: "action find",
  summary: "Find when a deadline of a contract passed, by its name.",
  usage: "CONTRACT NAME [--from HEIGHT]",
  help: "Lists the acts of that deadline, the earliest first; one that sets itself again passes many times. With --from only from that block on.",
  options: { from: { meaning: "HEIGHT   the first block to look at" } },
  async run(host, [contract, name], { from }) {
    if (contract === undefined || name === undefined)
      throw new CommandError("Say which: acta action find CONTRACT NAME");
    const first = from === undefined ? 1 : wholeNumber(from, "acta action find CONTRACT NAME --from HEIGHT");
    const { actions, next } = await host.node.findActions(contract, name, first);
    host.result({ actions, ...(next !== undefined && { next }) });
    if (actions.length === 0) host.say(WORDS[host.language].notPassed);
    for (const action of actions) host.say(lineOf(action.height, action, host.language));
    if (next !== undefined) host.say(`${WORDS[host.language].more} --from ${next}`);
    return 0;
  },
};

const proveCommand: Command = {
  name: "action prove",
  summary: "Save the proof of what the ledger did by itself.",
  usage: "HEIGHT INDEX --out FILE [--trust FILE]",
  help: "HEIGHT and INDEX are those of: acta action list, acta action find. The proof is verified before it is written, under --trust or else under the node's own trust file. It is checked with: acta verify, and renewed with: acta receipt renew.",
  options: {
    out: { meaning: "FILE     where the proof goes; nothing is overwritten", required: true },
    trust: { meaning: "FILE     the trust file to verify under" },
  },
  async run(host, [height, index], { out = "", trust }) {
    const usage = "acta action prove HEIGHT INDEX --out FILE";
    const place = { height: wholeNumber(height, usage), index: wholeNumber(index, usage) };
    if (host.files.exists(out)) throw new CommandError(`${out} is there already; nothing is overwritten.`);
    const { proof, verdict } = await proveAct({ node: host.node, trust: await trustBytesOf(host, trust) }, place);
    if (!host.files.writeNew(out, proof)) throw new CommandError(`${out} is there already; nothing is overwritten.`);
    host.result({ file: out, verdict: verdict.verdict, basis: verdict.basis, ...place });
    host.say(`${WORDS[host.language].proof}  ${out}`);
    return 0;
  },
};

/** `acta action`: what the ledger does when deadlines pass. */
export const actionCommands: readonly Command[] = [listCommand, findCommand, proveCommand];

const WORDS = {
  en: {
    none: "In this block the ledger did nothing by itself.",
    notPassed: "No such deadline has passed.",
    more: "There is more:",
    proof: "PROOF",
    due: "due",
    accepted: "accepted",
    refused: "refused",
  },
  zh: {
    none: "这个区块里，账本没有自行做任何事。",
    notPassed: "没有这样的时限到期过。",
    more: "还有更多：",
    proof: "证明",
    due: "到期",
    accepted: "已接受",
    refused: "被拒绝",
  },
} as const;

function lineOf(height: number, act: ActAnswer, language: "zh" | "en"): string {
  const words = WORDS[language];
  const why = act.refusal === undefined ? "" : `: ${act.refusal.message}`;
  return `${height} ${act.index}  ${act.contract}.${act.action}  ${act.name}  ${words.due} ${act.due}  ${words[act.verdict]}${why}`;
}

function wholeNumber(text: string | undefined, usage: string): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  throw new CommandError(`${text === undefined ? "A number is missing" : `"${text}" is no number`}: ${usage}`);
}
