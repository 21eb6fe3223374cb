import { parseArgs } from "node:util";
import { toHex } from "@acta/bytes";
import { attack } from "./mutate.ts";
import { sampleChain } from "./samples.ts";

// Run by hand or by the soak command: node core/protocol/test/soak.ts --count 1000000 --seed 7
const { values } = parseArgs({
  options: { count: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const ROUND = 50_000;
const chains = [sampleChain(1), sampleChain(4)];

let tried = 0;
for (let round = 0; tried < count; round++) {
  const { samples, now } = chains[round % chains.length] as (typeof chains)[number]; // below the length
  const result = attack(samples, now, Math.min(ROUND, count - tried), seed + round);
  tried += result.tried;
  for (const { kind, sample, bytes } of result.accepted) {
    console.error(`ACCEPTED: ${kind}, made of "${sample.name}": ${toHex(bytes)}`);
    process.exit(1);
  }
  console.log(`${tried} changed proofs tried, none accepted (seed ${seed + round})`);
}
