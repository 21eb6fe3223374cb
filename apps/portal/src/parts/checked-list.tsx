import { explain, type Verdict } from "@acta/protocol";
import type { Fit } from "@acta/ui";
import { counted, dayAndTime } from "@acta/ui";
import type { Checked } from "../desk/check-files.ts";
import type { Word } from "../words.ts";
import { Mark } from "./mark.tsx";
import { useVoice } from "./voice.ts";

/** How a verdict looks, and its word. */
type Look = { readonly fit: Fit; readonly colour: "valid" | "wrong" | "due" | "past"; readonly word: Word };

/** The verdicts on slips that were put in, on the spot. */
export function CheckedList({ checked }: { readonly checked: readonly Checked[] }) {
  const { say } = useVoice();
  const [first] = checked;
  if (first === undefined) return null;
  const { fit, colour } = lookOf(first);
  return (
    <section className="row" aria-labelledby="checked-heading">
      <div className="f sec">
        <h2 id="checked-heading" tabIndex={-1}>
          {say("checked.title")}
        </h2>
        <ul className="list">
          {checked.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two slips may have one name
            <CheckedSlip key={index} checked={each} />
          ))}
        </ul>
      </div>
      <div className="p">
        <span className={`ride ${colour}`}>
          <Mark fit={fit} />
        </span>
        <h3>{say("checked.under")}</h3>
        <p>{say("checked.underText")}</p>
        <p>
          <a href="/verifier.html">{say("checked.more")}</a>
        </p>
      </div>
    </section>
  );
}

function CheckedSlip({ checked }: { readonly checked: Checked }) {
  const { language, say } = useVoice();
  const { name, verdict, original } = checked;
  const { fit, colour, word } = lookOf(checked);
  const { noLaterThan, height } = verdict;
  const isEntered = verdict.verdict === "valid" && noLaterThan !== undefined && height !== undefined;
  const seconds = (noLaterThan?.seconds ?? 0) + (noLaterThan?.nanoseconds ? 1 : 0);
  return (
    <li className={colour}>
      <p className="verdict">
        <Mark fit={fit} /> {say(word)}
      </p>
      <p>
        <b>{name}</b>{" "}
        {original !== undefined && <span className="soft">{say("checked.with", { name: original })}</span>}
      </p>
      {isEntered && (
        <p>{say("checked.entered", { time: dayAndTime(seconds, language), height: counted(height ?? 0) })}</p>
      )}
      <Remark checked={checked} />
    </li>
  );
}

function Remark({ checked }: { readonly checked: Checked }) {
  const { language, say } = useVoice();
  const { verdict } = checked;
  if (verdict.verdict === "valid") {
    if (isRefusal(verdict)) return <p>{say("checked.refusedText")}</p>;
    if (isDescription(checked)) return <p>{say("checked.sameDescriptionText")}</p>;
    return verdict.file === "not-asked" ? <p>{say("checked.notComparedText")}</p> : null;
  }
  const { meaning, remedy } = explain(verdict.reason, language);
  return <p>{[meaning, remedy].join(language === "en" ? " " : "")}</p>;
}

function lookOf(checked: Checked): Look {
  const { verdict } = checked;
  if (verdict.verdict === "cannot-tell") return { fit: "unknown", colour: "due", word: "checked.cannotTell" };
  if (verdict.verdict === "not-valid") {
    if (verdict.file === "different") return { fit: "misses", colour: "wrong", word: "checked.wrongFile" };
    return { fit: "broken", colour: "wrong", word: "checked.notValid" };
  }
  if (isRefusal(verdict)) return { fit: "stopped", colour: "wrong", word: "checked.refused" };
  if (isDescription(checked)) return { fit: "waits", colour: "past", word: "checked.sameDescription" };
  if (verdict.file === "same") return { fit: "meets", colour: "valid", word: "checked.same" };
  if (verdict.file === "not-asked") return { fit: "waits", colour: "past", word: "checked.notCompared" };
  return { fit: "meets", colour: "valid", word: "checked.valid" };
}

/** Whether what was compared is not the deposited file, but the document that describes it. */
function isDescription({ verdict, place }: Checked): boolean {
  return verdict.file === "same" && place === "descriptionFile";
}

function isRefusal({ outcome }: Verdict): boolean {
  return outcome !== undefined && outcome.verdict !== "accepted";
}
