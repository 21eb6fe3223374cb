import { isRing, rings, runRing } from "./rings.ts";
import { exitCode, inWords, sum, type Tally } from "./tally.ts";

// npm test [ring …]: all rings in order, or the named ones. The last line says how many passed and failed.
const asked = process.argv.slice(2);
const unknown = asked.filter((word) => !isRing(word));
if (unknown.length > 0) {
  console.error(`There is no ring ${unknown.join(", ")}. Say one or more of: ${rings.join(", ")}.`);
  process.exit(2);
}

const results: (readonly [ring: string, tally: Tally])[] = [];
for (const ring of asked.length > 0 ? rings.filter((name) => asked.includes(name)) : rings) {
  // A runner that breaks is a failure like any other; the rings after it still run.
  const tally = await runRing(ring).catch((error: unknown) => {
    console.error(error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  results.push([ring, tally]);
}

const total = sum(results.map(([, tally]) => tally));
console.log();
for (const [ring, tally] of results) console.log(`${ring.padEnd(6)} ${inWords(tally)}`);
console.log(inWords(total));
process.exitCode = exitCode(total);
