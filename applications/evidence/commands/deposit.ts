import {
  type Command,
  CommandError,
  type CommandHost,
  type KeyFile,
  type Outbox,
  type OutboxCall,
  openOutbox,
  readVerdicts,
  toHex,
} from "@acta/sdk";
import { evidence } from "../evidence.ts";
import { descriptionOf } from "./description.ts";
import { report } from "./report.ts";
import { sayIn } from "./words.ts";

/** `acta evidence deposit`: files stay where they are; their fingerprints are entered, sealed. */
export const depositCommand: Command = {
  name: "evidence deposit",
  summary: "Deposit files: their sealed fingerprints are entered, the files stay with you.",
  usage: "FILE… --key FILE --out DIR [--description FILE] [--about TEXT] [--device TEXT]",
  help: `Of each file only a salted commitment to its fingerprint reaches the ledger. What opens it lies in DIR as NAME.slip.pending before anything is sent, and becomes NAME.slip with the receipt: keep the slip, without it nobody can open the deposit.
Files of the same name get NAME-2.slip and so on; nothing is overwritten. Run the same command again after any interruption: it finishes what was begun and skips what is done. DIR/verdicts.csv says what came of each file.`,
  options: {
    key: { meaning: "FILE     the key that signs as depositor", required: true },
    out: { meaning: "DIR      where slips and verdicts go", required: true },
    description: { meaning: "FILE     a CASE/UCO document that describes them; its fingerprint is sealed like theirs" },
    about: { meaning: "TEXT     what the files are, in words; sealed like them" },
    device: { meaning: "TEXT     device and place of capture; sealed like them" },
  },
  async run(host, paths, { key: keyPath = "", out = "", description, about, device }) {
    if (paths.length === 0) throw new CommandError(sayIn(host)("name.files"));
    const key = host.readKey(keyPath);
    const words = { ...(about !== undefined && { description: about }), ...(device !== undefined && { device }) };
    // Read before anything else: a document that says nothing is refused while nothing has been sent.
    const document = description === undefined ? {} : { descriptionFile: await descriptionOf(host, description) };
    const outbox = await openOutbox(host, out);
    try {
      return await depositAll(host, outbox, paths, { key, out, given: { ...words, ...document } });
    } finally {
      outbox.close();
    }
  },
};

/** What is said of every file of one command: the optional inputs of a deposit. */
type Given = Readonly<Record<string, unknown>>;

/** Finishes what was begun, then deposits what is new. */
async function depositAll(
  host: CommandHost,
  outbox: Outbox,
  paths: readonly string[],
  { key, out, given }: { readonly key: KeyFile; readonly out: string; readonly given: Given },
): Promise<number> {
  const earlier = await outbox.flush(key);
  const calls = await newCalls(host, out, paths, given, outbox.nameFor);
  await outbox.queue(evidence, calls, key);
  const rows = [...earlier, ...(await outbox.flush(key))];
  return report(host, rows, Math.max(0, paths.length - calls.length - earlier.length));
}

/** Calls for the files that this folder has no accepted deposit of. */
async function newCalls(
  host: CommandHost,
  out: string,
  paths: readonly string[],
  described: Given,
  nameFor: (name: string) => string,
): Promise<OutboxCall[]> {
  const done = new Set(
    readVerdicts(host.files, out)
      .filter(isAccepted)
      .map(({ file, sha256 }) => `${sha256} ${file}`),
  );
  const total = paths.reduce((sum, path) => sum + host.files.sizeOf(path), 0);
  let hashed = 0;
  const calls: OutboxCall[] = [];
  const say = sayIn(host);
  for (const path of paths) {
    const { size, sha256, root } = await host.files.hash(path, (bytes) => {
      hashed += bytes;
      host.progress(say("progress.bytes"), hashed, total);
    });
    const hex = toHex(sha256);
    if (done.has(`${hex} ${path}`)) continue;
    done.add(`${hex} ${path}`);
    const file = { size, sha256: hex, root: toHex(root) };
    const given = { deposit: toHex(host.random(16)), file, ...described };
    calls.push({ action: "deposit", given, subject: path, sha256: hex, slip: nameFor(host.files.nameOf(path)) });
  }
  return calls;
}

function isAccepted({ verdict }: { readonly verdict: string }): boolean {
  return verdict === "accepted";
}
