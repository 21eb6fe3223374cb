import { type Command, CommandError, type CommandHost, toHex, utf8Encode } from "@acta/sdk";
import type { AccountFacts, DepositFacts, MeasuredFile, ReportFacts } from "../report/facts.ts";
import { reportAsPage } from "../report/page.ts";
import { report } from "../report/report.ts";
import { reportAsText } from "../report/text.ts";
import { askRecords } from "./ask-records.ts";
import { checkDeposit } from "./check-deposit.ts";
import { readDescription } from "./description.ts";
import { sayIn } from "./words.ts";

/** `acta evidence report`: what a slip proves and does not prove, for a court. */
export const reportCommand: Command = {
  name: "evidence report",
  summary: "Write the report of a deposit for a court: what is proved, and what is not.",
  usage: "SLIP [--file FILE] [--description FILE] --trust FILE --out FILE.html [--text] [--node URL]",
  help: `Checks the slip as acta verify does, and writes one printable page that needs no network: what was deposited, when, by whom, the court's four questions (platform, neutrality, system, process), what is NOT proved, the numbers last. An existing file is not overwritten.
With --description, what a CASE/UCO document says is listed as its author's statement, if it is the one that was deposited with the file. With --node that node is asked for the deposit's custody list and holds; its answers are verified like everything else. Without --node nothing is asked. Exit codes are those of acta verify: 0 valid, 1 not valid, 2 cannot tell.`,
  options: {
    file: { meaning: "FILE     the original file, to compare it with the one deposited" },
    description: { meaning: "FILE     the CASE/UCO document that was deposited with the file" },
    trust: { meaning: "FILE     the trust file to verify under" },
    out: { meaning: "FILE     where the page goes" },
    text: { meaning: "         print the report as plain text", flag: true },
  },
  async run(host, [slip, ...others], { file, description, trust, out, text, node }) {
    const say = sayIn(host);
    const alreadyThere = (path: string): string => say("present.report", { path });
    if (slip === undefined || others.length > 0) throw new CommandError(say("name.slip"));
    if (out === undefined && text === undefined) throw new CommandError(say("name.out"));
    if (out !== undefined && host.files.exists(out)) throw new CommandError(alreadyThere(out));
    const facts = await factsOf(host, { slip, file, description, trust, node });
    const written = report(facts, host.language);
    const { verdict, reason } = facts.finding;
    if (out !== undefined && !host.files.writeNew(out, utf8Encode(reportAsPage(written))))
      throw new CommandError(alreadyThere(out));
    host.result({ verdict, reason, records: facts.records.kind, ...(out !== undefined && { out }) });
    if (text !== undefined) for (const line of reportAsText(written)) host.say(line);
    if (out !== undefined) host.say(`${written.verdict.word}  ${out}`);
    return EXIT_CODES[verdict];
  },
};

const EXIT_CODES = { valid: 0, "not-valid": 1, "cannot-tell": 2 } as const;

type Asked = {
  readonly slip: string;
  readonly file: string | undefined;
  readonly description: string | undefined;
  readonly trust: string | undefined;
  readonly node: string | undefined;
};

async function factsOf(host: CommandHost, { slip, file, description, trust, node }: Asked): Promise<ReportFacts> {
  const madeAt = Math.floor(Date.now() / 1000);
  const measured = file === undefined ? undefined : await measure(host, file);
  const checked = await checkDeposit(host, { slip, trust, file: measured, now: madeAt });
  const { finding, deposit, trustFile } = checked;
  const isAsked = node !== undefined && finding.verdict === "valid" && deposit !== undefined && trustFile !== undefined;
  const records = isAsked
    ? await askRecords(host, { node, number: deposit.number, trust: trustFile, now: madeAt })
    : ({ kind: "not-asked" } as const);
  const account = await accountOf(host, description, deposit);
  const { name, sha256 } = await measure(host, slip);
  return { slip: { name, sha256 }, file: measured, finding, deposit, trust: checked.trust, records, account, madeAt };
}

async function accountOf(
  host: CommandHost,
  path: string | undefined,
  deposit: DepositFacts | undefined,
): Promise<AccountFacts> {
  const claimed = deposit?.descriptionFile;
  if (path === undefined) return { kind: claimed === undefined ? "none" : "not-given" };
  const { name, size, sha256, root } = await measure(host, path);
  if (claimed === undefined) return { kind: "not-deposited", name };
  const isSame = size === claimed.size && sha256 === claimed.sha256 && root === claimed.root;
  if (!isSame) return { kind: "different", name };
  const read = readDescription(host, path);
  return "refusal" in read ? { kind: "unreadable", name } : { kind: "read", name, account: read.account };
}

async function measure(host: CommandHost, path: string): Promise<MeasuredFile> {
  const { files, progress } = host;
  const stage = sayIn(host)("progress.hashed", { name: files.nameOf(path) });
  const total = files.sizeOf(path);
  let done = 0;
  const { size, sha256, root } = await files.hash(path, (bytes) => {
    done += bytes;
    progress(stage, done, total);
  });
  return { name: files.nameOf(path), size: Number(size), sha256: toHex(sha256), root: toHex(root) };
}
