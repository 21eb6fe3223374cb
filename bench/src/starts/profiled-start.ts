import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startNodeUnderTest } from "../ledger/node-under-test.ts";
import type { WorkingLedger } from "../ledger/working-ledger.ts";
import { type CpuProfile, type Part, timeByPart } from "../measure/profile.ts";

/** What belongs to what in a start, the innermost first. */
const PARTS: readonly Part[] = [
  ["checking files", /node\/store\/src\/files\//],
  ["state tree", /core\/merkle\/|tree-loader\.ts|pair-hasher\.ts/],
  ["reading state, log, identities", /node\/store\/src\/(start|database|open-buckets|identity-set|sealed-value)\.ts/],
  ["rest of the store", /node\/store\//],
  ["ordering and execution", /node\/ordering\/|core\/ledger\//],
  ["collecting garbage", / \(garbage collector\)$/],
  ["waiting for the disk's threads", / \(idle\)$/],
  ["loading code", /node:internal\/(modules|deps)\/| (compileFunction|evaluateModule)/],
  ["native code", / \(program\)$/],
];

/** Starts a node with a profiler. Answers what its main thread did until it was stopped, in milliseconds by part. */
export async function profiledStart({ data, scratch }: WorkingLedger): Promise<ReadonlyMap<string, number>> {
  const folder = mkdtempSync(join(scratch, "profile-"));
  const node = await startNodeUnderTest(data, { profile: folder });
  await node.stop();
  const [name] = readdirSync(folder).filter((file) => file.endsWith(".cpuprofile"));
  if (name === undefined) throw new Error("The node wrote no profile.");
  return timeByPart(JSON.parse(readFileSync(join(folder, name), "utf8")) as CpuProfile, PARTS); // V8's own file
}
