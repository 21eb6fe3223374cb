import { grouped } from "@acta/ui";
import type { DeskState } from "../desk/state.ts";
import { useVoice } from "./voice.ts";

/** Where the key is that signs, and what it means to lose it. */
export function KeyRow({ deviceKey }: { readonly deviceKey: DeskState["key"] }) {
  const { say } = useVoice();
  return (
    <section className="row" aria-labelledby="key-heading">
      <div className="f sec">
        <h2 id="key-heading">{say("key.title")}</h2>
        {deviceKey === undefined ? (
          <p>{say("key.none")}</p>
        ) : (
          <>
            <p>{say(deviceKey.kind === "guarded" ? "key.guarded" : "key.kept")}</p>
            <dl className="kv">
              <dt>{say("key.party")}</dt>
              <dd className="hex">{grouped(deviceKey.party)}</dd>
            </dl>
          </>
        )}
      </div>
      <div className="p">
        <h3>{say("key.lost")}</h3>
        <p>{say("key.lostText")}</p>
      </div>
    </section>
  );
}
