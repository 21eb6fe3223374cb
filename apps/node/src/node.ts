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
import { builtIn, bundleInForce, contractLibrary, type Environment, genesisState } from "@acta/ledger";
import { ed25519Signer, installNative, verifyNative } from "@acta/native";
import { type Ordering, openChain, startLocalOrdering } from "@acta/ordering";
import { type Genesis, type LedgerAction, ledgerId, parseGenesis } from "@acta/protocol";
import { openStore, type Store } from "@acta/store";
import { loadApplications } from "./applications.ts";
import { noteCode } from "./code-log.ts";
import { contractChanges } from "./contract-changes.ts";
import { giveDemoRoles } from "./demo-roles.ts";
import { enterContracts } from "./enter-contracts.ts";
import { keepBundles, readKeptBundles } from "./kept-bundles.ts";
import {
  DEMO_INSTITUTIONS,
  ensureGenesis,
  getOperatorKey,
  ledgerFolder,
  readValidatorKey,
  resetLedger,
} from "./ledger-folder.ts";
import { operatorDesk } from "./operator-desk.ts";
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
  const places = ledgerFolder(options.data);
  const loaded = await loadApplications(APPLICATIONS, options.applications);
  const applications = [builtIn, ...loaded];
  if (options.reset) resetLedger(options.data);
  mkdirSync(options.data, { recursive: true });
  const { listed } = contractLibrary(applications);
  const genesisBytes = ensureGenesis(places, listed, options.genesis, Math.floor(Date.now() / 1000));
  const genesis = parseGenesis(genesisBytes);
  keepBundles(places.contracts, applications, genesis);
  const bundles = readKeptBundles(places.contracts);
  const { lookup } = contractLibrary(applications, bundles);
  const key = readValidatorKey(places);
  const store = await openStore(places.store, { createIfMissing: true });
  const opened: (() => Promise<void>)[] = [store.close];
  const close = async (): Promise<void> => {
    for (const each of opened.toReversed()) await each();
  };
  try {
    const isNew = store.genesisBytes === undefined;
    if (isNew) await store.initialise(genesisBytes, genesisState(genesis, lookup));
    const ledger = { genesis, state: store.state, bundles };
    contractChanges(ledger, applications); // stops here, before any block is made, where the source takes something away
    if (genesis.development) noteCode(places.codeLog, loaded, store.height + 1, log);
    const environment: Environment = {
      ledgerId: ledgerId(genesisBytes),
      parameters: genesis.parameters,
      flags: { development: genesis.development, demo: genesis.demo },
      contracts: lookup,
      state: store.state,
      identities: store.identities,
      verify: verifyNative,
    };
    const { sign } = ed25519Signer(key.secret);
    const clock = { wallMs: () => Date.now(), bootMs: () => uptime() * 1000 };
    const chain = openChain(genesisBytes, store.header(1)?.header.appHash ?? store.roots.appHash);
    const ordering = await startLocalOrdering({ chain, environment, store, sign, clock, log });
    opened.push(ordering.stop);
    // Looked at again: the last block before a crash may have been an entry that is only now executed.
    const desk = operatorDesk(ordering, () => getOperatorKey(places), random);
    await enterContracts(contractChanges(ledger, applications), desk, log);
    await giveDemoRoles(DEMO_INSTITUTIONS, places, store.state, desk, log);
    const server = createServer(worldOf(ordering, store, environment, applications), log);
    opened.push(async () => {
      await server.close();
    });
    const address = await listen(server, options);
    if (isNew && !options.empty) await loadSamples(loaded, places, address, log);
    const failed = Promise.race([ordering.failed, store.failed]);
    // Whoever started the node decides what a failure means; unheard it must not end the process by itself.
    failed.catch(() => undefined);
    return { address, greeting: greeting(address, options.data, genesis), failed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

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

function worldOf(
  ordering: Ordering,
  store: Store,
  environment: Environment,
  applications: Parameters<typeof createWords>[0],
) {
  const words = createWords(applications);
  const contracts = applications
    .flatMap((each) => each.contracts)
    .filter(({ name }) => bundleInForce(store.state, name) !== undefined);
  const place = () => ({ height: ordering.status().height + 1, time: ordering.status().now });
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

function greeting(address: string, data: string, { name, demo, development }: Genesis): string {
  return [
    `Acta keeps the ledger "${name}"${demo ? " (demo: for trying things out)" : ""}.`,
    ...(development ? ["Contracts run from their source, and no hash binds it (development ledger)."] : []),
    `  Address   ${address}`,
    `  Verifier  ${address}/verifier.html`,
    `  Data      ${data}`,
    `  Keys      ${data}/keys`,
    "Stop with Ctrl-C.",
  ].join("\n");
}
