import type { SignatureCheck } from "@acta/crypto";
import { installNative, verifyNative } from "@acta/native";

/** Changed proofs tried with one seed: a failure is reproduced by its chunk alone. */
const CHUNK = 20_000;

// The generator stands beside the proofs' own tests, which no package exports.
const MUTATE = new URL("../../core/protocol/test/mutate.ts", import.meta.url).href;
const SAMPLES = new URL("../../core/protocol/test/samples.ts", import.meta.url).href;

type Sample = { readonly name: string };
type Attack = {
  readonly tried: number;
  readonly accepted: readonly { readonly sample: Sample; readonly kind: string; readonly bytes: Uint8Array }[];
  readonly reasons: ReadonlyMap<string, number>;
};
type Verify = (check: SignatureCheck) => boolean;
type Mutate = {
  readonly attack: (samples: readonly Sample[], now: number, count: number, seed: number, verify: Verify) => Attack;
};
type Samples = {
  readonly sampleChain: (validators: number) => { readonly samples: readonly Sample[]; readonly now: number };
};

/** Tries `count` changed receipts, slips and proofs, of chains of one and of four validators. True when none is accepted. */
export async function soakMutations(count: number, seed: number): Promise<boolean> {
  installNative();
  // Most changed proofs are refused by an error that nobody reads the stack of.
  Error.stackTraceLimit = 0;
  const { attack }: Mutate = await import(MUTATE);
  const { sampleChain }: Samples = await import(SAMPLES);
  const chains = [sampleChain(1), sampleChain(4)];
  const reasons = new Map<string, number>();
  for (let tried = 0, chunk = 0; tried < count; chunk++) {
    // By the seed, so that a chunk alone meets the same chain.
    const { samples, now } = chains[(seed + chunk) % chains.length] as (typeof chains)[number]; // below the length
    const result = attack(samples, now, Math.min(CHUNK, count - tried), seed + chunk, verifyNative);
    for (const { sample, kind, bytes } of result.accepted) {
      console.error(`accepted: ${kind} of ${sample.name}: ${Buffer.from(bytes).toString("hex")}`);
    }
    if (result.accepted.length > 0) {
      console.error(`Alone: npm run soak -- mutations --count ${CHUNK} --seed ${seed + chunk}`);
      return false;
    }
    tried += result.tried;
    for (const [reason, times] of result.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + times);
    console.log(`${tried} changed proofs, none accepted`);
  }
  const words = [...reasons].sort((a, b) => b[1] - a[1]).map(([reason, times]) => `${reason} ${times}`);
  console.log(`refused as: ${words.join(", ")}`);
  return true;
}
