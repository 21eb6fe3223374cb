import { parentPort } from "node:worker_threads";
import { verifyNative } from "@acta/native";
import { unpackChecks } from "./signature-batch.ts";

const port = parentPort;
if (port === null) throw new Error("signature-worker.ts runs as a worker thread of the node, never by itself.");

port.on("message", ({ batch, bytes }: { batch: number; bytes: Uint8Array }) => {
  const verdicts = Uint8Array.from(unpackChecks(bytes), (check) => (verifyNative(check) ? 1 : 0));
  const { user, system } = process.threadCpuUsage();
  port.postMessage({ batch, verdicts, cpuMicroseconds: user + system }, [verdicts.buffer]);
});
