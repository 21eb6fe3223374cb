import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decode, encode, toHex } from "@acta/bytes";
import { type Bundle, bundleOf, hashOfBundle } from "@acta/contract";
import type { ContractSource } from "@acta/ledger";
import type { Genesis } from "@acta/protocol";

const ENDING = ".cbor";

/**
 * The bundles that a folder keeps: files named by the bundle's hash that hold CBOR [manifest, wordings], both byte
 * strings. Throws an Error that names a file with anything else in it.
 */
export function readKeptBundles(folder: string): readonly Bundle[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  return names.sort().map((name) => readBundle(join(folder, name), name.slice(0, -ENDING.length)));
}

/** Keeps the bundles that a genesis names, as far as the sources still give them; the state has all that come later. */
export function keepBundles(folder: string, sources: readonly ContractSource[], genesis: Genesis): void {
  const named = new Set(genesis.contracts.map(({ bundleHash }) => toHex(bundleHash)));
  for (const { contracts, wording } of sources) {
    for (const bundle of contracts.map((contract) => bundleOf(contract, wording))) {
      if (named.has(toHex(hashOfBundle(bundle)))) keepBundle(folder, bundle);
    }
  }
}

// Whole or not at all.
function keepBundle(folder: string, bundle: Bundle): void {
  const path = join(folder, `${toHex(hashOfBundle(bundle))}${ENDING}`);
  if (existsSync(path)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.new`, encode([bundle.manifest, bundle.wordings]), { flush: true });
  renameSync(`${path}.new`, path);
}

function readBundle(path: string, hash: string): Bundle {
  const bundle = bundleFrom(new Uint8Array(readFileSync(path)));
  if (bundle !== undefined && toHex(hashOfBundle(bundle)) === hash) return bundle;
  throw new Error(
    `${path} is damaged. Take it away: the node makes it again while the contract's source is unchanged.`,
  );
}

function bundleFrom(bytes: Uint8Array): Bundle | undefined {
  try {
    const [manifest, wordings] = decode(bytes) as readonly unknown[]; // the hash tells whether it is what was written
    return manifest instanceof Uint8Array && wordings instanceof Uint8Array ? { manifest, wordings } : undefined;
  } catch {
    return undefined; // no CBOR: damaged like any other content
  }
}
