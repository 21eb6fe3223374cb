import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deadlineRun } from "./deadlines/deadline-run.ts";

/** Lets `count` deadlines fall due in one second on a node, and says what it came to. True when every rule was kept. */
export async function soakDeadlines(count: number, seed: number): Promise<boolean> {
  const data = mkdtempSync(join(tmpdir(), "acta-soak-"));
  try {
    const summary = await deadlineRun(data, seed, count, (line) => console.log(line));
    console.log(JSON.stringify(summary));
    return true;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)} The data lies in ${data}.`);
    console.error(`Again: npm run soak -- deadlines --count ${count} --seed ${seed}`);
    return false;
  }
}
