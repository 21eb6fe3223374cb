import type { CommandHost, VerdictRow } from "@acta/sdk";
import { evidence } from "../evidence.ts";
import wording from "../zh.json" with { type: "json" };

/** Most refusals that are named one by one. */
const NAMED = 10;

/** Says what came of the calls, in the person's language. Exit code 0 when all were accepted, 1 otherwise. */
export function report(host: CommandHost, rows: readonly VerdictRow[], skipped: number): number {
  const refused = rows.filter(({ verdict }) => verdict !== "accepted");
  const accepted = rows.length - refused.length;
  host.result({ accepted, refused: refused.length, skipped, rows: rows.slice(0, 1000) });
  const words = WORDS[host.language];
  host.say(words.done(accepted, skipped));
  for (const { file, reason } of refused.slice(0, NAMED))
    host.say(words.refused(file, reason, sentenceOf(reason, host.language)));
  if (refused.length > NAMED) host.say(words.more(refused.length - NAMED));
  return refused.length === 0 ? 0 : 1;
}

const WORDS = {
  en: {
    done: (accepted: number, skipped: number) =>
      `${accepted} accepted${skipped > 0 ? `, ${skipped} done before` : ""}.`,
    refused: (file: string, reason: string, sentence: string) =>
      `Refused: ${file}: ${`${sentence} (${reason})`.trimStart()}`,
    more: (count: number) => `… and ${count} more refused: see verdicts.csv.`,
  },
  zh: {
    done: (accepted: number, skipped: number) =>
      `已接受 ${accepted} 件${skipped > 0 ? `，此前已完成 ${skipped} 件` : ""}。`,
    refused: (file: string, reason: string, sentence: string) => `被拒绝：${file}：${sentence}（${reason}）`,
    more: (count: number) => `……还有 ${count} 件被拒绝：见 verdicts.csv。`,
  },
} as const;

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
