import { toHex } from "@acta/bytes";
import type { Language } from "@acta/contract";
import { counted, grouped } from "@acta/ui";
import type { Original } from "../pairing.ts";
import { SIGNS } from "../picture.ts";
import type { Notice, Work } from "../session.ts";
import type { Trust } from "../trust.ts";
import { type Say, sayIn } from "../words.ts";
import { type Content, element } from "./element.ts";
import { factList } from "./fact-list.ts";
import { row } from "./frame.ts";
import { mark } from "./mark.ts";
import { trustPanel } from "./trust-panel.ts";

/** What a reader can do with files. */
export type FileActions = { readonly choose: () => void; readonly cancel: () => void };

/** The page before any verdict: where files go, whom one believes, and what the answer can be. */
export function startPage(
  {
    trust,
    originals,
    notices,
  }: { trust: Trust | undefined; originals: readonly Original[]; notices: readonly Notice[] },
  language: Language,
  actions: FileActions,
): HTMLElement {
  const say = sayIn(language);
  const isWaiting = originals.length > 0;
  const heading = element("h1", { id: "heading", tabindex: "-1" }, say(isWaiting ? "files.noProof" : "start.title"));
  const lead = element("p", { class: "lead" }, say(isWaiting ? "files.noProofText" : "start.lead"));
  const fact = [
    heading,
    lead,
    ...originals.map((original) => fingerprint(original, say)),
    ...noticeLines(notices, say),
    dropArea(say, actions),
  ];
  const where = [element("h2", {}, say("start.where")), element("p", {}, say("start.whereText"))];
  return element(
    "div",
    { class: "wrap" },
    row("first", fact, [...trustPanel(trust, language, actions.choose), ...where]),
    gallery(say),
  );
}

/** The page while files are read, hashed and checked: count and stage, in place. */
export function workPage(work: Work | undefined, language: Language, { cancel }: FileActions): HTMLElement {
  const say = sayIn(language);
  const heading = element("h1", { id: "heading", tabindex: "-1" }, say("work.title"));
  const stop = element("button", { type: "button", class: "b two", id: "cancel", onclick: cancel }, say("work.cancel"));
  const area = element(
    "div",
    { class: "drop working" },
    element("p", { id: "work", class: "say" }, workInWords(work, say)),
    meter(work),
    stop,
  );
  return element("div", { class: "wrap" }, row("first", [heading, area], []));
}

/** How far the work has come, in words. */
export function workInWords(work: Work | undefined, say: Say): string {
  if (work === undefined) return "";
  const { stage, name, done, total } = work;
  const size = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
  if (stage === "hashing") return say("work.hashing", { name, done: size(done), total: size(total) });
  return say(`work.${stage}`, { done: counted(done), total: counted(total) });
}

/** How far the work has come, drawn. */
export function meter(work: Work | undefined): HTMLElement {
  const { done = 0, total = 1 } = work ?? {};
  return element("progress", { id: "meter", max: String(total), value: String(done), "aria-labelledby": "work" });
}

/** Where files are dropped or chosen. */
export function dropArea(say: Say, { choose }: FileActions): HTMLElement {
  return element(
    "div",
    { class: "drop" },
    element("p", { class: "drop-title" }, say("start.drop")),
    element("p", { class: "soft" }, say("start.dropHint")),
    element("button", { type: "button", class: "b", id: "choose", onclick: choose }, say("start.choose")),
  );
}

/** What happened to single files, where it is not a verdict. */
export function noticeLines(notices: readonly Notice[], say: Say): Content[] {
  return notices.map(({ about, name }) => {
    const values = about === "cancelled" ? { names: name } : { name };
    return element("p", { class: "notice" }, say(`files.${about}`, values));
  });
}

function fingerprint({ name, size, sha256 }: Original, say: Say): HTMLElement {
  return factList([
    { label: say("files.name"), value: name },
    { label: say("files.size"), value: say("files.bytes", { count: counted(size) }) },
    { label: say("files.fingerprint"), value: grouped(toHex(sha256)), isHex: true },
  ]);
}

function gallery(say: Say): HTMLElement {
  const shown = ["valid", "refused", "differs", "altered", "unknownLedger", "unproved", "noTrust"] as const;
  const entries = shown.map((name) => {
    const { word, picture, tone } = SIGNS[name];
    return element(
      "li",
      { class: tone },
      element("span", { class: "st" }, mark(picture), say(word)),
      element("span", { class: "soft" }, say(`gallery.${name}`)),
    );
  });
  const list = element("ul", { class: "gallery" }, ...entries);
  return row("second", [element("h2", {}, say("start.verdicts")), list], []);
}
