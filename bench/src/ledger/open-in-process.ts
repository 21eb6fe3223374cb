import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import { builtIn, contractLibrary } from "@acta/ledger";
import { ed25519Signer } from "@acta/native";
import { type Ordering, openChain, startLocalOrdering } from "@acta/ordering";
import { parseGenesis } from "@acta/protocol";
import { openStore, type Store } from "@acta/store";
import { BENCH_CONTRACTS, benchKey, ledgerFiles } from "./bench-ledger.ts";

/** The ledger of a folder, kept by this very process: what answers cost without HTTP can be measured. */
export async function openInProcess(
  data: string,
): Promise<{ readonly ordering: Ordering; readonly store: Store; readonly close: () => Promise<void> }> {
  const files = ledgerFiles(data);
  const genesisBytes = new Uint8Array(readFileSync(files.genesis));
  const { parameters, development, demo } = parseGenesis(genesisBytes);
  const store = await openStore(files.store, { createIfMissing: false });
  const chain = openChain(genesisBytes, store.header(1)?.header.appHash ?? store.roots.appHash);
  const ordering = await startLocalOrdering({
    chain,
    environment: {
      ledgerId: chain.ledgerId,
      parameters,
      flags: { development, demo },
      contracts: contractLibrary([builtIn, ...BENCH_CONTRACTS]).lookup,
      state: store.state,
      identities: store.identities,
    },
    store,
    sign: ed25519Signer(benchKey("validator").secret).sign,
    clock: { wallMs: () => Date.now(), bootMs: () => uptime() * 1000 },
    log: () => {},
  });
  const close = async (): Promise<void> => {
    await ordering.stop();
    await store.close();
  };
  return { ordering, store, close };
}
