import { type Command, CommandError, openOutbox } from "@acta/sdk";
import { report } from "./report.ts";
import { sayIn } from "./words.ts";

/** `acta evidence resume`: finishes what was interrupted. */
export const resumeCommand: Command = {
  name: "evidence resume",
  summary: "Finish deposits that were interrupted.",
  usage: "DIR [--key FILE]",
  help: "Sends the same signed bytes again, fetches receipts and writes slips. With --key, what expired before it was entered is signed anew with the same commitments.",
  options: { key: { meaning: "FILE     the key that signed, for what has expired since" } },
  async run(host, [folder], { key }) {
    if (folder === undefined) throw new CommandError(sayIn(host)("name.folder"));
    if (!host.files.exists(folder)) throw new CommandError(sayIn(host)("absent.folder", { folder }));
    const outbox = await openOutbox(host, folder);
    try {
      return report(host, await outbox.flush(key === undefined ? undefined : host.readKey(key)), 0);
    } finally {
      outbox.close();
    }
  },
};
