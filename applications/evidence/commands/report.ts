import type { CommandHost, VerdictRow } from "@acta/sdk";
import { evidence } from "../evidence.ts";
import wording from "../zh.json" with { type: "json" };
import { sayIn } from "./words.ts";

/** Most refusals that are named one by one. */
const NAMED = 10;

/** Says what came of the calls, in the person's language. Exit code 0 when all were accepted, 1 otherwise. */
export function report(host: CommandHost, rows: readonly VerdictRow[], skipped: number): number {
  const refused = rows.filter(({ verdict }) => verdict !== "accepted");
  const accepted = rows.length - refused.length;
  host.result({ accepted, refused: refused.length, skipped, rows: rows.slice(0, 1000) });
  const say = sayIn(host);
  host.say(say(skipped > 0 ? "done.acceptedBefore" : "done.accepted", { count: accepted, skipped }));
  for (const { file, reason } of refused.slice(0, NAMED)) {
    const sentence = sentenceOf(reason, host.language);
    host.say(say(sentence === "" ? "done.refusedByCode" : "done.refused", { file, reason, sentence }));
  }
  if (refused.length > NAMED) host.say(say("done.more", { count: refused.length - NAMED }));
  return refused.length === 0 ? 0 : 1;
}

/** The sentence that the contract has for a reason such as `evidence/held-by-court`; empty where it is the ledger's own. */
function sentenceOf(reason: string, language: "zh" | "en"): string {
  const [contract, code = ""] = reason.split("/");
  if (contract !== evidence.name) return "";
  const chinese: Readonly<Record<string, string>> = wording;
  for (const [action, { refusals }] of Object.entries(evidence.actions)) {
    const english = (refusals as Readonly<Record<string, string>>)[code];
    if (english === undefined) continue;
    return language === "zh" ? (chinese[`${evidence.name}.${action}.refusals.${code}`] ?? english) : english;
  }
  return "";
}
