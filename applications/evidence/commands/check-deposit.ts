import {
  CommandError,
  type CommandHost,
  explain,
  fromHex,
  ProtocolError,
  parseTrustFile,
  type TrustFile,
  toHex,
  trustFingerprint,
  type Verdict,
  verifyProof,
} from "@acta/sdk";
import { evidence } from "../evidence.ts";
import type { DepositFacts, Finding, MeasuredFile, SignerFacts, TrustFacts } from "../report/facts.ts";
import { type Say, sayIn } from "./words.ts";

/** What the check of a deposit's slip gave. */
export type CheckedDeposit = {
  readonly finding: Finding;
  readonly deposit: DepositFacts | undefined;
  readonly trust: TrustFacts | undefined;
  readonly trustFile: TrustFile | undefined;
};

/** What is checked, and under what. */
export type DepositCheck = {
  readonly slip: string;
  readonly trust: string | undefined;
  readonly file: MeasuredFile | undefined;
  /** Seconds since 1970. */
  readonly now: number;
};

/** Verifies a deposit's slip. Throws CommandError where it is a genuine proof of something else. */
export async function checkDeposit(
  host: CommandHost,
  { slip, trust, file, now }: DepositCheck,
): Promise<CheckedDeposit> {
  const say = sayIn(host);
  const bytes = host.files.read(slip);
  const trustBytes = trust === undefined ? undefined : host.files.read(trust);
  const verdict = verifyProof(bytes, trustBytes, {
    now,
    verify: host.verifySignature,
    ...(file !== undefined && {
      file: { size: file.size, sha256: fromHex(file.sha256), root: fromHex(file.root) },
    }),
  });
  if (verdict.kind === "state" || verdict.kind === "acted") throw new CommandError(say("slip.onlyProof", { slip }));
  const deposit = depositOf(slip, verdict, say);
  if (file !== undefined && verdict.file === "same" && file.sha256 !== deposit?.file?.sha256)
    throw new CommandError(say("slip.description", { name: file.name }));
  const trustFile = trustBytes === undefined ? undefined : readTrust(trustBytes);
  return {
    finding: { ...verdict, ...explain(verdict.reason, host.language) },
    deposit,
    trust: trustFile && trustBytes && trustFacts(trustFile, trustBytes, deposit?.height),
    trustFile,
  };
}

function readTrust(bytes: Uint8Array): TrustFile | undefined {
  try {
    return parseTrustFile(bytes);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function depositOf(slip: string, verdict: Verdict, say: Say): DepositFacts | undefined {
  const { contract, action, version = 0, input, outcome, transaction, disclosures = [], files = [] } = verdict;
  if (contract === undefined || input === undefined || outcome === undefined || transaction === undefined)
    return undefined;
  const number = input.get("deposit");
  const sealed = input.get("file");
  const commitment = Array.isArray(sealed) ? sealed[3] : undefined;
  const isDeposit = contract === evidence.name && action === "deposit";
  if (!isDeposit || !(number instanceof Uint8Array) || !(commitment instanceof Uint8Array))
    throw new CommandError(say("slip.ofAnother", { slip, contract, action: action ?? "" }));
  const opened = (name: string): unknown => disclosures.find(({ path }) => path[0] === name)?.value;
  const [description, device] = [opened("description"), opened("device")];
  const fileOf = (name: string) => files.filter(({ path }) => path[0] === name).map(inHex)[0];
  const [file, descriptionFile] = [fileOf("file"), fileOf("descriptionFile")];
  return {
    number: toHex(number),
    commitment: toHex(commitment),
    ...(verdict.height !== undefined && { height: verdict.height }),
    ...(verdict.noLaterThan !== undefined && { noLaterThan: verdict.noLaterThan }),
    outcome: outcome.verdict,
    refusal: refusalOf(outcome),
    signers: (verdict.signers ?? []).map(signerFacts),
    ...(file && { file }),
    ...(descriptionFile && { descriptionFile }),
    ...(typeof description === "string" && { description }),
    ...(typeof device === "string" && { device }),
    transaction: toHex(transaction),
    bundle: outcome.bundleHash === null ? undefined : toHex(outcome.bundleHash),
    version,
  };
}

function inHex({ size, sha256, root }: NonNullable<Verdict["files"]>[number]) {
  return { size, sha256: toHex(sha256), root: toHex(root) };
}

function refusalOf({ refusal }: NonNullable<Verdict["outcome"]>): DepositFacts["refusal"] {
  if (refusal === null) return undefined;
  const blanks = Object.fromEntries([...refusal.blanks].map(([name, value]) => [String(name), String(value)]));
  return { contract: refusal.contract, code: refusal.code, blanks };
}

function signerFacts({ party, keyId, proved, signature }: NonNullable<Verdict["signers"]>[number]): SignerFacts {
  return { party: toHex(party), key: keyId && toHex(keyId), proved, signature };
}

/** The ledger and its validators at the deposit's height; the newest ones where that is not known. */
function trustFacts(trust: TrustFile, bytes: Uint8Array, height = Number.MAX_SAFE_INTEGER): TrustFacts {
  const sets = trust.epochs.flatMap((epoch) => epoch.sets);
  // Votes for the block stand in the next header.
  const set = sets.findLast(({ from }) => from <= height + 1) ?? sets[0];
  const { ledgerId, name, development, demo } = trust;
  const keepers = (set?.validators ?? []).map(({ institution, power }) => ({ institution, power }));
  return { fingerprint: toHex(trustFingerprint(bytes)), ledger: toHex(ledgerId), name, development, demo, keepers };
}
