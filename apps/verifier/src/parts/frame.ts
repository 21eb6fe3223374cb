import { grouped, type Preferences } from "@acta/ui";
import { sayIn } from "../words.ts";
import { type Content, element } from "./element.ts";
import { brandMark } from "./mark.ts";

/** What the frame lets the reader change. */
export type FrameActions = { readonly prefer: (preferences: Preferences) => void };

/** The page around its content: name and switches above, version and hash below. */
export function frame(content: Content, preferences: Preferences, hash: string, actions: FrameActions): HTMLElement[] {
  return [skipLink(preferences), header(preferences, actions), main(content), footer(preferences, hash)];
}

/** Fact and proof beside each other, with the seam between them. */
export function row(name: string, fact: readonly Content[], proof: readonly Content[]): HTMLElement {
  const proofSide = element("div", { class: proof.length === 0 ? "p empty" : "p" }, ...proof);
  return element("div", { class: `row ${name}` }, element("div", { class: "f" }, ...fact), proofSide);
}

function skipLink({ language }: Preferences): HTMLElement {
  return element("a", { class: "skip", href: "#main" }, sayIn(language)("page.skip"));
}

function header(preferences: Preferences, { prefer }: FrameActions): HTMLElement {
  const { language, isLarge } = preferences;
  const say = sayIn(language);
  const choice = (to: Preferences["language"], lang: string, label: string): HTMLElement => {
    const pressed = String(language === to);
    const onclick = (): void => prefer({ ...preferences, language: to });
    return element("button", { type: "button", id: `language-${to}`, lang, "aria-pressed": pressed, onclick }, label);
  };
  const larger = (): void => prefer({ ...preferences, isLarge: !isLarge });
  const brand = element(
    "span",
    { class: "brand" },
    brandMark(),
    element("b", {}, "Acta"),
    element("small", {}, say("page.name")),
  );
  const switches = [
    element("span", { class: "faint" }, say("page.offline")),
    element(
      "span",
      { class: "sw", role: "group", "aria-label": say("page.language") },
      choice("zh", "zh-Hans", "中文"),
      choice("en", "en", "EN"),
    ),
    element(
      "span",
      { class: "sw" },
      element(
        "button",
        { type: "button", id: "large", "aria-pressed": String(isLarge), onclick: larger },
        say("page.large"),
      ),
    ),
  ];
  return element("header", { class: "top" }, element("div", { class: "wrap" }, row("", [brand], switches)));
}

function main(content: Content): HTMLElement {
  return element("main", { id: "main", tabindex: "-1" }, content);
}

function footer({ language }: Preferences, hash: string): HTMLElement {
  const say = sayIn(language);
  const numbers = element(
    "p",
    {},
    say("page.hash"),
    " ",
    element("span", { class: "hex", id: "own-hash" }, grouped(hash)),
  );
  const meaning = element("p", {}, say("page.hashMeaning"));
  const version = element("p", {}, say("page.version", { version: VERSION }));
  return element(
    "footer",
    { class: "foot" },
    element("div", { class: "wrap" }, row("", [version, numbers], [meaning])),
  );
}
