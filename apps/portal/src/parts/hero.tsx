import { toHex } from "@acta/sdk";
import { counted, tallyLengths } from "@acta/ui";
import type { CSSProperties, ReactNode } from "react";
import { sizeText } from "../amounts.ts";
import type { Desk } from "../desk/desk.ts";
import type { DeskState } from "../desk/state.ts";
import type { Say } from "../words.ts";
import { FileButton } from "./file-button.tsx";
import { Phrases } from "./phrases.tsx";
import { useVoice, type Voice } from "./voice.ts";

/** How the picture stands: nothing in hand yet, one half in hand, or both halves. */
type Halves = "open" | "left" | "both";

const BARS = 11;
const AT_REST = [11, 15, 8, 13, 16, 6, 14, 9, 12, 7, 15] as const;

/** What Acta is in one sentence and one picture; the left half of the picture takes the files. */
export function Hero({ desk, state }: { readonly desk: Desk; readonly state: DeskState }) {
  const { say } = useVoice();
  const { halves, lengths } = pictureOf(state);
  return (
    <section className="hero">
      <div className="wrap">
        <div className="row">
          <div className="f">
            <h1>
              <Phrases text={say("hero.title")} />
            </h1>
            <div className="halves">
              <p className="cap">{say("hero.yourHalf")}</p>
              <div className="drop">
                <div className={halves === "open" ? "ghosts" : "ghosts lit"} aria-hidden="true">
                  <Bars lengths={lengths} />
                </div>
                <div className="txt">
                  <DropText desk={desk} state={state} />
                </div>
              </div>
            </div>
          </div>
          <div className="p">
            <div className="halves">
              <p className="cap">{say("hero.ledgerHalf")}</p>
              <LedgerHalf halves={halves} lengths={lengths} />
            </div>
          </div>
        </div>
      </div>
    </section>
  );
}

function pictureOf({ work, justEntered, deposits }: DeskState): { halves: Halves; lengths: readonly number[] } {
  const prepared = work.kind === "ready" ? work.files[0] : undefined;
  if (prepared) return { halves: "left", lengths: tallyLengths(toHex(prepared.identity.sha256), BARS) };
  const newest = deposits[0];
  if (newest && work.kind === "entering") return { halves: "left", lengths: tallyLengths(newest.sha256, BARS) };
  const isShown = newest?.result?.verdict === "accepted" && justEntered !== undefined && work.kind === "idle";
  return isShown
    ? { halves: "both", lengths: tallyLengths(newest.sha256, BARS) }
    : { halves: "open", lengths: AT_REST };
}

function Bars({ lengths }: { readonly lengths: readonly number[] }) {
  return (
    <>
      {lengths.map((length, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars have an order and nothing else
        <i key={`${index}-${length}`} style={{ "--n": length } as CSSProperties} />
      ))}
    </>
  );
}

function LedgerHalf({ halves, lengths }: { readonly halves: Halves; readonly lengths: readonly number[] }) {
  const { say } = useVoice();
  if (halves !== "open") {
    return (
      <div className={halves === "both" ? "ledgerhalf meets" : "ledgerhalf waits"} aria-hidden="true">
        <Bars lengths={lengths} />
      </div>
    );
  }
  const names = new Map([
    [1, say("hero.sealed")],
    [3, say("hero.signer")],
    [4, say("hero.time")],
    [6, say("hero.rule")],
    [10, say("hero.votes")],
  ]);
  return (
    <div className="ledgerhalf">
      {lengths.map((length, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars have an order and nothing else
        <i key={index} style={{ "--n": length } as CSSProperties}>
          {names.get(index)}
        </i>
      ))}
    </div>
  );
}

function DropText({ desk, state }: { readonly desk: Desk; readonly state: DeskState }) {
  const voice = useVoice();
  const { say } = voice;
  const { work, justEntered } = state;
  const take = (files: readonly File[]): void => void desk.take(files);
  if (work.kind === "fingerprinting") {
    return (
      <Text {...countingIn(work.counted, voice)}>
        <button className="b two" type="button" onClick={desk.setAside}>
          {say("drop.stop")}
        </button>
      </Text>
    );
  }
  if (work.kind === "ready") {
    const { length } = work.files;
    return (
      <Text
        big={say(length === 1 ? "drop.readyOne" : "drop.readyMany", { count: length })}
        soft={say("drop.readyLead")}
      >
        <FileButton isSecond onFiles={take}>
          {say("drop.more")}
        </FileButton>
      </Text>
    );
  }
  if (work.kind === "entering") {
    const lead = work.stage.kind === "keeping" ? "step.keepingLead" : "drop.enteringLead";
    return <Text big={say("drop.entering")} soft={say(lead)} />;
  }
  if (justEntered !== undefined) {
    const { refused } = justEntered;
    const lead = refused > 0 ? say("drop.refused", { count: refused }) : say("drop.doneLead");
    return (
      <Text big={enteredInWords(justEntered, say)} soft={lead}>
        <FileButton onFiles={take}>{say("drop.more")}</FileButton>
      </Text>
    );
  }
  return (
    <Text big={<Invitation />} soft={say("drop.lead")}>
      <FileButton onFiles={take}>{say("drop.choose")}</FileButton>
      <a className="b two" href="#check">
        {say("drop.check")}
      </a>
    </Text>
  );
}

/** How many files the last signature entered. */
export function enteredInWords({ accepted }: { readonly accepted: number }, say: Say): string {
  if (accepted === 0) return say("drop.noneDone");
  return say(accepted === 1 ? "drop.doneOne" : "drop.doneMany", { count: accepted });
}

function Invitation() {
  const { say } = useVoice();
  return (
    <>
      <span className="wide whenfar">
        <Phrases text={say("drop.title")} />
      </span>
      <span className="slim">{say("drop.short")}</span>
      <span className="wide whenover">
        <Phrases text={say("drop.over")} />
      </span>
    </>
  );
}

function countingIn(
  { files, ofFiles, bytes, ofBytes }: { files: number; ofFiles: number; bytes: number; ofBytes: number },
  { language, say }: Voice,
) {
  const counts = { files: counted(files), ofFiles: counted(ofFiles) };
  const sizes = { bytes: sizeText(bytes, language), ofBytes: sizeText(ofBytes, language) };
  return { big: say("drop.counting", counts), soft: say("drop.bytes", sizes) };
}

function Text({
  big,
  soft,
  children,
}: {
  readonly big: ReactNode;
  readonly soft: string;
  readonly children?: ReactNode;
}) {
  return (
    <>
      <p className="big">{big}</p>
      <p className="soft">{soft}</p>
      {children !== undefined && <div className="acts">{children}</div>}
    </>
  );
}
