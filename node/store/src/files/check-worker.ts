import { setTimeout } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { checkTableAt } from "./read-table.ts";

// The thread of `TableWatch`: checks tables one after another, and rests nine times as long as it works. One that is not
// there any more was checked elsewhere meanwhile.
const REST = 9;
const paths = workerData as readonly string[]; // as TableWatch gives it

for (const [index, path] of paths.entries()) {
  const start = performance.now();
  parentPort?.postMessage({ index, damage: checkTableAt(path) });
  await setTimeout(REST * (performance.now() - start));
}
