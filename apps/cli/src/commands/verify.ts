import { equalBytes, isArray, toHex } from "@acta/bytes";
import type { ContractDefinition } from "@acta/contract";
import { explain, ProtocolError, parseTrustFile, type TrustFile, type Verdict, verifyProof } from "@acta/protocol";
import { type Command, CommandError, type CommandHost, type HashedFile } from "@acta/sdk";
import { allContracts } from "../contracts.ts";
import { cborToJson, cborToLine } from "../shown.ts";
import { stateLines } from "../state-words.ts";
import { sayIn } from "../words.ts";

/** `acta verify`: slips, receipts, state proofs and proofs of acts, offline. */
export const verifyCommand: Command = {
  name: "verify",
  summary: "Check slips, receipts and other proofs, offline.",
  usage: "FILE… [--file FILE] --trust FILE",
  help: "Needs no node and no network. --file is the file that the slip is about. Exit code 0: valid; 1: not valid; 2: cannot tell. Without --trust nothing is believed, least of all what a slip says of itself.",
  options: {
    file: { meaning: "FILE     the file the slip is about, compared byte for byte by its hashes" },
    trust: { meaning: "FILE     the trust file to verify under" },
  },
  async run(host, paths, { file, trust }) {
    if (paths.length === 0) throw new CommandError(sayIn(host.language)("verify.name"));
    const trustFile = trust === undefined ? undefined : readTrust(host, trust);
    const hashed = file === undefined ? undefined : await hash(host, file);
    const verdicts = paths.map((path) => ({ path, verdict: check(host, path, trustFile, hashed) }));
    const summaries = verdicts.map(({ path, verdict }) => ({
      path,
      ...summaryOf(verdict),
      compared: comparedIn(verdict, hashed),
    }));
    host.result(summaries.length === 1 ? summaries[0] : summaries);
    const contracts = await allContracts();
    for (const { path, verdict } of verdicts) {
      for (const line of verdictLines(path, verdict, host.language, contracts)) host.say(line);
      for (const place of comparedIn(verdict, hashed) ?? []) host.say(`  ${WORDS[host.language].same(place)}`);
    }
    return exitCode(verdicts.map(({ verdict }) => verdict.verdict));
  },
};

type Checked = Verdict | { readonly verdict: "cannot-tell"; readonly reason: "no-trust-file" | "trust-file-malformed" };

function readTrust({ files }: CommandHost, path: string): TrustFile | "malformed" {
  try {
    return parseTrustFile(files.read(path));
  } catch (error) {
    if (error instanceof ProtocolError) return "malformed";
    throw error;
  }
}

async function hash({ files, progress, language }: CommandHost, path: string): Promise<HashedFile> {
  const stage = sayIn(language)("verify.hashed", { name: files.nameOf(path) });
  const size = files.sizeOf(path);
  let done = 0;
  return files.hash(path, (bytes) => {
    done += bytes;
    progress(stage, done, size);
  });
}

function check(
  { files, verifySignature }: CommandHost,
  path: string,
  trust: TrustFile | "malformed" | undefined,
  file: HashedFile | undefined,
): Checked {
  if (trust === undefined) return { verdict: "cannot-tell", reason: "no-trust-file" };
  if (trust === "malformed") return { verdict: "cannot-tell", reason: "trust-file-malformed" };
  const asked = file === undefined ? {} : { file: { ...file, size: Number(file.size) } };
  return verifyProof(files.read(path), trust, {
    now: Math.floor(Date.now() / 1000),
    verify: verifySignature,
    ...asked,
  });
}

/** Where in a valid proof the given file stands: a deposit may name a file and the document that describes it. */
function comparedIn(checked: Checked, file: HashedFile | undefined): readonly string[] | undefined {
  if (file === undefined || !("kind" in checked) || checked.verdict !== "valid") return undefined;
  const isSame = ({ size, sha256, root }: NonNullable<Verdict["files"]>[number]): boolean =>
    BigInt(size) === file.size && equalBytes(sha256, file.sha256) && equalBytes(root, file.root);
  return checked.files?.filter(isSame).map(({ path }) => path.join("."));
}

function exitCode(verdicts: readonly string[]): number {
  if (verdicts.includes("not-valid")) return 1;
  return verdicts.includes("cannot-tell") ? 2 : 0;
}

