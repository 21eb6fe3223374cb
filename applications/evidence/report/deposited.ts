import { blanks, type Language, say as sayWording } from "@acta/contract";
import { evidence } from "../evidence.ts";
import wording from "../zh.json" with { type: "json" };
import type { DepositFacts, ReportFacts, SignerFacts } from "./facts.ts";
import type { Fact, Section } from "./model.ts";
import { momentInWords } from "./moments.ts";
import { counted, grouped, shortened } from "./numbers.ts";
import type { Say } from "./words.ts";

/** What was deposited: the opened values, and the comparison with the file in hand. */
export function depositedSection(deposit: DepositFacts, facts: ReportFacts, say: Say): Section {
  const isProved = facts.finding.verdict === "valid";
  return {
    kind: "facts",
    title: say(isProved ? "deposited.title" : "deposited.claimed"),
    facts: [
      { label: say("deposited.number"), value: grouped(deposit.number) },
      { label: say("deposited.file"), value: claimedFile(deposit, say) },
      ...(deposit.description === undefined
        ? []
        : [{ label: say("deposited.description"), value: deposit.description }]),
      ...(deposit.device === undefined ? [] : [{ label: say("deposited.device"), value: deposit.device }]),
      { label: say("deposited.compared"), value: comparison(facts, say) },
    ],
    proof: isProved
      ? [
          say("deposited.proofSealed"),
          say(facts.finding.file === "same" ? "deposited.proofFile" : "deposited.proofNoFile"),
        ]
      : [say("deposited.proofClaimed")],
  };
}

/** When it was entered, who signed, and what came of it. */
export function whenSection(deposit: DepositFacts, { finding }: ReportFacts, say: Say, language: Language): Section {
  const [signer] = deposit.signers;
  const isProved = finding.verdict === "valid";
  return {
    kind: "facts",
    title: say("when.title"),
    facts: [
      ...timeFacts(deposit, say, language),
      ...deposit.signers.map(({ party }) => ({
        label: say("when.depositor"),
        value: say("when.party", { party: shortened(party) }),
      })),
      { label: say("when.outcome"), value: outcomeInWords(deposit, say, language) },
    ],
    proof: isProved
      ? [
          say("when.proofTime"),
          say(finding.basis === "renewed" ? "when.proofRenewed" : "when.proofFresh"),
          ...(signer === undefined ? [] : [say(signatureWord(signer))]),
        ]
      : [say("deposited.proofClaimed")],
  };
}

/** What came of the deposit, in words. */
export function outcomeInWords({ outcome, refusal }: DepositFacts, say: Say, language: Language): string {
  if (refusal === undefined) return say(outcome === "undone" ? "when.undone" : "when.accepted");
  const { contract, code } = refusal;
  const refusals: Readonly<Record<string, string>> = evidence.actions.deposit.refusals;
  const english = contract === evidence.name ? refusals[code] : undefined;
  const sentence =
    english === undefined
      ? `${contract} / ${code}`
      : sayWording(language, wording, `evidence.deposit.refusals.${code}`, english);
  return say("when.refused", { reason: blanks(sentence, refusal.blanks) });
}

function claimedFile({ file }: DepositFacts, say: Say): string {
  if (file === undefined) return say("deposited.notOpened");
  return say("deposited.fileOf", { size: counted(file.size), hash: shortened(file.sha256) });
}

function comparison({ file, finding }: ReportFacts, say: Say): string {
  if (file === undefined) return say("deposited.notCompared");
  if (finding.file === "same") return say("deposited.same", { name: file.name });
  return say("deposited.different", { name: file.name, size: counted(file.size), hash: shortened(file.sha256) });
}

function timeFacts({ noLaterThan, height }: DepositFacts, say: Say, language: Language): Fact[] {
  if (noLaterThan === undefined) return [];
  const { local, utc } = momentInWords(noLaterThan, language);
  const block = height === undefined ? [] : [say("when.block", { height: counted(height) })];
  return [{ label: say("when.time"), value: local, notes: [[utc, ...block].join(" · ")] }];
}

function signatureWord({
  signature,
  proved,
}: SignerFacts): "when.proofAccepted" | "when.proofKey" | "when.proofLedger" {
  if (signature === "accepted-by-ledger") return "when.proofAccepted";
  return proved ? "when.proofKey" : "when.proofLedger";
}
