import type { StatusAnswer } from "@acta/sdk";
import { counted, dayAndTime } from "@acta/ui";
import { useVoice } from "./voice.ts";

/** The ledger's own line: where it stands, whether it is for trying out, and the doors for programs. */
export function Foot({ status }: { readonly status: StatusAnswer | undefined }) {
  const { say } = useVoice();
  return (
    <footer className="foot">
      <div className="wrap">
        <div className="row">
          <div className="f">
            <ul>
              <li>
                <a href="/openapi.json">{say("foot.interface")}</a>
              </li>
              <li>
                <a href="/v1/status">{say("foot.status")}</a>
              </li>
              <li>
                <a href="/verifier.html">{say("check.open")}</a>
              </li>
            </ul>
          </div>
          <div className="p">{status === undefined ? <p>{say("foot.away")}</p> : <LedgerLine status={status} />}</div>
        </div>
      </div>
    </footer>
  );
}

function LedgerLine({ status }: { readonly status: StatusAnswer }) {
  const { language, say } = useVoice();
  const { name, height, nowSeconds, state, flags } = status;
  return (
    <>
      <p>
        <b>{name}</b> · <span className="nb">{say("foot.block", { height: counted(height) })}</span>
      </p>
      <p>{say("foot.time", { time: dayAndTime(nowSeconds, language) })}</p>
      {state !== "running" && <p className="st due">{say("foot.stopped")}</p>}
      {flags.demo && <p>{say("foot.demo")}</p>}
      {flags.development && !flags.demo && <p>{say("foot.development")}</p>}
    </>
  );
}
