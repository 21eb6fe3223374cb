import type { Language } from "@acta/contract";
import { outcomeInWords } from "./deposited.ts";
import type { DepositFacts, Finding, ReportFacts, TrustFacts } from "./facts.ts";
import type { Section } from "./model.ts";
import { counted } from "./numbers.ts";
import type { Say } from "./words.ts";

/** The four questions that a court asks of deposited evidence; what the proof cannot answer stands opposite. */
export function questionSections(facts: ReportFacts, say: Say, language: Language): Section[] {
  const { finding, deposit, trust } = facts;
  const title = say("court.title");
  if (finding.verdict !== "valid" || deposit === undefined || trust === undefined)
    return [{ kind: "facts", title, says: [say("court.nothing")] }];
  const keepers = keepersInWords(trust, language);
  const answer = (title: string, says: string[], proof: string[]): Section => ({ kind: "answer", title, says, proof });
  return [
    { kind: "heading", title, says: [say("court.shown")], proof: [say("court.open")] },
    answer(
      say("platform.title"),
      [platform(trust, keepers, say), say("platform.fixed")],
      [say("platform.open", { keepers })],
    ),
    answer(
      say("neutrality.title"),
      [say("neutrality.signed"), say("neutrality.bound"), say("neutrality.sealed")],
      [say(trust.keepers.length < 2 ? "neutrality.openOne" : "neutrality.openMany"), say("neutrality.open")],
    ),
    answer(
      say("system.title"),
      [say("system.offline"), say("system.methods"), say("system.rules")],
      [say("system.openRules"), say("system.open")],
    ),
    answer(say("process.title"), process(deposit, finding, say, language), [say("process.open")]),
  ];
}

/** The institutions that keep the ledger, by name. */
function keepersInWords({ keepers }: TrustFacts, language: Language): string {
  return keepers.map(({ institution }) => institution).join(language === "zh" ? "、" : ", ");
}

function platform({ name: ledger, keepers: { length: count } }: TrustFacts, keepers: string, say: Say): string {
  return count < 2 ? say("platform.one", { ledger, keepers }) : say("platform.many", { ledger, count, keepers });
}

function process(deposit: DepositFacts, { file }: Finding, say: Say, language: Language): string[] {
  const entered = { height: counted(deposit.height ?? 0), outcome: outcomeInWords(deposit, say, language) };
  return [
    say("process.fingerprint"),
    say(file === "same" ? "process.compared" : "process.notCompared"),
    say("process.seal"),
    say("process.sign"),
    say("process.enter", entered),
    say("process.check"),
  ];
}
