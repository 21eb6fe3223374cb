import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killRound } from "./kills.ts";

/** Kills in one round: each round begins a new ledger, so that a failure is reproduced by its round alone. */
const ROUND = 25;

/**
 * Kills nodes `count` times, in rounds that each follow from a seed of their own. True when nothing was lost.
 *
 * A round that fails is shortened, half by half, to the fewest kills that still fail, and printed as a command.
 */
export async function soakKills(count: number, seed: number): Promise<boolean> {
  const sum = { kills: 0, entered: 0, receipts: 0, blocks: 0 };
  for (let round = 0; sum.kills < count; round++) {
    const kills = Math.min(ROUND, count - sum.kills);
    const failure = await failureOf(seed + round, kills);
    if (typeof failure === "string") {
      console.error(`round of seed ${seed + round}: ${failure}`);
      await shrink(seed + round, kills);
      return false;
    }
    for (const name of ["kills", "entered", "receipts", "blocks"] as const) sum[name] += failure[name];
    console.log(
      `${sum.kills} kills, ${sum.entered} entered and found, ${sum.receipts} receipts the same, ${sum.blocks} blocks replayed`,
    );
  }
  return true;
}

async function failureOf(seed: number, kills: number) {
  const data = mkdtempSync(join(tmpdir(), "acta-soak-"));
  try {
    return await killRound(data, seed, kills);
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)} The data lies in ${data}.`;
  }
}

async function shrink(seed: number, kills: number): Promise<void> {
  let fewest = kills;
  for (let fewer = Math.floor(kills / 2); fewer >= 1; fewer = Math.floor(fewer / 2)) {
    if (typeof (await failureOf(seed, fewer)) !== "string") break;
    fewest = fewer;
  }
  console.error(`Alone: npm run soak -- kills --count ${fewest} --seed ${seed}`);
}
