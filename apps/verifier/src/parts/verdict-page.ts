import type { Language } from "@acta/contract";
import type { CheckedProof } from "../check-proof.ts";
import type { Findings } from "../session.ts";
import { type View, viewOf } from "../view.ts";
import { type Say, sayIn } from "../words.ts";
import { halfDrawing, uprightDrawing } from "./drawing.ts";
import { type Content, element } from "./element.ts";
import { factList } from "./fact-list.ts";
import { row } from "./frame.ts";
import { stepMark } from "./mark.ts";
import { noticeLines } from "./start-page.ts";
import { trustPanel } from "./trust-panel.ts";

/** What a reader can do with a verdict. */
export type VerdictActions = {
  readonly choose: () => void;
  readonly save: () => void;
  readonly print: () => void;
  readonly restart: () => void;
  /** Back to the list; undefined where there is just one verdict. */
  readonly back: (() => void) | undefined;
};

/** One verdict: the word first, the fact on the left, the proof on the right, the numbers last. */
export function verdictPage(
  checked: CheckedProof,
  findings: Findings,
  language: Language,
  actions: VerdictActions,
): HTMLElement {
  const say = sayIn(language);
  const view = viewOf(checked, language);
  const proof = [
    ...reasoning(view, say),
    ...trustPanel(checked.trust, language, actions.choose),
    ...figure(say),
    drawer(view, say),
  ];
  return element(
    "div",
    {
      class: `wrap ${view.sign.tone}`,
      id: "verdict",
      "data-reason": checked.verdict.reason,
      "data-picture": view.sign.picture,
    },
    meeting(view, findings, say, actions),
    row("second", [...content(view, findings, say), actionButtons(view, say, actions)], proof),
  );
}

// The words, and the two halves that meet at the seam, or do not.
function meeting(view: View, { checked }: Findings, say: Say, { back }: VerdictActions): HTMLElement {
  const { sign, halves, word, qualifier, sentence, name, kind, isDemo } = view;
  const backButton =
    back &&
    element(
      "button",
      { type: "button", class: "link", id: "back", onclick: back },
      say("list.back", { count: checked.length }),
    );
  const crumb = element("p", { class: "crumb" }, backButton, backButton && " › ", `${kind} › ${name}`);
  const heading = element(
    "h1",
    { id: "heading", tabindex: "-1" },
    element("span", { class: word.length > 12 || /\p{Script=Han}{5}/u.test(word) ? "word long" : "word" }, word),
    qualifier !== undefined && element("span", { class: "qualifier" }, qualifier),
  );
  const words = element(
    "div",
    { class: "words" },
    crumb,
    heading,
    element("p", { class: "say" }, sentence),
    isDemo && element("p", { class: "demo" }, say("trust.demo")),
  );
  const caption = (side: "left" | "right"): HTMLElement =>
    element("p", { class: "cap", "aria-hidden": "true" }, say(`proof.${side}`));
  const left = element("div", { class: "side" }, caption("left"), halfDrawing("left", sign.picture, halves[0]));
  const upright = element("div", { class: "standing", "aria-hidden": "true" }, uprightDrawing(sign.picture, halves));
  return row("meeting", [words, left, upright], [caption("right"), halfDrawing("right", sign.picture, halves[1])]);
}

function content({ next, facts, factsTitle }: View, { notices, unmentioned }: Findings, say: Say): Content[] {
  const names = unmentioned.map(({ name }) => name).join(", ");
  return [
    element(
      "section",
      { class: "next" },
      element("h2", {}, say("next.title")),
      ...next.map((line) => element("p", {}, line)),
    ),
    ...noticeLines(notices, say),
    names !== "" && element("p", { class: "notice" }, say("files.unmentioned", { names })),
    facts.length > 0 && element("section", { class: "facts" }, element("h2", {}, factsTitle), factList(facts, "rec")),
  ];
}

function actionButtons({ sign }: View, say: Say, { save, print, choose, restart }: VerdictActions): HTMLElement {
  const isOpen = sign.picture === "notYet";
  const button = (id: string, label: string, onclick: () => void, isFirst: boolean): HTMLElement =>
    element("button", { type: "button", id, class: isFirst ? "b" : "b two", onclick }, label);
  return element(
    "p",
    { class: "acts" },
    isOpen && button("add", say("act.add"), choose, true),
    button("save", say("act.save"), save, !isOpen),
    button("print", say("act.print"), print, false),
    !isOpen && button("add", say("act.add"), choose, false),
    button("another", say("act.another"), restart, false),
  );
}

function reasoning({ how, notProved }: View, say: Say): Content[] {
  return [
    element("h2", {}, say("proof.how")),
    element("p", {}, how),
    notProved.length > 0 && element("h2", {}, say("proof.not")),
    element("ul", { class: "lines" }, ...notProved.map((line) => element("li", {}, line))),
  ];
}

function figure(say: Say): Content[] {
  return [element("h2", {}, say("proof.figure")), element("p", {}, say("proof.figureText"))];
}

// The sentences first, each with its mark and the mark's word; the numbers last.
function drawer({ steps, numbers, detail }: View, say: Say): HTMLElement {
  const lines = steps.map(({ state, text }) =>
    element(
      "li",
      { class: `step ${state}` },
      stepMark(state),
      element("span", {}, text, " ", element("b", {}, say(`step.${state}`))),
    ),
  );
  return element(
    "details",
    { class: "drawer", id: "drawer" },
    element("summary", {}, say("proof.drawer")),
    element("ol", { class: "steps" }, ...lines),
    detail !== undefined && element("h3", {}, say("proof.detail")),
    detail !== undefined && element("p", { lang: "en", class: "hex" }, detail),
    element("h3", {}, say("proof.numbers")),
    factList(numbers, "stacked"),
  );
}
