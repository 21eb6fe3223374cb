import { parseArgs } from "node:util";
import { soakDeadlines } from "./soak-deadlines.ts";
import { soakKills } from "./soak-kills.ts";
import { soakMutations } from "./soak-mutations.ts";

const HELP = `Long tests that find what the rings have no time for. Exit code 1, and a command that shows it alone, where one does.

  npm run soak -- kills [--count 10000] [--seed N]        kills a node under load, and holds it to what it had said
  npm run soak -- mutations [--count 1000000] [--seed N]  changes receipts, slips and proofs: none may be accepted
  npm run soak -- deadlines [--count 1000000] [--seed N]  lets that many deadlines fall due in one second

  --count N  how many kills, changed proofs or deadlines
  --seed N   where the choice begins (default: by the clock; it is printed)
`;

const SOAKS = {
  kills: { run: soakKills, count: 10_000 },
  deadlines: { run: soakDeadlines, count: 1_000_000 },
  mutations: { run: soakMutations, count: 1_000_000 },
} as const;

/** Runs the soak that is named; answers the exit code. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { count: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
  });
  const [name = ""] = positionals;
  const soak = Object.hasOwn(SOAKS, name) ? SOAKS[name as keyof typeof SOAKS] : undefined; // it has this name
  if (soak === undefined || values.help === true) {
    process.stdout.write(HELP);
    return values.help === true ? 0 : 2;
  }
  const count = Number(values.count ?? soak.count);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed))
    throw new Error("--count and --seed take whole numbers.");
  console.log(`${name}: ${count}, seed ${seed}`);
  return (await soak.run(count, seed)) ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
