import type { Language } from "@acta/contract";
import type { ReportFacts } from "./facts.ts";
import type { Report } from "./model.ts";
import { momentInWords } from "./moments.ts";
import type { Picture } from "./tally.ts";
import type { Say, Word } from "./words.ts";

/** Nothing is wrong with such a slip; it only has to be renewed. */
const RENEWABLE = ["epoch-closed", "set-retired", "height-not-listed", "header-too-old", "suite-ended"];
/** Here the trust file does not know what it would have to. */
const UNKNOWN = ["no-trust-file", "trust-file-malformed", "unknown-chain", "unknown-set", "unknown-ledger", "no-file"];

/** The verdict in one word and in sentences. */
export function verdictOf(facts: ReportFacts, say: Say, language: Language): Report["verdict"] {
  const { finding, deposit, file } = facts;
  if (finding.verdict !== "valid" || deposit?.noLaterThan === undefined)
    return { word: say(wordOf(facts)), sentences: [finding.meaning, finding.remedy] };
  const { local: time } = momentInWords(deposit.noLaterThan, language);
  if (deposit.outcome !== "accepted")
    return { word: say(`verdict.${deposit.outcome}`), sentences: [say(`say.${deposit.outcome}`, { time })] };
  const isSame = finding.file === "same";
  const sentence = isSame ? say("say.same", { name: file?.name ?? "", time }) : say("say.valid", { time });
  return { word: say(isSame ? "verdict.same" : "verdict.valid"), sentences: [sentence] };
}

/** The picture of the verdict. */
export function pictureOf({ finding, deposit }: ReportFacts): Picture {
  if (finding.verdict === "valid") return deposit?.outcome === "accepted" ? "meets" : "stopped";
  if (UNKNOWN.includes(finding.reason)) return "unknown";
  if (finding.reason === "wrong-file") return "misses";
  return finding.verdict === "not-valid" ? "broken" : "dotted";
}

function wordOf({ finding: { verdict, reason } }: ReportFacts): Word {
  if (reason === "wrong-file") return "verdict.differs";
  if (reason === "no-file") return "verdict.noFile";
  if (reason === "unknown-ledger") return "verdict.unknownLedger";
  if (verdict === "not-valid") return "verdict.notValid";
  return RENEWABLE.includes(reason) ? "verdict.unproved" : "verdict.cannotTell";
}