function summaryOf(checked: Checked): object {
  if (!("kind" in checked)) return checked;
  const {
    verdict,
    reason,
    detail,
    kind,
    basis,
    demo,
    file,
    height,
    noLaterThan,
    asOf,
    outcome,
    contract,
    action,
    transaction,
    signers,
    input,
    disclosures,
    records,
    ledgerAction,
  } = checked;
  const decided = outcome ?? ledgerAction;
  return {
    verdict,
    reason,
    detail,
    kind,
    basis,
    demo,
    file,
    height: height ?? asOf?.height,
    noLaterThan: noLaterThan === undefined ? undefined : timeText(noLaterThan),
    outcome:
      decided === undefined
        ? undefined
        : { verdict: decided.verdict, refusal: decided.refusal === null ? undefined : refusalOf(decided.refusal) },
    contract,
    action,
    deadline: ledgerAction && { name: ledgerAction.name, due: dueText(ledgerAction.due), index: ledgerAction.index },
    transaction: transaction === undefined ? undefined : toHex(transaction),
    input: input === undefined ? undefined : cborToJson(input),
    disclosures: disclosures?.map(({ path, value }) => ({ path, value: cborToJson(value) })),
    records: records?.map(({ key, keyBytes, value, valueBytes }) => ({
      key: cborToJson(key ?? keyBytes),
      value: valueBytes === null ? null : cborToJson(value ?? valueBytes),
    })),
    signers: signers?.map((signer) => ({
      party: toHex(signer.party),
      proved: signer.proved,
      signature: signer.signature,
    })),
  };
}

function refusalOf({ contract, code }: { readonly contract: string; readonly code: string }): object {
  return { contract, code };
}

function dueText(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

function timeText({ seconds, nanoseconds }: { readonly seconds: number; readonly nanoseconds: number }): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(nanoseconds).padStart(9, "0")}Z`;
}

const WORDS = {
  en: {
    valid: "VALID",
    "not-valid": "NOT VALID",
    "cannot-tell": "CANNOT TELL",
    since: "entered no later than",
    block: "block",
    demo: "demo ledger",
    by: "signed by",
    what: "what: ",
    comma: ", ",
    accepted: "accepted",
    refused: "refused",
    undone: "undone",
    byItself: "by the ledger itself, at a deadline",
    due: "due",
    same: (place: string) => `compared: the file given is the “${place}” of the proof, byte for byte`,
  },
  zh: {
    valid: "有效",
    "not-valid": "无效",
    "cannot-tell": "无法判断",
    since: "入账不晚于",
    block: "区块",
    demo: "示例账本",
    by: "签署",
    what: "内容：",
    comma: "，",
    accepted: "已接受",
    refused: "被拒绝",
    undone: "未生效",
    byItself: "账本依时限自行作出",
    due: "到期",
    same: (place: string) => `比对：给出的文件就是证明中的“${place}”，一字节不差`,
  },
} as const;

/** A verdict in words: what is proved, and of a state proof what it shows of these contracts' records and totals. */
export function verdictLines(
  path: string,
  checked: Checked,
  language: "zh" | "en",
  contracts: readonly ContractDefinition[],
): string[] {
  const words = WORDS[language];
  const { meaning, remedy } = explain(checked.reason, language);
  const said = [`${words[checked.verdict]}  ${path}`, `  ${meaning}${checked.verdict === "valid" ? "" : ` ${remedy}`}`];
  if (!("kind" in checked) || checked.verdict !== "valid") return said;
  const {
    noLaterThan,
    height,
    asOf,
    demo,
    contract,
    action,
    outcome,
    input,
    signers = [],
    disclosures = [],
    records = [],
    ledgerAction,
  } = checked;
  const decided = outcome ?? ledgerAction;
  if (noLaterThan !== undefined)
    said.push(
      `  ${[`${words.since} ${timeText(noLaterThan)}`, `${words.block} ${height}`, ...(demo ? [words.demo] : [])].join(words.comma)}`,
    );
  else if (asOf !== undefined)
    said.push(`  ${[`${words.block} ${asOf.height}`, ...(demo ? [words.demo] : [])].join(words.comma)}`);
  if (contract !== undefined && decided !== undefined) {
    const refusal = decided.refusal === null ? "" : ` (${decided.refusal.contract} / ${decided.refusal.code})`;
    said.push(`  ${words.what}${contract}.${action}${words.comma}${words[decided.verdict]}${refusal}`);
  }
  if (ledgerAction !== undefined)
    said.push(`  ${words.byItself}: ${ledgerAction.name}, ${words.due} ${dueText(ledgerAction.due)}`);
  // A sealed value stands in the input as an array; what opens it stands among the disclosures.
  for (const [name, value] of input ?? []) if (!isArray(value)) said.push(`  ${String(name)}: ${cborToLine(value)}`);
  for (const { path, value } of disclosures) said.push(`  ${path.join(".")}: ${cborToLine(value)}`);
  for (const line of stateLines(records, contracts, language)) said.push(`  ${line}`);
  for (const signer of signers) said.push(`  ${words.by} ${toHex(signer.party)}`);
  return said;
}
