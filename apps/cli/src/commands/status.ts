import type { Command } from "@acta/sdk";

/** `acta status`: where the ledger stands. */
export const statusCommand: Command = {
  name: "status",
  summary: "Where the ledger stands.",
  usage: "",
  help: "Asks the node for its ledger, newest block, clock and state.",
  options: {},
  async run({ node, say, result }) {
    const status = await node.status();
    result(status);
    say(`Ledger   ${status.name} (${status.ledgerId})`);
    say(`Chain    ${status.chainId}${status.flags.demo ? ", demo" : ""}`);
    say(`Block    ${status.height}`);
    say(`Now      ${new Date(status.nowSeconds * 1000).toISOString()}`);
    say(`State    ${status.state}`);
    return status.state === "running" ? 0 : 1;
  },
};
