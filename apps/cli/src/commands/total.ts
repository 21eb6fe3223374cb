import { totalToJson } from "@acta/contract";
import { type Command, CommandError, dayFromText, readTotal } from "@acta/sdk";
import { type FindContract, findContract } from "../contracts.ts";
import { totalLines } from "../total-words.ts";
import { keepProof, provedOrNot, readerPowers, verifiedLine } from "../verified.ts";

/** `acta total`: a count and its sums, verified. Contracts are those of the release; tests bring others. */
export const totalCommandOf = (find: FindContract): Command => ({
  name: "total",
  summary: "Read a count and its sums, now or of a past day, verified.",
  usage: "CONTRACT TOTAL [PATH] [--day YYYY-MM-DD] [--out FILE] [--trust FILE]",
  help: "PATH is a place such as 44/03; without one the total is of everything. --day asks for the end of that day in the ledger's zone. The state proof is verified before anything is shown, under --trust or else under the node's own trust file; --out keeps it, and acta verify reads it.",
  options: {
    day: { meaning: "DAY      the end of this day, such as 2026-11-21" },
    out: { meaning: "FILE     keep the state proof's bytes" },
    trust: { meaning: "FILE     the trust file to verify under" },
  },
  async run(host, [contract, total, path = ""], { day, trust, ...options }) {
    if (contract === undefined || total === undefined)
      throw new CommandError("Say which: acta total CONTRACT TOTAL [PATH]");
    const definition = await find(contract);
    if (!Object.hasOwn(definition.totals, total)) throw noTotal(contract, Object.keys(definition.totals));
    const ofDay = day === undefined ? undefined : dayFromText(day);
    return provedOrNot(host, async () => {
      const read = await readTotal(definition, total, path, readerPowers(host, trust), ofDay);
      const { height, settled, proof, ...value } = read;
      keepProof(host, options, proof);
      const of = { contract, total, path, ...(day !== undefined && { day, settled }) };
      host.result({ verdict: "valid", ...of, ...totalToJson(definition, total, value), height });
      const words = WORDS[host.language];
      const when = day === undefined ? words.now : settled ? words.dayEnd(day) : words.soFar(day);
      host.say(`${contract}.${total} ${path === "" ? words.everything : words.under(path)}${when}`);
      for (const line of totalLines(definition, total, value)) host.say(`  ${line}`);
      host.say(verifiedLine(height, host.language));
      return 0;
    });
  },
});

/** `acta total` over the contracts of this release. */
export const totalCommand = totalCommandOf(findContract);

const WORDS = {
  en: {
    everything: "of everything",
    under: (path: string) => `under ${path}`,
    now: ", now",
    dayEnd: (day: string) => `, at the end of ${day}`,
    soFar: (day: string) => `, so far: for this ledger ${day} is not over`,
  },
  zh: {
    everything: "全部",
    under: (path: string) => `路径 ${path}`,
    now: "，现在",
    dayEnd: (day: string) => `，${day} 日终`,
    soFar: (day: string) => `，截至目前：对这本账来说，${day} 还没有过完`,
  },
} as const;

function noTotal(contract: string, totals: readonly string[]): CommandError {
  const there = totals.length === 0 ? "It keeps none." : `It has: ${totals.join(", ")}.`;
  return new CommandError(`${contract} has no total of that name. ${there}`);
}
