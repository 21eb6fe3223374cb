import { parentPort, workerData } from "node:worker_threads";
import { mergeJournals } from "./merge-journals.ts";

// The thread that `QuickFiles` starts when the journal has grown long.
const { folder, through } = workerData as { folder: string; through: number }; // as QuickFiles gives it
parentPort?.postMessage(mergeJournals(folder, through));
