import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  actionToJson,
  blockToJson,
  createQuotas,
  createServer,
  createWords,
  DEFAULT_QUOTAS,
  outcomesToJson,
  prepare,
  type QuotaLimits,
} from "@acta/api";
import type { Application } from "@acta/contract";
import { builtIn, type Environment, genesisState } from "@acta/ledger";
import { ed25519Signer } from "@acta/native";
import { type MachineClock, type Ordering, type OrderingLimits, openChain, startLocalOrdering } from "@acta/ordering";
import { parseGenesis } from "@acta/protocol";
import { openStore, type Store } from "@acta/store";
import { releasedApplications } from "../src/applications.ts";
import { type SampleLedger, sampleLedger } from "../src/sample-ledger.ts";

/** A whole node inside the test's own process: its clock, limits and store can be tampered with. It serves real HTTP. */
export type InProcessNode = {
  readonly url: string;
  readonly ledger: SampleLedger;
  readonly ordering: Ordering;
  readonly store: Store;
  /** The node's log, one line each. */
  readonly log: readonly string[];
  /** Stops it, and deletes its folder unless that was named. */
  readonly close: () => Promise<void>;
};

/** What may differ from a node as released. */
export type Tampering = {
  /** Further applications beside the released ones. */
  readonly applications?: readonly Application[];
  readonly data?: string;
  readonly clock?: MachineClock;
  readonly limits?: Partial<OrderingLimits>;
  readonly quotas?: Partial<QuotaLimits>;
  /** Puts something between ordering and store. */
  readonly wrapStore?: (store: Store) => Store;
};

/** Starts a node over the sample ledger, in a folder of its own unless `data` names one. */
export async function startInProcess(tampering: Tampering = {}): Promise<InProcessNode> {
  const brought = tampering.applications ?? [];
  const ledger = await sampleLedger(brought);
  const applications = [builtIn, ...(await releasedApplications()), ...brought];
  const data = tampering.data ?? mkdtempSync(join(tmpdir(), "acta-in-process-"));
  const opened = await openStore(data, { createIfMissing: true });
  const genesis = parseGenesis(ledger.genesisBytes);
  if (opened.genesisBytes === undefined)
    await opened.initialise(ledger.genesisBytes, genesisState(genesis, ledger.library.lookup));
  const store = tampering.wrapStore?.(opened) ?? opened;
  const { parameters, development, demo } = genesis;
  const environment: Environment = {
    ledgerId: ledger.ledgerId,
    parameters,
    flags: { development, demo },
    contracts: ledger.library.lookup,
    state: store.state,
    identities: store.identities,
  };
  const log: string[] = [];
  const write = (message: string): void => void log.push(message);
  const clock = tampering.clock ?? { wallMs: () => Date.now(), bootMs: () => performance.now() };
  const chain = openChain(ledger.genesisBytes, store.header(1)?.header.appHash ?? store.roots.appHash);
  const { sign } = ed25519Signer(ledger.validatorSecret);
  const ordering = await startLocalOrdering({
    chain,
    environment,
    store,
    sign,
    clock,
    log: write,
    workers: 1,
    limits: tampering.limits ?? {},
  });
  const words = createWords(applications);
  const contracts = applications.flatMap((each) => each.contracts);
  const place = () => ({ height: ordering.status().height + 1, time: ordering.status().now });
  const server = createServer(
    {
      ordering,
      quotas: createQuotas({ ...DEFAULT_QUOTAS, ...tampering.quotas }, () => Date.now()),
      contracts,
      stateValue: store.state.get,
      statePlace: () => ({ height: store.height, time: store.last?.header.time.seconds }),
      words: words.ofInadmissible,
      outcomes: ({ height, index }, language) => {
        const block = ordering.block(height);
        return block === undefined ? [] : outcomesToJson(block, index, words, language);
      },
      action: (action, language) => actionToJson(action, words, language),
      blockToJson,
      prepare: (request) =>
        prepare({ environment, contracts, place, random: (length) => new Uint8Array(length), words }, request),
      verifierPage: () => undefined,
    },
    write,
  );
  const url = await server.listen({ port: 0, host: "127.0.0.1" });
  // A ledger opens with two empty blocks.
  while (ordering.status().height < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  const close = async (): Promise<void> => {
    await server.close();
    await ordering.stop();
    await opened.close();
    if (tampering.data === undefined) rmSync(data, { recursive: true, force: true });
  };
  return { url, ledger, ordering, store: opened, log, close };
}

/** The store with some of its methods replaced; the rest still reach the store itself. */
export function withMethods(store: Store, methods: Partial<Store>): Store {
  return new Proxy(store, {
    get: (target, name) => Reflect.get(name in methods ? methods : target, name, name in methods ? methods : target),
  });
}
