import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Log } from "@acta/api";
import { partyFromBytes, partyToUri } from "@acta/contract";
import { createFileHasher } from "@acta/merkle";
import { actingKey, createNodeClient, type KeyFile, keyFromSecret, parseKeyFile, type SampleHost } from "@acta/sdk";
import type { LoadedApplication } from "./applications.ts";

/** Where samples are loaded to. */
export type SamplePlaces = { readonly keys: string; readonly samples: string };

/**
 * Loads every application's sample into a new demo ledger, through the public API alone, and keeps its files and slips.
 *
 * An application brings one by `sample.ts` with `loadSample(host)`. A sample that fails is logged and keeps nobody else's back.
 */
export async function loadSamples(
  applications: readonly LoadedApplication[],
  places: SamplePlaces,
  address: string,
  log: Log,
): Promise<void> {
  const host = sampleHost(places, address);
  for (const { name, entry } of applications) {
    const path = join(dirname(entry), "sample.ts");
    if (!existsSync(path)) continue;
    const module: { loadSample?: (host: SampleHost) => Promise<void> } = await import(pathToFileURL(path).href);
    try {
      await module.loadSample?.(host);
    } catch (error) {
      log("a sample was not loaded", {
        application: name,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }
}

function sampleHost(places: SamplePlaces, address: string): SampleHost {
  const strangers = new Map<string, KeyFile>();
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  const stranger = (name: string): KeyFile => {
    const key = strangers.get(name) ?? keyFromSecret("ed25519", random(32));
    strangers.set(name, key);
    return key;
  };
  const powers = { node: address, fetch, sleep: (ms: number) => sleep(ms), now: () => performance.now() };
  return {
    node: createNodeClient(powers),
    random,
    language: "zh",
    institutionKey: (name) => actingKey(parseKeyFile(readFileSync(join(places.keys, `${basename(name)}.key`), "utf8"))),
    strangerKey: (name) => actingKey(stranger(name)),
    strangerParty: (name) => partyToUri(partyFromBytes(actingKey(stranger(name)).party)),
    hash(bytes) {
      const { size, sha256, root } = createFileHasher().update(bytes).finish();
      return { size: BigInt(size), sha256, root };
    },
    keep(name, bytes) {
      mkdirSync(places.samples, { recursive: true });
      writeFileSync(join(places.samples, basename(name)), bytes);
    },
  };
}
