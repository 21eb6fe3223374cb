import type { Command } from "@acta/sdk";
import { sayIn } from "../words.ts";

/** `acta status`: where the ledger stands. */
export const statusCommand: Command = {
  name: "status",
  summary: "Where the ledger stands.",
  usage: "",
  help: "Asks the node for its ledger, newest block, clock and state.",
  options: {},
  async run({ node, say, result, language }) {
    const status = await node.status();
    result(status);
    const word = sayIn(language);
    say(word("status.ledger", { name: status.name, id: status.ledgerId }));
    say(word(status.flags.demo ? "status.chainDemo" : "status.chain", { chain: status.chainId }));
    say(word("status.block", { height: status.height }));
    say(word("status.now", { time: new Date(status.nowSeconds * 1000).toISOString() }));
    say(word("status.state", { state: status.state === "running" ? word("status.running") : status.state }));
    return status.state === "running" ? 0 : 1;
  },
};
