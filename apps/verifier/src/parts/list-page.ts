import type { Language } from "@acta/contract";
import { momentOf } from "../dates.ts";
import type { Findings } from "../session.ts";
import { counted } from "../values.ts";
import { viewOf } from "../view.ts";
import { sayIn } from "../words.ts";
import { element } from "./element.ts";
import { row } from "./frame.ts";
import { mark } from "./mark.ts";
import { dropArea, type FileActions, noticeLines } from "./start-page.ts";
import { trustPanel } from "./trust-panel.ts";

/** Several verdicts: how many of each, then one line for each proof; a line opens its verdict. */
export function listPage(
  findings: Findings,
  language: Language,
  actions: FileActions & { readonly open: (index: number) => void; readonly restart: () => void },
): HTMLElement {
  const say = sayIn(language);
  const { checked, unmentioned, notices, trust } = findings;
  const views = checked.map((each) => viewOf(each, language));
  const counts = new Map<string, number>();
  for (const { word, qualifier } of views)
    count(counts, [word, qualifier].filter(Boolean).join(language === "zh" ? "，" : "; "));
  const lines = views.map(({ name, word, qualifier, sign }, index) => {
    const { noLaterThan } = checked[index]?.verdict ?? {};
    const time = noLaterThan ? momentOf(noLaterThan, language).local : "";
    const status = element(
      "span",
      { class: "st" },
      mark(sign.picture),
      [word, qualifier].filter(Boolean).join(language === "zh" ? "，" : "; "),
    );
    const onclick = (): void => actions.open(index);
    const label = element("span", { class: "name" }, name);
    return element(
      "li",
      { class: sign.tone },
      element("button", { type: "button", id: `open-${index}`, onclick }, label, status, element("small", {}, time)),
    );
  });
  const names = unmentioned.map(({ name }) => name).join(", ");
  const fact = [
    element("h1", { id: "heading", tabindex: "-1" }, say("list.title", { count: counted(checked.length) })),
    element(
      "ul",
      { class: "counts" },
      ...[...counts].map(([word, n]) => element("li", {}, element("b", {}, counted(n)), ` ${word}`)),
    ),
    ...noticeLines(notices, say),
    names !== "" && element("p", { class: "notice" }, say("files.unmentioned", { names })),
    element("ul", { class: "verdicts" }, ...lines),
    dropArea(say, actions),
    element(
      "p",
      { class: "acts" },
      element(
        "button",
        { type: "button", class: "b two", id: "another", onclick: actions.restart },
        say("act.another"),
      ),
    ),
  ];
  return element("div", { class: "wrap", id: "list" }, row("first", fact, trustPanel(trust, language, actions.choose)));
}

function count(counts: Map<string, number>, word: string): void {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
