import { explain, type Language, REASONS, type Reason } from "@acta/protocol";
import type { Desk } from "../desk/desk.ts";
import type { DeskState } from "../desk/state.ts";
import type { Trouble } from "../desk/trouble.ts";
import type { Say } from "../words.ts";
import { Mark } from "./mark.tsx";
import { useVoice } from "./voice.ts";

/** What keeps the page from going on, stopped at the seam: what it is, and what to do. */
export function TroubleRow({ desk, state: { trouble, work } }: { readonly desk: Desk; readonly state: DeskState }) {
  const { language, say } = useVoice();
  if (trouble === undefined) return null;
  // Files still to be signed for: nothing was sent, so there is nothing to go on with.
  const isUnsigned = work.kind === "ready";
  const { what, next, words } = inWords(trouble, isUnsigned, say, language);
  const isPassing = trouble.kind === "node-away" || trouble.kind === "node-refused" || trouble.kind === "not-proved";
  return (
    <section className="row" aria-labelledby="trouble-heading">
      <div className="f">
        <div className="stop">
          <h2 id="trouble-heading" tabIndex={-1}>
            <Mark fit="stopped" />
            <span>{what}</span>
          </h2>
          {words !== undefined && <p className="rec">{words}</p>}
          {next !== "" && <p>{next}</p>}
          {isPassing && !isUnsigned && (
            <div className="acts">
              <button className="b" type="button" onClick={() => void desk.goOn()}>
                {say("trouble.goOn")}
              </button>
            </div>
          )}
        </div>
      </div>
      <div className="p empty" />
    </section>
  );
}

type InWords = { readonly what: string; readonly next: string; readonly words?: string };

function inWords(trouble: Trouble, isUnsigned: boolean, say: Say, language: Language): InWords {
  switch (trouble.kind) {
    case "no-memory":
      return { what: say("trouble.noMemory"), next: say("trouble.noMemoryNext") };
    case "memory-full":
      return { what: say("trouble.memoryFull"), next: say("trouble.memoryFullNext") };
    case "node-away":
      return { what: say("trouble.nodeAway"), next: say(isUnsigned ? "trouble.signAgain" : "trouble.nodeAwayNext") };
    case "too-many":
      return { what: say("trouble.tooMany", trouble), next: say("trouble.tooManyNext") };
    case "unread":
      return { what: say("trouble.unread", { names: trouble.names.join(", ") }), next: say("trouble.unreadNext") };
    case "node-refused":
      return {
        what: say("trouble.nodeRefused"),
        words: trouble.words,
        next: isUnsigned ? say("trouble.signAgain") : "",
      };
    case "not-proved":
      return {
        what: say("trouble.notProved"),
        next: say("trouble.notProvedNext"),
        ...reasonIn(trouble.reason, language),
      };
    case "unexpected":
      return { what: say("trouble.unexpected"), words: trouble.words, next: say("trouble.unexpectedNext") };
    default:
      return trouble satisfies never;
  }
}

function reasonIn(reason: string, language: Language): { readonly words?: string } {
  // Checked: it is one of the verifier's reasons.
  return Object.hasOwn(REASONS, reason) ? { words: explain(reason as Reason, language).meaning } : {};
}
