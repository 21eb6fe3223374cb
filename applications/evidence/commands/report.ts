import type { CommandHost, VerdictRow } from "@acta/sdk";

/** Most refusals that are named one by one. */
const NAMED = 10;

/** Says what came of the calls. Exit code 0 when all were accepted, 1 otherwise. */
export function report(host: CommandHost, rows: readonly VerdictRow[], skipped: number): number {
  const refused = rows.filter(({ verdict }) => verdict !== "accepted");
  const accepted = rows.length - refused.length;
  host.result({ accepted, refused: refused.length, skipped, rows: rows.slice(0, 1000) });
  host.say(`${accepted} accepted${skipped > 0 ? `, ${skipped} done before` : ""}.`);
  for (const { file, reason } of refused.slice(0, NAMED)) host.say(`Refused: ${file}: ${reason}`);
  if (refused.length > NAMED) host.say(`… and ${refused.length - NAMED} more refused: see verdicts.csv.`);
  return refused.length === 0 ? 0 : 1;
}
