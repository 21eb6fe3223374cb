import { builtIn, contractLibrary } from "@acta/ledger";
import { type Command, CommandError, type CommandHost } from "@acta/sdk";
import { type Finding, type FsckProgress, fsck, StoreError } from "@acta/store";
import { applications } from "../contracts.ts";
import { type StoreRecount, StoreRecounter } from "../recount-store.ts";
import { totalLines } from "../total-words.ts";

/** `acta fsck`: finds and names every damaged byte of a ledger's store. */
export const fsckCommand: Command = {
  name: "fsck",
  summary: "Check every byte of a ledger's store.",
  usage: "--data DIR [--totals]",
  help: "The node must be stopped. Every block, signature, log entry, index and state value is checked against the hashes that bind it; each damage is named. With --totals every total is also counted anew from the records, and each that differs is named: that is a fault of the software, not of the disk. Exit code 0: whole; 1: damaged, or a total differs.",
  options: {
    data: { meaning: "DIR      folder of the ledger", required: true },
    totals: { meaning: "      recount every total from the records", flag: true },
  },
  async run(host, _words, { data = "", totals }) {
    const recounter =
      totals === undefined ? undefined : new StoreRecounter(contractLibrary([builtIn, ...(await applications())]));
    const findings = await check(host, host.files.join(data, "store"), recounter);
    const damage = findings.filter(({ severity }) => severity === "damage");
    const recount = recounter?.finish();
    const isRight = recount === undefined || recount.differing.length === 0;
    host.result({ whole: damage.length === 0, findings, ...(recount && { totals: recount }) });
    for (const { severity, where, what } of findings) host.say(`${severity}: ${where}: ${what}`);
    host.say(
      damage.length === 0
        ? "The store is whole."
        : `${damage.length} damaged. Put back a copy of the data folder that has every block: going on from an older one would sign heights a second time.`,
    );
    if (recount !== undefined) for (const line of recountLines(recount)) host.say(line);
    return damage.length === 0 && isRight ? 0 : 1;
  },
};

async function check(host: CommandHost, store: string, recounter: StoreRecounter | undefined): Promise<Finding[]> {
  const onProgress = ({ step, done, total = done }: FsckProgress): void => host.progress(step, done, total);
  try {
    return await fsck(store, onProgress, recounter?.add);
  } catch (error) {
    if (error instanceof StoreError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

/** What a recount found, in words. */
export function recountLines({ records, totals, differing, unknown }: StoreRecount): readonly string[] {
  return [
    ...differing.map(({ contract, total, path, counted, kept }) => {
      const of = `${contract}.${total} ${path === "" ? "of everything" : `under ${path}`}`;
      const [left, right] = [counted, kept].map((value) => totalLines(undefined, total, value).join(" · "));
      return `differs: total ${of}: the records come to ${left}; the ledger keeps ${right}`;
    }),
    ...unknown.map(
      (name) => `notice: contract ${name}: not in this release in that version, so its totals were not counted`,
    ),
    differing.length === 0
      ? `${records} records recounted into ${totals} totals: none differs.`
      : `${differing.length} of ${totals} totals differ from the ${records} records. Keep the folder as it is, and tell whoever makes this software.`,
  ];
}
