import { ALGORITHM, type SignatureCheck } from "@acta/crypto";
import { startSignatureWorkers } from "@acta/ordering";
import { parseTransaction, signatureChecks } from "@acta/protocol";
import { benchKey } from "../ledger/bench-ledger.ts";
import { transactionMaker } from "../load/transactions.ts";

/** Checks handed over at once, and requests under way: what a busy node has. */
const CHECKS_AT_ONCE = 500;
const UNDER_WAY = 8;
const SAMPLE = 5000;

/** Signature checks of deposits, as admission makes them. */
export function sampleChecks(): SignatureCheck[] {
  const writer = benchKey("writer 0");
  const plan = {
    ledgerId: new Uint8Array(32),
    expiry: 1_800_000_000,
    writers: [writer],
    kind: "deposit",
    per: 1,
  } as const;
  const make = transactionMaker(plan);
  return Array.from({ length: SAMPLE }, make).flatMap((bytes) => {
    const transaction = parseTransaction(bytes, { maxBytes: 2 << 20, maxCalls: 1 });
    const { publicKey } = writer;
    const checks = signatureChecks(transaction, () => ({ algorithm: ALGORITHM.ed25519, publicKey }));
    if (typeof checks === "string")
      throw new Error(`A transaction of the measurement's own is inadmissible: ${checks}.`);
    return checks;
  });
}

/** Verifications a second of the node's own signature workers when they do nothing else, and the CPU of one. */
export async function measureSignatureLimit(
  checks: readonly SignatureCheck[],
  seconds: number,
): Promise<{ readonly perSecond: number; readonly cpuMicroseconds: number }> {
  const verifier = startSignatureWorkers(2);
  // The workers keep no program alive by themselves.
  const alive = setInterval(() => {}, 1000);
  await verifier.verify(checks.slice(0, CHECKS_AT_ONCE));
  const cpuBefore = verifier.cpuMicroseconds();
  let next = 0;
  let verified = 0;
  const start = performance.now();
  const until = start + seconds * 1000;
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      next = next + CHECKS_AT_ONCE > checks.length ? 0 : next;
      const batch = checks.slice(next, next + CHECKS_AT_ONCE);
      next += CHECKS_AT_ONCE;
      const verdicts = await verifier.verify(batch);
      if (!verdicts.every(Boolean)) throw new Error("A signature of the measurement's own does not verify.");
      verified += batch.length;
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, lane));
  const elapsed = performance.now() - start;
  const cpuMicroseconds = (verifier.cpuMicroseconds() - cpuBefore) / verified;
  clearInterval(alive);
  await verifier.close();
  return { perSecond: (verified * 1000) / elapsed, cpuMicroseconds };
}
