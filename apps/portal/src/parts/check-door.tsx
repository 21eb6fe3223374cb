import { useVoice } from "./voice.ts";

/** The way to the verifier, and to what it needs when this site is away. */
export function CheckDoor() {
  const { say } = useVoice();
  return (
    <section className="row" id="check" aria-labelledby="check-heading">
      <div className="f sec">
        <h2 id="check-heading">{say("check.title")}</h2>
        <p>{say("check.lead")}</p>
        <div className="acts">
          <a className="b two" href="/verifier.html">
            {say("check.open")}
          </a>
        </div>
      </div>
      <div className="p">
        <h3>{say("check.offline")}</h3>
        <p>{say("check.offlineText")}</p>
        <p>
          <a href="/verifier.html" download="verifier.html">
            {say("check.save")}
          </a>
        </p>
        <p>
          <a href="/v1/trust" download>
            {say("check.trust")}
          </a>
        </p>
      </div>
    </section>
  );
}
