import type { Language } from "@acta/contract";
import type { CaseAccount, CaseAct, CaseDevice, CaseTool } from "../adapters/case-document.ts";
import type { AccountFacts, DepositFacts, ReportFacts } from "./facts.ts";
import type { Fact, Section } from "./model.ts";
import { statedTime } from "./moments.ts";
import { counted, shortened } from "./numbers.ts";
import type { Say } from "./words.ts";

/** Most entries of each kind that the report repeats; the document itself has all of them. */
const MOST_NAMED = 40;

/** What the description says that was deposited with the file; none where there is none. */
export function accountSections(
  deposit: DepositFacts,
  { finding, account }: Pick<ReportFacts, "finding" | "account">,
  say: Say,
  language: Language,
): Section[] {
  if (finding.verdict !== "valid") return [];
  const section = { kind: "facts", title: say("account.title") } as const;
  switch (account.kind) {
    case "none":
      return [];
    case "not-given":
      return [{ ...section, says: [say("account.notGiven")] }];
    case "not-deposited":
      return [{ ...section, says: [say("account.notDeposited", account)] }];
    case "different":
      return [{ ...section, says: [say("account.different", account)] }];
    case "unreadable":
      return [{ ...section, says: [say("account.unreadable", account)], proof: [say("account.proofSame")] }];
    case "read":
      return [{ ...section, ...readAccount(deposit, account, say, language) }];
    default:
      return account satisfies never;
  }
}

type Read = Extract<AccountFacts, { kind: "read" }>;

function readAccount(
  deposit: DepositFacts,
  { name, account }: Read,
  say: Say,
  language: Language,
): Omit<Section, "kind" | "title"> {
  const { devices, tools, acts } = account;
  return {
    facts: [
      documentFact(name, deposit, say),
      ...(account.title === undefined ? [] : [{ label: say("account.case"), value: account.title }]),
      { label: say("account.names"), value: say(namesFile(account, deposit) ? "account.namesIt" : "account.namesNot") },
      ...devices.slice(0, MOST_NAMED).map((device) => deviceFact(device, say, language)),
      ...tools.slice(0, MOST_NAMED).map((tool) => toolFact(tool, say)),
      ...acts.slice(0, MOST_NAMED).map((act) => actFact(act, say, language)),
      ...traceFacts(account, say, language),
    ],
    ...([devices, tools, acts].some(({ length }) => length > MOST_NAMED) && {
      says: [say("account.some", { count: MOST_NAMED })],
    }),
    proof: [
      say("account.proofSame"),
      say("account.proofSays"),
      ...(acts.length === 0 ? [] : [say("account.proofTimes")]),
    ],
  };
}

function documentFact(name: string, { descriptionFile }: DepositFacts, say: Say): Fact {
  const { size = 0, sha256 = "" } = descriptionFile ?? {};
  return {
    label: say("account.document"),
    value: name,
    notes: [say("deposited.fileOf", { size: counted(size), hash: shortened(sha256) })],
  };
}

function namesFile({ sha256 }: CaseAccount, { file }: DepositFacts): boolean {
  return file !== undefined && sha256.includes(file.sha256);
}

function deviceFact({ words, kind, serial, clock }: CaseDevice, say: Say, language: Language): Fact {
  const notes = [
    ...(kind === undefined ? [] : [kind]),
    ...(serial === undefined ? [] : [say("account.serial", { serial })]),
    ...(clock === undefined ? [] : [say("account.clock", { time: statedTime(clock, language) })]),
  ];
  return { label: say("account.device"), value: words, notes: together(notes) };
}

function toolFact({ words, kind, maker }: CaseTool, say: Say): Fact {
  const notes = [kind, maker && say("account.maker", { maker })].filter((each) => each !== undefined);
  return { label: say("account.tool"), value: words, notes: together(notes) };
}

function actFact({ name, from, until, by, at, took, gave, ...act }: CaseAct, say: Say, language: Language): Fact {
  const [begun, ended] = [from, until].map((time) => time && statedTime(time, language));
  const lists = { by, with: act.with, at, took, gave };
  const notes = Object.entries(lists).flatMap(([word, names]) =>
    // One of the five lists that are named here.
    names.length === 0 ? [] : [say(`account.${word as keyof typeof lists}`, { names: listed(names, say, language) })],
  );
  const value = begun && ended ? span(begun, ended) : (begun ?? ended ?? say("account.noTime"));
  return { label: say("account.act", { name }), value, notes };
}

/** From one moment to another; of a second one on the same day only the clock. */
function span(begun: string, ended: string): string {
  const day = begun.slice(0, begun.lastIndexOf(" ") + 1);
  return `${begun} – ${ended.startsWith(day) ? ended.slice(day.length) : ended}`;
}

function traceFacts({ traces }: CaseAccount, say: Say, language: Language): Fact[] {
  if (traces.length === 0) return [];
  const names = traces.slice(0, MOST_NAMED).map(([kind, count]) => `${kind}\u00a0×\u00a0${counted(count)}`);
  return [{ label: say("account.traces"), value: names.join(language === "zh" ? "、" : ", ") }];
}

/** Most names in one list. */
const MOST_LISTED = 4;

function listed(names: readonly string[], say: Say, language: Language): string {
  const shown = names.slice(0, MOST_LISTED).join(language === "zh" ? "、" : ", ");
  const rest = names.length - MOST_LISTED;
  return rest > 0 ? shown + say("account.andMore", { count: rest }) : shown;
}

/** Short notes on one line. */
function together(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : [notes.join(" · ")];
}
