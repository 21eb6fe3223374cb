import { toHex } from "@acta/sdk";
import type { Fit } from "@acta/ui";
import { counted } from "@acta/ui";
import { useEffect, useState } from "react";
import { shortHex, sizeText } from "../amounts.ts";
import type { Describing } from "../desk/description.ts";
import type { Desk } from "../desk/desk.ts";
import type { DeskState, Work } from "../desk/state.ts";
import type { Say } from "../words.ts";
import { FileButton } from "./file-button.tsx";
import { Mark } from "./mark.tsx";
import { useVoice } from "./voice.ts";

type Ready = Extract<Work, { kind: "ready" }>;
type Entering = Extract<Work, { kind: "entering" }>;

/** The step at which something is signed, across the seam; while it is entered, how far it is. */
export function Signing({ desk, state: { work } }: { readonly desk: Desk; readonly state: DeskState }) {
  // Kept here, so that it is still there when signing failed.
  const [description, describe] = useState("");
  const isOver = work.kind === "idle";
  useEffect(() => {
    if (isOver) describe("");
  }, [isOver]);
  if (work.kind === "ready") return <BeforeSigning {...{ desk, work, description, describe }} />;
  return work.kind === "entering" ? <Steps stage={work.stage} /> : null;
}

type BeforeSigningProps = {
  readonly desk: Desk;
  readonly work: Ready;
  readonly description: string;
  readonly describe: (description: string) => void;
};

function BeforeSigning({ desk, work, description, describe }: BeforeSigningProps) {
  const { say } = useVoice();
  const count = work.files.length;
  return (
    <section className="row signing" aria-labelledby="sign-heading">
      <form
        className="f"
        onSubmit={(event) => {
          event.preventDefault();
          void desk.sign(description.trim());
        }}
      >
        <h2 id="sign-heading" tabIndex={-1}>
          {say(count === 1 ? "sign.titleOne" : "sign.titleMany", { count })}
        </h2>
        <ol className="effects">
          <li>{say("sign.effect1")}</li>
          <li>{say("sign.effect2")}</li>
          <li>{say("sign.effect3")}</li>
        </ol>
        <Files work={work} />
        <label htmlFor="description">{say("sign.description")}</label>
        <p className="hint" id="description-hint">
          {say("sign.descriptionHint")}
        </p>
        <input
          id="description"
          type="text"
          maxLength={500}
          aria-describedby="description-hint"
          value={description}
          onChange={({ target }) => describe(target.value)}
        />
        <DescriptionFile desk={desk} work={work} />
        <div className="acts">
          <button className="b" type="submit" disabled={work.description?.kind === "refused"}>
            {say(count === 1 ? "sign.doOne" : "sign.doMany", { count })}
          </button>
          <button className="b two" type="button" onClick={desk.setAside}>
            {say("sign.notNow")}
          </button>
        </div>
      </form>
      <div className="p">
        <span className="ride">
          <Mark fit="waits" />
        </span>
        <h3>{say("sign.once")}</h3>
        <p className="once">{say("sign.onceText")}</p>
        <h3>{say("sign.who")}</h3>
        <p>{say("sign.whoText")}</p>
        <p>{say("sign.takenBack")}</p>
      </div>
    </section>
  );
}

/** The document that describes the files, if there is one: chosen, named, or refused with the reason beside it. */
function DescriptionFile({ desk, work: { description } }: { readonly desk: Desk; readonly work: Ready }) {
  const { say } = useVoice();
  return (
    <div className="field">
      <p className="label">{say("sign.document")}</p>
      <p className="hint" id="document-hint">
        {say("sign.documentHint")}
      </p>
      {description?.kind === "refused" && (
        <p className="err" role="alert">
          {refusalInWords(description, say)}
        </p>
      )}
      {description?.kind === "taken" && <p>{say("sign.documentTaken", { name: description.file.name })}</p>}
      <div className="acts">
        <FileButton
          isSecond
          isSingle
          describedBy="document-hint"
          onFiles={([file]) => file && void desk.describe(file)}
        >
          {say(description === undefined ? "sign.documentChoose" : "sign.documentOther")}
        </FileButton>
        {description !== undefined && (
          <button className="b two" type="button" onClick={() => void desk.describe(undefined)}>
            {say("sign.documentNone")}
          </button>
        )}
      </div>
    </div>
  );
}

function refusalInWords({ name, refusal }: Extract<Describing, { kind: "refused" }>, say: Say): string {
  const { code, line } = refusal;
  if (code === "not-json" && line !== undefined) return say("describe.brokenAt", { name, line });
  return say(REFUSED[code], { name });
}

const REFUSED = {
  "too-large": "describe.tooLarge",
  "not-text": "describe.notText",
  "not-json": "describe.broken",
  "not-case": "describe.notCase",
} as const;

const NAMED = 8;

function Files({ work: { files, unread } }: { readonly work: Ready }) {
  const { language, say } = useVoice();
  const rest = files.length - NAMED;
  return (
    <>
      <ul className="list prepared" aria-label={say("sign.files")}>
        {files.slice(0, NAMED).map(({ name, identity }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be there twice
          <li key={index}>
            <b>{name}</b> <span className="soft nb">{sizeText(identity.size, language)}</span>
            <span className="hex faint" title={say("sign.fingerprint")}>
              {shortHex(toHex(identity.sha256), 24)}
            </span>
          </li>
        ))}
        {rest > 0 && <li className="soft">{say("sign.andMore", { count: rest })}</li>}
      </ul>
      {unread.length > 0 && <p className="due st">{say("sign.unread", { names: unread.join(", ") })}</p>}
    </>
  );
}

function Steps({ stage }: { readonly stage: Entering["stage"] }) {
  const { say } = useVoice();
  const steps = [
    { at: "keeping", text: say("step.keeping") },
    { at: "sending", text: say("step.sending") },
    { at: "proving", text: say("step.proving") },
  ];
  const at = steps.findIndex((step) => step.at === stage.kind);
  return (
    <section className="row signing" aria-labelledby="sign-heading">
      <div className="f">
        <h2 id="sign-heading" tabIndex={-1}>
          {say("step.title")}
        </h2>
        <ol className="steps">
          {steps.map(({ at: step, text }, order) => (
            <Step key={step} text={text} order={order - at} stage={stage} />
          ))}
        </ol>
      </div>
      <div className="p">
        <span className="ride">
          <Mark fit="waits" />
        </span>
        <p>{say("step.proof")}</p>
      </div>
    </section>
  );
}

// Order: before 0 it is done, at 0 under way, after 0 to come.
function Step({ text, order, stage }: { text: string; order: number; stage: Entering["stage"] }) {
  const { say } = useVoice();
  const { done, count } = stage;
  const counts = { done: counted(done), count: counted(count) };
  const [fit, word]: [Fit, string] =
    order < 0 ? ["meets", say("step.done")] : order === 0 ? ["waits", say("step.now")] : ["notYet", say("step.later")];
  return (
    <li aria-current={order === 0 ? "step" : undefined}>
      <span className={order < 0 ? "st valid" : "st wait"}>
        <Mark fit={fit} />
        <span>{word}</span>
      </span>
      <span>
        {text}
        {order === 0 && count > 1 && <b className="nb"> {say("step.counted", counts)}</b>}
      </span>
    </li>
  );
}
