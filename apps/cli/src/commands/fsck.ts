import { type Command, CommandError, type CommandHost } from "@acta/sdk";
import { type FsckProgress, fsck, StoreError } from "@acta/store";

/** `acta fsck`: finds and names every damaged byte of a ledger's store. */
export const fsckCommand: Command = {
  name: "fsck",
  summary: "Check every byte of a ledger's store.",
  usage: "--data DIR",
  help: "The node must be stopped. Every block, signature, log entry, index and state value is checked against the hashes that bind it; each damage is named. Exit code 0: whole; 1: damaged.",
  options: { data: { meaning: "DIR      folder of the ledger", required: true } },
  async run(host, _words, { data = "" }) {
    const findings = await check(host, host.files.join(data, "store"));
    const damage = findings.filter(({ severity }) => severity === "damage");
    host.result({ whole: damage.length === 0, findings });
    for (const { severity, where, what } of findings) host.say(`${severity}: ${where}: ${what}`);
    host.say(
      damage.length === 0
        ? "The store is whole."
        : `${damage.length} damaged. Put back a copy of the data folder that has every block: going on from an older one would sign heights a second time.`,
    );
    return damage.length === 0 ? 0 : 1;
  },
};

async function check(host: CommandHost, store: string) {
  try {
    return await fsck(store, ({ step, done, total = done }: FsckProgress) => host.progress(step, done, total));
  } catch (error) {
    if (error instanceof StoreError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}
