import { useVoice } from "./voice.ts";

/** What the ledger does not prove, said on the page where it is used. */
export function Limits() {
  const { say } = useVoice();
  return (
    <section className="row" aria-labelledby="limits-heading">
      <div className="f sec">
        <h2 id="limits-heading">{say("limits.title")}</h2>
        <ul className="list">
          <li>{say("limits.true")}</li>
          <li>{say("limits.other")}</li>
          <li>{say("limits.judge")}</li>
        </ul>
      </div>
      <div className="p">
        <h3>{say("limits.privacy")}</h3>
        <p>{say("limits.privacyText")}</p>
      </div>
    </section>
  );
}
