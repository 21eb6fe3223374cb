import { counted, dayAndTime, zoneText } from "@acta/ui";
import { shortHex, sizeText } from "../amounts.ts";
import type { Desk } from "../desk/desk.ts";
import type { StoredDeposit } from "../desk/memory.ts";
import type { DeskState } from "../desk/state.ts";
import { saveSlip, saveSlips } from "../save-slips.ts";
import { Mark } from "./mark.tsx";
import { useVoice } from "./voice.ts";

/** Rows shown at most; saving all saves every one. */
const SHOWN = 100;

/** What this browser has deposited, each with what came of it and its slip. */
export function Deposits({ desk, state }: { readonly desk: Desk; readonly state: DeskState }) {
  const { say } = useVoice();
  return (
    <section className="row" id="deposits" aria-labelledby="deposits-heading">
      <div className="f sec">
        <h2 id="deposits-heading" tabIndex={-1}>
          {say("deposits.title")}
        </h2>
        {state.deposits.length === 0 ? (
          <p className="soft">{say("deposits.empty")}</p>
        ) : (
          <DepositTable desk={desk} state={state} />
        )}
        {state.elsewhere > 0 && <p className="soft small">{say("deposits.elsewhere", { count: state.elsewhere })}</p>}
      </div>
      <div className="p">
        {state.deposits.some(({ result }) => result?.verdict === "accepted") && (
          <span className="ride valid">
            <Mark fit="meets" />
          </span>
        )}
        <h3>{say("deposits.whySlip")}</h3>
        <p>{say("deposits.whySlipText")}</p>
        <p>{say("deposits.keep")}</p>
        {state.deposits.some(isProved) && (
          <>
            <p>{say("deposits.verifiedHere")}</p>
            <p>{say("deposits.zone", { zone: zoneText(Date.now() / 1000) })}</p>
          </>
        )}
      </div>
    </section>
  );
}

function DepositTable({ desk, state: { deposits, work } }: { readonly desk: Desk; readonly state: DeskState }) {
  const { say } = useVoice();
  const shown = deposits.slice(0, SHOWN);
  const count = counted(deposits.length);
  return (
    <>
      <BatchActions desk={desk} deposits={deposits} isBusy={work.kind === "entering"} />
      <table className="stack deposits">
        <thead>
          <tr>
            <th scope="col">{say("deposits.file")}</th>
            <th scope="col">{say("deposits.entry")}</th>
            <th className="n" scope="col">
              {say("deposits.slip")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((each) => (
            <Row key={each.deposit} desk={desk} deposit={each} />
          ))}
        </tbody>
      </table>
      {shown.length < deposits.length && (
        <p className="soft">{say("deposits.shown", { shown: shown.length, count })}</p>
      )}
    </>
  );
}

function BatchActions({
  desk,
  deposits,
  isBusy,
}: {
  readonly desk: Desk;
  readonly deposits: readonly StoredDeposit[];
  readonly isBusy: boolean;
}) {
  const { say } = useVoice();
  const proved = deposits.filter(isProved);
  const unsaved = proved.filter(({ isSaved }) => !isSaved);
  const waiting = deposits.filter(isWaiting).length;
  return (
    <div className="acts batch">
      {unsaved.length > 0 && unsaved.length < proved.length && (
        <button className="b" type="button" onClick={() => void saveSlips(desk, unsaved)}>
          {say("deposits.saveNew", { count: unsaved.length })}
        </button>
      )}
      {proved.length > 1 && (
        <button
          className={unsaved.length === proved.length ? "b" : "b two"}
          type="button"
          onClick={() => void saveSlips(desk, proved)}
        >
          {say("deposits.saveAll", { count: proved.length })}
        </button>
      )}
      {waiting > 0 && !isBusy && (
        <button className="b two" type="button" onClick={() => void desk.goOn()}>
          {say("deposits.goOn", { count: waiting })}
        </button>
      )}
      {proved.length > 0 && unsaved.length === 0 && <span className="soft">{say("deposits.allSaved")}</span>}
    </div>
  );
}

function Row({ desk, deposit }: { readonly desk: Desk; readonly deposit: StoredDeposit }) {
  const { language, say } = useVoice();
  const { name, size, sha256, description, isSaved } = deposit;
  return (
    <tr>
      <th scope="row">
        <span className="name">{name}</span>
        <span className="soft small">{sizeText(size, language)}</span>
        <span className="hex faint small" title={say("sign.fingerprint")}>
          {shortHex(sha256, 16)}
        </span>
        {description !== undefined && (
          <span className="soft small described">{say("deposits.described", { name: description })}</span>
        )}
      </th>
      <td>
        <Entry deposit={deposit} />
      </td>
      <td className="n">
        {deposit.turnedAway !== undefined && (
          <button
            className="b two s"
            type="button"
            aria-label={say("deposits.forgetFor", { name })}
            onClick={() => void desk.forget([deposit.deposit])}
          >
            {say("deposits.forget")}
          </button>
        )}
        {isProved(deposit) && (
          <button
            className="b two s"
            type="button"
            aria-label={say(isSaved ? "deposits.saveAgainFor" : "deposits.saveFor", { name })}
            onClick={() => void saveSlip(desk, deposit)}
          >
            {say(isSaved ? "deposits.saveAgain" : "deposits.save")}
          </button>
        )}
      </td>
    </tr>
  );
}

function Entry({ deposit: { result, turnedAway } }: { readonly deposit: StoredDeposit }) {
  const { language, say } = useVoice();
  if (turnedAway !== undefined) {
    return (
      <>
        <Status look="wrong" fit="stopped" word={say("deposits.turnedAway")} />
        <span>{turnedAway[language]}</span>
        <span className="soft small">{say("deposits.turnedAwayText")}</span>
      </>
    );
  }
  if (result === undefined) {
    return (
      <>
        <Status look="wait" fit="waits" word={say("deposits.waiting")} />
        <span className="soft small">{say("deposits.waitingText")}</span>
      </>
    );
  }
  const entered = { time: dayAndTime(result.noLaterThan, language), height: counted(result.height) };
  const at = <span className="soft small">{say("deposits.acceptedAt", entered)}</span>;
  if (result.verdict === "accepted") {
    return (
      <>
        <Status look="valid" fit="meets" word={say("deposits.accepted")} />
        {at}
      </>
    );
  }
  const reason = result.refusal?.[language] ?? say("deposits.undoneText");
  return (
    <>
      <Status look="wrong" fit="stopped" word={say(result.refusal ? "deposits.refused" : "deposits.undone")} />
      <span>{reason}</span>
      {at}
    </>
  );
}

function Status({ look, fit, word }: { look: string; fit: "meets" | "waits" | "stopped"; word: string }) {
  return (
    <span className={`st ${look}`}>
      <Mark fit={fit} />
      <span>{word}</span>
    </span>
  );
}

function isWaiting({ result, turnedAway }: StoredDeposit): boolean {
  return result === undefined && turnedAway === undefined;
}

function isProved({ result }: StoredDeposit): boolean {
  return result !== undefined;
}
