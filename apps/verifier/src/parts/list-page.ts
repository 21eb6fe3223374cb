import type { Language } from "@acta/contract";
import { counted, momentOf } from "@acta/ui";
import type { CheckedProof } from "../check-proof.ts";
import type { Tone } from "../picture.ts";
import type { Findings } from "../session.ts";
import { type View, viewOf } from "../view.ts";
import { type Say, sayIn } from "../words.ts";
import { element } from "./element.ts";
import { row } from "./frame.ts";
import { mark } from "./mark.ts";
import { noticeLines } from "./start-page.ts";
import { trustPanel } from "./trust-panel.ts";

/** What a reader can do with a list of verdicts. */
export type ListActions = {
  readonly choose: () => void;
  readonly restart: () => void;
  readonly open: (index: number) => void;
};

/** Several verdicts: how many of each, then one line for each proof, exceptions first; a line opens its verdict. */
export function listPage(findings: Findings, language: Language, actions: ListActions): HTMLElement {
  const say = sayIn(language);
  const { checked, unmentioned, notices, trust } = findings;
  const entries = checked.map((each, index) => ({ index, time: timeOf(each, language), view: viewOf(each, language) }));
  entries.sort((one, other) => URGENCY[one.view.sign.tone] - URGENCY[other.view.sign.tone]);
  const names = unmentioned.map(({ name }) => name).join(", ");
  const fact = [
    element("h1", { id: "heading", tabindex: "-1" }, say("list.title", { count: counted(checked.length) })),
    countsOf(entries.map(({ view }) => view.heading)),
    ...noticeLines(notices, say),
    names !== "" && element("p", { class: "notice" }, say("files.unmentioned", { names })),
    buttons(say, actions),
    element("ul", { class: "verdicts" }, ...entries.map((entry) => line(entry, actions))),
  ];
  return element("div", { class: "wrap", id: "list" }, row("first", fact, trustPanel(trust, language, actions.choose)));
}

const URGENCY: Readonly<Record<Tone, number>> = { wrong: 0, due: 1, wait: 2, valid: 3 };

function timeOf({ verdict: { noLaterThan } }: CheckedProof, language: Language): string {
  return noLaterThan ? momentOf(noLaterThan, language).local : "";
}

function countsOf(headings: readonly string[]): HTMLElement {
  const counts = new Map<string, number>();
  for (const heading of headings) counts.set(heading, (counts.get(heading) ?? 0) + 1);
  const lines = [...counts].map(([heading, count]) =>
    element("li", {}, element("b", {}, counted(count)), ` ${heading}`),
  );
  return element("ul", { class: "counts" }, ...lines);
}

function buttons(say: Say, { choose, restart }: ListActions): HTMLElement {
  const add = element("button", { type: "button", class: "b two", id: "add", onclick: choose }, say("act.add"));
  const another = element(
    "button",
    { type: "button", class: "b two", id: "another", onclick: restart },
    say("act.another"),
  );
  return element("p", { class: "acts" }, add, another);
}

type Entry = { readonly index: number; readonly time: string; readonly view: View };

function line({ index, time, view: { name, sign, heading } }: Entry, { open }: ListActions): HTMLElement {
  const status = element("span", { class: "st" }, mark(sign.picture), heading);
  const content = [element("span", { class: "name" }, name), status, element("small", {}, time)];
  const onclick = (): void => open(index);
  return element(
    "li",
    { class: sign.tone },
    element("button", { type: "button", id: `open-${index}`, onclick }, ...content),
  );
}
