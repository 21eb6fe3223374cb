import type { Language } from "@acta/contract";
import { counted, dayAndTime, grouped } from "@acta/ui";
import { trustInWords } from "../report.ts";
import type { Trust } from "../trust.ts";
import { sayIn } from "../words.ts";
import { type Content, element } from "./element.ts";
import { factList } from "./fact-list.ts";

/** Whom the reader believes: the trust file, who gave it, and its fingerprint to compare. */
export function trustPanel(trust: Trust | undefined, language: Language, choose: () => void): Content[] {
  const say = sayIn(language);
  const file = trust?.file;
  const label = say(trust === undefined ? "trust.add" : "trust.replace");
  return [
    element("h2", {}, say("trust.title")),
    element("p", { class: file ? "" : "due strong" }, trustInWords({ trust }, language)),
    file === undefined && element("p", {}, say("trust.noneNext")),
    file?.demo && element("p", { class: "strong" }, say("trust.demo")),
    file?.development && !file.demo && element("p", { class: "strong" }, say("trust.development")),
    trust &&
      file &&
      factList([
        { label: say("trust.ledger"), value: file.name },
        { label: say("trust.issued"), value: dayAndTime(file.issued, language) },
        { label: say("trust.anchor"), value: say("trust.block", { height: counted(file.anchor.height) }) },
        { label: say("trust.fingerprint"), value: grouped(trust.fingerprint), isHex: true },
      ]),
    element(
      "p",
      { class: "act" },
      element("button", { type: "button", class: "b two s", id: "choose-trust", onclick: choose }, label),
    ),
  ];
}
