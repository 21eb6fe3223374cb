import { applyPreferences, type Preferences, type PreferenceWorld } from "@acta/ui";
import { element } from "./parts/element.ts";
import { frame } from "./parts/frame.ts";
import { listPage } from "./parts/list-page.ts";
import { meter, startPage, workInWords, workPage } from "./parts/start-page.ts";
import { verdictPage } from "./parts/verdict-page.ts";
import { reportOf } from "./report.ts";
import { type Findings, type Session, startSession, type Work } from "./session.ts";
import type { Trust } from "./trust.ts";
import { sayIn } from "./words.ts";

/** What the page starts with. */
export type AppWorld = {
  readonly place: HTMLElement;
  readonly trust: Trust | undefined;
  readonly hash: string;
  readonly preferences: Preferences;
  /** Where preferences take effect and are remembered. */
  readonly browser: PreferenceWorld;
};

type Showing =
  | { readonly kind: "start" }
  | { readonly kind: "work"; readonly work: Work | undefined }
  | { readonly kind: "list" }
  | { readonly kind: "verdict"; readonly index: number };

/** Runs the page: takes files wherever they are dropped, and shows what comes of them. */
export function runApp({ place, trust: given, hash, preferences: first, browser }: AppWorld): void {
  let preferences = first;
  let showing: Showing = { kind: "start" };
  let session = newSession(given);
  let findings: Findings = { trust: given, originals: [], checked: [], unmentioned: [], notices: [] };
  let queue: Promise<void> = Promise.resolve();

  const announcer = element("div", { class: "vh", role: "status", "aria-live": "polite", id: "announcer" });
  const picker = element("input", { type: "file", multiple: true, hidden: true, id: "picker", tabindex: "-1" });
  const holder = element("div", { id: "holder" });
  // A page saved from a browser brings along what it showed then.
  place.replaceChildren(holder, announcer, picker);

  function newSession(trust: Trust | undefined): Session {
    return startSession({
      trust,
      clock: () => ({ now: Math.floor(Date.now() / 1000), buildTime: BUILD_TIME }),
      onWork,
      breathe,
    });
  }

  const actions = {
    choose: () => picker.click(),
    cancel: () => session.cancel(),
    print: () => print(),
    save,
    restart,
    open: (index: number) => show({ kind: "verdict", index }),
  };

  function prefer(chosen: Preferences): void {
    const focused = document.activeElement?.id;
    const isOpen = document.querySelector("details")?.open === true;
    preferences = chosen;
    applyPreferences(preferences, browser);
    render();
    if (isOpen) document.querySelector("details")?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus();
  }

  function render(): void {
    const { language } = preferences;
    const say = sayIn(language);
    document.title = say("page.title");
    picker.setAttribute("aria-label", say("start.choose"));
    holder.replaceChildren(...frame(page(), preferences, hash, { prefer }));
  }

  function page(): HTMLElement {
    const { language } = preferences;
    const chosen = showing.kind === "verdict" ? findings.checked[showing.index] : undefined;
    if (chosen) {
      const back = findings.checked.length > 1 ? (): void => show({ kind: "list" }) : undefined;
      return verdictPage(chosen, findings, language, { ...actions, back });
    }
    if (showing.kind === "work") return workPage(showing.work, language, actions);
    return showing.kind === "list" ? listPage(findings, language, actions) : startPage(findings, language, actions);
  }

  // The heading takes the focus, so that readers of any kind begin with the word.
  function show(next: Showing): void {
    showing = next;
    render();
    scrollTo(0, 0);
    document.getElementById("heading")?.focus({ preventScroll: true });
    announcer.textContent = document.getElementById("heading")?.textContent ?? "";
  }

  function onWork(work: Work): void {
    if (showing.kind !== "work") return;
    showing = { kind: "work", work };
    const line = document.getElementById("work");
    if (line) line.textContent = workInWords(work, sayIn(preferences.language));
    document.getElementById("meter")?.replaceWith(meter(work));
  }

  async function receive(files: readonly File[]): Promise<void> {
    show({ kind: "work", work: undefined });
    await breathe();
    findings = await session.add(files);
    const { length } = findings.checked;
    show(length === 0 ? { kind: "start" } : length === 1 ? { kind: "verdict", index: 0 } : { kind: "list" });
  }

  // One after another: a second drop waits for the first.
  function take(files: readonly File[]): void {
    if (files.length > 0) queue = queue.then(() => receive(files));
  }

  function restart(): void {
    session = newSession(findings.trust);
    findings = { trust: findings.trust, originals: [], checked: [], unmentioned: [], notices: [] };
    show({ kind: "start" });
  }

  function save(): void {
    const checked = showing.kind === "verdict" ? findings.checked[showing.index] : undefined;
    if (checked === undefined) return;
    const report = reportOf(checked, { version: VERSION, hash }, preferences.language);
    const href = URL.createObjectURL(new Blob([report], { type: "text/html;charset=utf-8" }));
    element("a", { href, download: `${checked.proof.name}.report.html` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  picker.addEventListener("change", () => {
    take([...(picker.files ?? [])]);
    picker.value = "";
  });
  listenForDrops(take);
  applyPreferences(preferences, browser);
  render();
}

// Anywhere on the page: nobody has to aim.
function listenForDrops(take: (files: readonly File[]) => void): void {
  const { classList } = document.body;
  addEventListener("dragover", (event) => {
    event.preventDefault();
    classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) classList.remove("over");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    classList.remove("over");
    take([...(event.dataTransfer?.files ?? [])]);
  });
}

function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
