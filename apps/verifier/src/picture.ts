import type { Verdict } from "@acta/protocol";
import type { Picture } from "./tally.ts";
import type { Word } from "./words.ts";

/** What colour speaks: it never speaks alone. */
export type Tone = "valid" | "wrong" | "due" | "wait";

/** A verdict as it is drawn and named. */
export type Sign = { readonly word: Word; readonly picture: Picture; readonly tone: Tone };

/** All signs that a verdict can have. */
export const SIGNS = {
  valid: { word: "verdict.valid", picture: "meets", tone: "valid" },
  refused: { word: "verdict.refused", picture: "stopped", tone: "wrong" },
  undone: { word: "verdict.undone", picture: "stopped", tone: "wrong" },
  differs: { word: "verdict.differs", picture: "misses", tone: "wrong" },
  noFile: { word: "verdict.noFile", picture: "misses", tone: "wrong" },
  altered: { word: "verdict.altered", picture: "broken", tone: "wrong" },
  unreadable: { word: "verdict.unreadable", picture: "unknown", tone: "due" },
  unknownLedger: { word: "verdict.unknownLedger", picture: "unknown", tone: "due" },
  unproved: { word: "verdict.unproved", picture: "dotted", tone: "due" },
  clock: { word: "verdict.clock", picture: "dotted", tone: "due" },
  noTrust: { word: "verdict.noTrust", picture: "notYet", tone: "wait" },
  badTrust: { word: "verdict.badTrust", picture: "notYet", tone: "wait" },
} as const satisfies Record<string, Sign>;

/** The name of a sign. */
export type SignName = keyof typeof SIGNS;

/** The sign of a verdict. A genuine receipt of a refusal is not called valid: people would read it as a yes. */
export function signOf({ verdict, reason, outcome, ledgerAction }: Verdict): SignName {
  switch (reason) {
    case "valid":
      return verdictOf(outcome?.verdict ?? ledgerAction?.verdict);
    case "wrong-file":
      return "differs";
    case "no-file":
      return "noFile";
    case "unknown-version":
      return "unreadable";
    case "unknown-ledger":
      return "unknownLedger";
    case "no-trust-file":
      return "noTrust";
    case "trust-file-malformed":
      return "badTrust";
    case "no-clock":
    case "header-in-future":
      return "clock";
    default:
      return verdict === "not-valid" ? "altered" : "unproved";
  }
}

function verdictOf(outcome: "accepted" | "refused" | "undone" | undefined): SignName {
  return outcome === undefined || outcome === "accepted" ? "valid" : outcome;
}
