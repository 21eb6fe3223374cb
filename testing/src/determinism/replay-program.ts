// node replay-program.ts ORDER FILE: replays the recorded streams and that of FILE, contracts registered in an order
// ("listed" or "reversed"), and prints as JSON what each came to. Run under other versions of Node, too.
import { readFileSync } from "node:fs";
import { fromHex, toHex } from "@acta/bytes";
import { createSha256 } from "@acta/crypto";
import { builtIn, type ContractLookup, contractLibrary, MemoryLedger } from "@acta/ledger";
import { releasedApplications } from "../applications.ts";
import type { BlockStream } from "./evidence-blocks.ts";

// Contracts of the recorded streams stand beside the ledger's own tests, which no package exports.
const STREAM = new URL("../../../core/ledger/test/stream.ts", import.meta.url).href;
const ACTS = new URL("../../../core/ledger/test/acts-stream.ts", import.meta.url).href;
const VECTORS = new URL("../../../vectors/draft/ledger/", import.meta.url);

type Came = { readonly appHashes: readonly string[]; readonly results: string };

/** Executes every block; answers the app hash after each, and a hash over the data of all results. */
function replay({ genesis, blocks }: BlockStream, contracts: ContractLookup): Came {
  const ledger = new MemoryLedger({ genesisBytes: fromHex(genesis), contracts });
  const hash = createSha256();
  const appHashes = blocks.map(({ time, headerHash, transactions }) => {
    const { results } = ledger.execute(transactions.map(fromHex), { time, headerHash: fromHex(headerHash) });
    for (const { data } of results) hash.update(data);
    return toHex(ledger.appHash);
  });
  return { appHashes, results: toHex(hash.digest()) };
}

/** The release's contracts; reversed, the last of the last source is registered first. */
async function released(isReversed: boolean): Promise<ContractLookup> {
  const sources = [builtIn, ...(await releasedApplications())];
  if (!isReversed) return contractLibrary(sources).lookup;
  const backwards = sources.map(({ contracts, wording }) => ({ contracts: contracts.toReversed(), wording }));
  return contractLibrary(backwards.toReversed()).lookup;
}

// As they were recorded.
const read = (file: URL | string): BlockStream => JSON.parse(readFileSync(file, "utf8")) as BlockStream;

async function main([order = "listed", file = ""]: readonly string[]): Promise<void> {
  const isReversed = order === "reversed";
  // What is loaded first is registered first.
  for (const module of isReversed ? [ACTS, STREAM] : [STREAM, ACTS]) await import(module);
  const { recordedContracts }: { recordedContracts: ContractLookup } = await import(STREAM);
  const { recordedActors }: { recordedActors: ContractLookup } = await import(ACTS);
  const streams = {
    recorded: replay(read(new URL("stream.json", VECTORS)), recordedContracts),
    acts: replay(read(new URL("acts.json", VECTORS)), recordedActors),
    evidence: replay(read(file), await released(isReversed)),
  };
  process.stdout.write(JSON.stringify({ version: process.version, streams }));
}

await main(process.argv.slice(2));
