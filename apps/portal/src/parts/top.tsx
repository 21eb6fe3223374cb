import type { StatusAnswer } from "@acta/sdk";
import type { Preferences } from "@acta/ui";
import { BrandMark } from "./mark.tsx";
import { useVoice } from "./voice.ts";

type TopProps = {
  readonly status: StatusAnswer | undefined;
  readonly preferences: Preferences;
  readonly prefer: (preferences: Preferences) => void;
};

/** Where am I, and how do I want it. */
export function Top({ status, preferences, prefer }: TopProps) {
  const { say } = useVoice();
  return (
    <header className="top">
      <div className="wrap">
        <div className="row">
          <div className="f">
            <a className="brand" href="/">
              <BrandMark />
              <span>Acta</span>
              {status !== undefined && <small>{status.name}</small>}
            </a>
            <nav className="nav" aria-label={say("nav.label")}>
              <a href="/" aria-current="page">
                {say("nav.home")}
              </a>
              <a href="#deposits">{say("nav.deposits")}</a>
              <a href="/verifier.html">{say("nav.check")}</a>
            </nav>
          </div>
          <div className="p">
            <LedgerKind status={status} />
            <Switches preferences={preferences} prefer={prefer} />
          </div>
        </div>
      </div>
    </header>
  );
}

function LedgerKind({ status }: Pick<TopProps, "status">) {
  const { say } = useVoice();
  if (status?.flags.demo) return <span className="sample small soft">{say("page.demo")}</span>;
  return status?.flags.development ? <span className="sample small soft">{say("page.development")}</span> : null;
}

function Switches({ preferences, prefer }: Pick<TopProps, "preferences" | "prefer">) {
  const { language, say } = useVoice();
  const { isLarge } = preferences;
  const speak = (chosen: "zh" | "en") => () => prefer({ ...preferences, language: chosen });
  return (
    <>
      <fieldset className="sw" aria-label={say("page.language")}>
        <button type="button" lang="zh-Hans" aria-pressed={language === "zh"} onClick={speak("zh")}>
          中文
        </button>
        <button type="button" lang="en" aria-pressed={language === "en"} onClick={speak("en")}>
          EN
        </button>
      </fieldset>
      <span className="sw">
        <button type="button" aria-pressed={isLarge} onClick={() => prefer({ ...preferences, isLarge: !isLarge })}>
          {say("page.large")}
        </button>
      </span>
    </>
  );
}
