import { parseArgs } from "node:util";
import { installNative } from "@acta/native";
import { DECODERS } from "./decoders.ts";
import { fuzz } from "./fuzz.ts";

const HELP = `Gives a decoder changed inputs: it may refuse them in its own words, or read what it would have written itself.
Exit code 1, and a seed that shows it alone, at anything else: another error, a second form of one thing, too long a time.

  npm run fuzz -- DECODER [--count 200000] [--seed N]

  DECODER    ${Object.keys(DECODERS).join(", ")}; or all
  --count N  how many inputs
  --seed N   where the choice begins (default: by the clock; it is printed)
`;

/** Fuzzes what is named; answers the exit code. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { count: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
  });
  const [name = ""] = positionals;
  const names = name === "all" ? Object.keys(DECODERS) : Object.hasOwn(DECODERS, name) ? [name] : [];
  if (names.length === 0 || values.help === true) {
    process.stdout.write(HELP);
    return values.help === true ? 0 : 2;
  }
  const count = Number(values.count ?? 200_000);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed) || seed < 0)
    throw new Error("--count and --seed take whole numbers.");
  installNative();
  let code = 0;
  for (const each of names) if (!(await report(each, count, seed))) code = 1;
  return code;
}

async function report(name: string, count: number, seed: number): Promise<boolean> {
  const make = DECODERS[name];
  if (make === undefined) return false;
  const decoder = await make();
  const start = performance.now();
  const { tried, accepted, refusals, slowest, fault } = fuzz(decoder, count, seed);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${name}: ${tried} inputs from seed ${seed} in ${seconds} s, ${accepted} accepted; the slowest took ${slowest.toFixed(1)} ms`,
  );
  const words = [...refusals].sort((a, b) => b[1] - a[1]).map(([reason, times]) => `${reason} ${times}`);
  console.log(`  refused as: ${words.join(", ")}`);
  if (fault === undefined) return true;
  console.error(`  ${fault.what}\n  input: ${Buffer.from(fault.input).toString("hex").slice(0, 4000)}`);
  console.error(`  Alone: npm run fuzz -- ${name} --count 1 --seed ${fault.seed}`);
  return false;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
