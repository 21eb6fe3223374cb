import { parentPort, workerData } from "node:worker_threads";
import { verifySignature } from "@acta/crypto";
import { installNative, verifyNative } from "@acta/native";
import { examineProof, parseTrustFile, verifyProof } from "@acta/protocol";
import { ratePerCpuSecond } from "../measure/cpu-rate.ts";
import type { VerifyingResult, VerifyingTask } from "./verifying.ts";

// A thread of its own has its own crypto: with native code, or with none, as in a browser.
const { proofs, trust, isNative, seconds } = workerData as VerifyingTask; // what verifying.ts passed on
if (isNative) installNative();
const verify = isNative ? verifyNative : verifySignature;
const trusted = parseTrustFile(trust);
const now = Math.floor(Date.now() / 1000);

/** Does something to one proof after another; answers how many a second of one core. */
async function rate(work: (proof: number) => void): Promise<number> {
  // Until it is compiled.
  await ratePerCpuSecond(seconds / 4, () => work(0));
  return ratePerCpuSecond(seconds, (turn) => work(turn % proofs.length));
}

const checks = proofs.map((proof) => examineProof(proof, trusted, { now }).checks);
const result: VerifyingResult = {
  perSecond: await rate((index) => {
    const { verdict, reason } = verifyProof(proofs[index] ?? new Uint8Array(), trusted, { now, verify });
    if (verdict !== "valid") throw new Error(`A proof of the measurement's own is ${verdict}: ${reason}.`);
  }),
  signaturesAlonePerSecond: await rate((index) => {
    if (!(checks[index] ?? []).every(verify)) throw new Error("A signature of the measurement's own does not verify.");
  }),
  signatures: checks[0]?.length ?? 0,
};
parentPort?.postMessage(result);
