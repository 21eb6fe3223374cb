import type { Language } from "@acta/contract";
import { accountSections } from "./account.ts";
import { custodyNumbers, custodySection } from "./custody.ts";
import { depositedSection, whenSection } from "./deposited.ts";
import type { DepositFacts, Finding, ReportFacts } from "./facts.ts";
import type { Fact, Report, Section } from "./model.ts";
import { secondsInWords } from "./moments.ts";
import { questionSections } from "./questions.ts";
import { pictureOf, verdictOf } from "./verdict.ts";
import { type Say, sayIn, type Word } from "./words.ts";

/**
 * The report of one deposit for a court: verdict, what was deposited, when and by whom, what happened since, the four
 * questions, what is not proved, and the numbers last. The same facts always give the same report.
 */
export function report(facts: ReportFacts, language: Language): Report {
  const say = sayIn(language);
  const { deposit, slip, file, trust } = facts;
  const claimed = deposit?.file?.sha256 ?? slip.sha256;
  return {
    language,
    title: say("report.title"),
    subtitle: say("report.of", { name: slip.name }),
    mark: trust?.demo ? say("report.demo") : trust?.development ? say("report.development") : undefined,
    verdict: verdictOf(facts, say, language),
    tally: {
      picture: pictureOf(facts),
      halves: [file?.sha256 ?? claimed, claimed],
      words: [say("tally.left"), say("tally.right"), say("tally.help")],
    },
    sections: [
      ...(deposit === undefined ? [] : depositSections(deposit, facts, say, language)),
      ...questionSections(facts, say, language),
      { kind: "limits", title: say("limits.title"), says: limits(facts).map((word) => say(word)) },
      // After what is not proved: it belongs there.
      ...(deposit === undefined ? [] : accountSections(deposit, facts, say, language)),
      {
        kind: "facts",
        title: say("again.title"),
        says: [say("again.text"), say("again.command", { slip: slip.name })],
        proof: [say("again.proof")],
      },
      { kind: "numbers", title: say("hashes.title"), facts: numbers(facts, say) },
    ],
    about: [say("report.made", { time: secondsInWords(BigInt(facts.madeAt), language) }), say("report.foot")],
    pages: pagesIn(say("report.pages", { page: BREAK, pages: BREAK })),
  };
}

/** Stands in no sentence. */
const BREAK = "\u0000";

function pagesIn(words: string): Report["pages"] {
  const [before = "", between = "", after = ""] = words.split(BREAK);
  return [before, between, after];
}

function depositSections(deposit: DepositFacts, facts: ReportFacts, say: Say, language: Language): Section[] {
  const isProved = facts.finding.verdict === "valid";
  return [
    depositedSection(deposit, facts, say),
    whenSection(deposit, facts, say, language),
    // Of a slip that is not proved nobody knows whose deposit it is.
    ...(isProved ? [custodySection(deposit, facts.records, say, language)] : []),
  ];
}

/** Not valid, but nothing in the slip is broken. */
const WHOLE = ["wrong-file", "no-file", "unknown-ledger"];

/** What nobody may read out of this report, the gravest first. */
function limits({ finding, trust, records, account }: ReportFacts): Word[] {
  if (finding.verdict !== "valid") return [isAltered(finding) ? "limits.altered" : "limits.nothing"];
  const isAlone = (trust?.keepers.length ?? 0) < 2;
  return [
    ...(trust?.demo || trust?.development ? (["limits.demo"] as const) : []),
    "limits.true",
    "limits.made",
    "limits.person",
    "limits.right",
    "limits.device",
    ...(account.kind === "read" ? (["limits.account"] as const) : []),
    isAlone ? "limits.operator" : "limits.keepers",
    "limits.complete",
    "limits.lost",
    ...(records.kind === "proved" ? (["limits.later"] as const) : (["limits.since"] as const)),
    "limits.trust",
  ];
}

function isAltered({ verdict, reason }: Finding): boolean {
  return verdict === "not-valid" && !WHOLE.includes(reason);
}

function numbers({ deposit, file, trust, slip, finding, records }: ReportFacts, say: Say): Fact[] {
  const number = (word: Word, value: string | undefined, blanks = {}): Fact[] =>
    value === undefined ? [] : [{ label: say(word, blanks), value }];
  return [
    ...number("hashes.file", deposit?.file?.sha256),
    ...number("hashes.root", deposit?.file?.root),
    ...number("hashes.given", file?.sha256),
    ...number("hashes.descriptionFile", deposit?.descriptionFile?.sha256),
    ...number("hashes.commitment", deposit?.commitment),
    ...(deposit?.signers ?? []).flatMap(({ party, key }) => [
      ...number("hashes.party", party),
      ...number("hashes.key", key),
    ]),
    ...custodyNumbers(deposit, records, say),
    ...number("hashes.transaction", deposit?.transaction),
    ...number("hashes.bundle", deposit?.bundle, { version: deposit?.version ?? 0 }),
    ...number("hashes.ledger", trust?.ledger),
    ...number("hashes.trust", trust?.fingerprint),
    ...number("hashes.slip", slip.sha256),
    ...number("hashes.reason", finding.reason),
  ];
}
