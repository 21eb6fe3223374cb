import { parentPort, workerData } from "node:worker_threads";
import { verifySignature } from "@acta/crypto";
import { installNative, verifyNative } from "@acta/native";
import { examineProof, parseTrustFile, verifyProof } from "@acta/protocol";
import type { VerifyingResult, VerifyingTask } from "./verifying.ts";

// A thread of its own has its own crypto: with native code, or with none, as in a browser.
const { proofs, trust, isNative, seconds } = workerData as VerifyingTask; // what verifying.ts passed on
if (isNative) installNative();
const verify = isNative ? verifyNative : verifySignature;
const trusted = parseTrustFile(trust);
const now = Math.floor(Date.now() / 1000);

/** Does something to one proof after another for so many seconds; answers how many a second. */
function rate(work: (proof: number) => void): number {
  // Until it is compiled.
  for (let warm = performance.now(); performance.now() - warm < (seconds * 1000) / 4; ) work(0);
  let done = 0;
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) work(done++ % proofs.length);
  return (done * 1000) / (performance.now() - began);
}

const checks = proofs.map((proof) => examineProof(proof, trusted, { now }).checks);
const result: VerifyingResult = {
  perSecond: rate((index) => {
    const { verdict, reason } = verifyProof(proofs[index] ?? new Uint8Array(), trusted, { now, verify });
    if (verdict !== "valid") throw new Error(`A proof of the measurement's own is ${verdict}: ${reason}.`);
  }),
  signaturesAlonePerSecond: rate((index) => {
    if (!(checks[index] ?? []).every(verify)) throw new Error("A signature of the measurement's own does not verify.");
  }),
  signatures: checks[0]?.length ?? 0,
};
parentPort?.postMessage(result);
