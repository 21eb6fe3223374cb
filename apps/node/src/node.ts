import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { uptime } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  actionToJson,
  blockToJson,
  createQuotas,
  createServer,
  createWords,
  DEFAULT_QUOTAS,
  type Log,
  outcomesToJson,
  prepare,
} from "@acta/api";
import { builtIn, contractLibrary, type Environment, genesisState } from "@acta/ledger";
import { ed25519Signer, installNative } from "@acta/native";
import { type Ordering, openChain, startLocalOrdering } from "@acta/ordering";
import { type Genesis, type LedgerAction, ledgerId, parseGenesis } from "@acta/protocol";
import { openStore, type Store } from "@acta/store";
import { loadApplications } from "./applications.ts";
import { ensureGenesis, ledgerFolder, readValidatorKey, resetLedger } from "./ledger-folder.ts";
import type { Options } from "./options.ts";
import { loadSamples } from "./samples.ts";

/** A running node. */
export type RunningNode = {
  readonly address: string;
  readonly greeting: string;
  /** Rejects when the node cannot go on. */
  readonly failed: Promise<never>;
  readonly close: () => Promise<void>;
};

const ROOT = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../..");
const APPLICATIONS = resolve(ROOT, "applications");
const VERIFIER = resolve(ROOT, "apps/verifier/dist/verifier.html");
const PORTAL = resolve(ROOT, "apps/portal/dist");

/**
 * Starts a node: opens or creates the ledger of a folder, keeps it, and serves it on one port.
 *
 * Everything the rest of the code may touch of the world is handed out here. Throws an Error in words.
 */
export async function startNode(options: Options, log: Log): Promise<RunningNode> {
  installNative();
  const more = options.applications === undefined ? [] : await loadApplications(options.applications);
  const applications = [builtIn, ...(await loadApplications(APPLICATIONS)), ...more];
  const library = contractLibrary(applications);
  if (options.reset) resetLedger(options.data);
  mkdirSync(options.data, { recursive: true });
  const folder = ledgerFolder(options.data);
  const genesisBytes = ensureGenesis(folder, library, options.genesis, Math.floor(Date.now() / 1000));
  const genesis = parseGenesis(genesisBytes);
  assertContracts(genesis, library.listed);
  const key = readValidatorKey(folder);
  const store = await openStore(folder.store, { createIfMissing: true });
  try {
    const isNew = store.genesisBytes === undefined;
    if (isNew) await store.initialise(genesisBytes, genesisState(genesis, library.lookup));
    const environment: Environment = {
      ledgerId: ledgerId(genesisBytes),
      parameters: genesis.parameters,
      flags: { development: genesis.development, demo: genesis.demo },
      contracts: library.lookup,
      state: store.state,
      identities: store.identities,
    };
    const { sign } = ed25519Signer(key.secret);
    const clock = { wallMs: () => Date.now(), bootMs: () => uptime() * 1000 };
    const chain = openChain(genesisBytes, store.header(1)?.header.appHash ?? store.roots.appHash);
    const ordering = await startLocalOrdering({ chain, environment, store, sign, clock, log });
    const server = createServer(worldOf(ordering, store, environment, applications), log);
    const address = await listen(server, options);
    const close = async (): Promise<void> => {
      await server.close();
      await ordering.stop();
      await store.close();
    };
    if (isNew && !options.empty)
      await loadSamples({ applications: APPLICATIONS, keys: folder.keys, samples: folder.samples }, address, log);
    const failed = Promise.race([ordering.failed, store.failed]);
    return { address, greeting: greeting(address, options.data, genesis), failed, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function listen(server: ReturnType<typeof createServer>, { port, host }: Options): Promise<string> {
  try {
    return await server.listen({ port, host });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const why = LISTEN_WORDS.get(String(code));
    throw why === undefined
      ? error
      : new Error(`The node cannot serve on ${host}, port ${port}: ${why}`, { cause: error });
  }
}

const LISTEN_WORDS = new Map([
  ["EADDRINUSE", "another program does. Stop it, or choose another port with --port (0 picks a free one)."],
  ["EACCES", "this user may not. Choose a port above 1023 with --port."],
  ["EADDRNOTAVAIL", "this machine has no such address. Choose one with --host."],
]);

/** A ledger runs the code that its genesis names: a changed contract must not silently decide anything. */
function assertContracts(
  genesis: Genesis,
  listed: readonly { readonly name: string; readonly bundleHash: Uint8Array }[],
): void {
  for (const { name, bundleHash: wanted } of genesis.contracts) {
    const found = listed.find((each) => each.name === name);
    if (found !== undefined && Buffer.compare(found.bundleHash, wanted) === 0) continue;
    const what = found === undefined ? "is not in this release" : "has changed since this ledger was created";
    throw new Error(
      `The contract ${name} ${what}. Begin a new development ledger with --reset, or go back to the release that created this one.`,
    );
  }
}

function worldOf(
  ordering: Ordering,
  store: Store,
  environment: Environment,
  applications: Parameters<typeof createWords>[0],
) {
  const words = createWords(applications);
  const contracts = applications.flatMap((each) => each.contracts);
  const place = () => ({ height: ordering.status().height + 1, time: ordering.status().now });
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  return {
    ordering,
    quotas: createQuotas(DEFAULT_QUOTAS, () => Date.now()),
    contracts,
    stateValue: store.state.get,
    statePlace: () => ({ height: store.height, time: store.last?.header.time.seconds }),
    words: words.ofInadmissible,
    outcomes: ({ height, index }: { height: number; index: number }, language: "zh" | "en") => {
      const block = ordering.block(height);
      return block === undefined ? [] : outcomesToJson(block, index, words, language);
    },
    action: (action: LedgerAction, language: "zh" | "en") => actionToJson(action, words, language),
    blockToJson,
    prepare: (request: Parameters<typeof prepare>[1]) =>
      prepare({ environment, contracts, place, random, words }, request),
    verifierPage: () => (existsSync(VERIFIER) ? readFileSync(VERIFIER, "utf8") : undefined),
    portalFile: readPortalFile,
  };
}

// The API asks only for names of files that a portal has, so that none leads out of the folder.
function readPortalFile(name: string): Uint8Array | undefined {
  const path = resolve(PORTAL, name);
  return existsSync(path) ? readFileSync(path) : undefined;
}

function greeting(address: string, data: string, { name, demo }: Genesis): string {
  return [
    `Acta keeps the ledger "${name}"${demo ? " (demo: for trying things out)" : ""}.`,
    `  Address   ${address}`,
    `  Verifier  ${address}/verifier.html`,
    `  Data      ${data}`,
    `  Keys      ${data}/keys`,
    "Stop with Ctrl-C.",
  ].join("\n");
}
