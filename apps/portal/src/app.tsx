import { applyPreferences, type Preferences, type PreferenceWorld } from "@acta/ui";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Desk } from "./desk/desk.ts";
import type { DeskState } from "./desk/state.ts";
import { CheckDoor } from "./parts/check-door.tsx";
import { CheckedList } from "./parts/checked-list.tsx";
import { Deposits } from "./parts/deposits.tsx";
import { Foot } from "./parts/foot.tsx";
import { enteredInWords, Hero } from "./parts/hero.tsx";
import { KeyRow } from "./parts/key-row.tsx";
import { Limits } from "./parts/limits.tsx";
import { Signing } from "./parts/signing.tsx";
import { Top } from "./parts/top.tsx";
import { TroubleRow } from "./parts/trouble-row.tsx";
import { VoiceContext } from "./parts/voice.ts";
import { type Say, sayIn } from "./words.ts";

const STATUS_EVERY_MS = 15_000;

type AppProps = { readonly desk: Desk; readonly first: Preferences; readonly browser: PreferenceWorld };

/** The first page: deposit files, see what came of them, check what others show. */
export function App({ desk, first, browser }: AppProps) {
  const state = useSyncExternalStore(desk.subscribe, desk.state);
  const [preferences, prefer] = useState(first);
  const { language } = preferences;
  const say = sayIn(language);
  const name = state.status?.name;

  useEffect(() => {
    applyPreferences(preferences, browser);
    desk.speak(preferences.language);
  }, [desk, preferences, browser]);
  useEffect(() => {
    document.title = name === undefined ? say("page.titleAlone") : say("page.title", { name });
  }, [name, say]);
  useEffect(() => watchStatus(desk), [desk]);
  useEffect(() => takeDrops(desk), [desk]);
  useFocusOnNews(state);

  return (
    <VoiceContext value={{ language, say }}>
      <a className="skip" href="#main">
        {say("page.skip")}
      </a>
      <Top status={state.status} preferences={preferences} prefer={prefer} />
      <main id="main">
        <Hero desk={desk} state={state} />
        <div className="wrap">
          <TroubleRow desk={desk} state={state} />
          <Signing desk={desk} state={state} />
          <CheckedList checked={state.checked} />
          <Deposits desk={desk} state={state} />
          <CheckDoor />
          <KeyRow deviceKey={state.key} />
          <Limits />
        </div>
      </main>
      <Foot status={state.status} />
      <output className="vh">{newsIn(state, say)}</output>
    </VoiceContext>
  );
}

/** What a reader who does not see the page is told; counts under way are left out. */
function newsIn({ work, justEntered }: DeskState, say: Say): string {
  if (work.kind === "ready") return say(work.files.length === 1 ? "drop.readyOne" : "drop.readyMany", countOf(work));
  if (work.kind === "entering") return say("drop.entering");
  return work.kind === "fingerprinting" || justEntered === undefined ? "" : enteredInWords(justEntered, say);
}

function countOf({ files }: { readonly files: readonly unknown[] }) {
  return { count: files.length };
}

// The heading of what is new takes the focus, so that nobody has to look for it.
function useFocusOnNews({ work, trouble, checked, justEntered }: DeskState): void {
  const isReady = work.kind === "ready";
  const before = useRef(work.kind);
  useEffect(() => focus(trouble !== undefined && "trouble-heading"), [trouble]);
  useEffect(() => focus(isReady && "sign-heading"), [isReady]);
  useEffect(() => {
    // Not when the page goes on by itself: then somebody may be reading elsewhere.
    focus(work.kind === "entering" && before.current === "ready" && "sign-heading");
    before.current = work.kind;
  }, [work.kind]);
  useEffect(() => focus(checked.length > 0 && "checked-heading"), [checked]);
  useEffect(() => focus(justEntered !== undefined && "deposits-heading"), [justEntered]);
}

function focus(id: string | false): void {
  if (id !== false) document.getElementById(id)?.focus();
}

function watchStatus(desk: Desk): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState === "visible") void desk.refreshStatus();
  }, STATUS_EVERY_MS);
  return () => clearInterval(timer);
}

// Anywhere on the page: nobody has to aim.
function takeDrops(desk: Desk): () => void {
  const { classList } = document.body;
  const listening = new AbortController();
  const { signal } = listening;
  addEventListener(
    "dragover",
    (event) => {
      event.preventDefault();
      classList.add("over");
    },
    { signal },
  );
  addEventListener("dragleave", (event) => event.relatedTarget === null && classList.remove("over"), { signal });
  addEventListener(
    "drop",
    (event) => {
      event.preventDefault();
      classList.remove("over");
      void desk.take([...(event.dataTransfer?.files ?? [])]);
    },
    { signal },
  );
  return () => listening.abort();
}
