import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { application as evidence } from "@acta/applications/evidence/index.ts";
import { utf8Encode } from "@acta/bytes";
import { ALGORITHM, keyId, partyOf, sha256 } from "@acta/crypto";
import { type ContractSource, memoryGenesis, type SigningKey } from "@acta/ledger";
import { ed25519Signer } from "@acta/native";
import { encodeGenesis, ledgerId } from "@acta/protocol";
import { formatKeyFile, keyFromSecret } from "@acta/sdk";
import { application as tally } from "../applications/tally/index.ts";
import type { Writer } from "../load/transactions.ts";

/** The folder of the applications that only measurements load. */
export const BENCH_APPLICATIONS = fileURLToPath(new URL("../applications", import.meta.url));

/** Who may write on every ledger that is measured: registered, so that no quota slows them. */
export const WRITERS: readonly Writer[] = Array.from({ length: 100 }, (_, index) => benchKey(`writer ${index}`));

/** The contracts of every ledger that is measured. */
export const BENCH_CONTRACTS: readonly ContractSource[] = [evidence, tally];

/** Where things lie in a ledger's folder. */
export function ledgerFiles(data: string): { readonly genesis: string; readonly store: string; readonly keys: string } {
  return { genesis: join(data, "genesis.cbor"), store: join(data, "store"), keys: join(data, "keys") };
}

/** Puts genesis and validator's key into a folder, unless a ledger is there. */
export function ensureBenchLedger(data: string): void {
  const { genesis, keys } = ledgerFiles(data);
  if (existsSync(genesis)) return;
  mkdirSync(keys, { recursive: true });
  const validator = keyFromSecret("ed25519", benchKey("validator").secret);
  writeFileSync(join(keys, "validator.key"), formatKeyFile(validator), { mode: 0o600 });
  writeFileSync(genesis, benchGenesis(Math.floor(Date.now() / 1000)));
}

/** The id of the ledger in a folder. */
export function ledgerIdOf(data: string): Uint8Array {
  return ledgerId(new Uint8Array(readFileSync(ledgerFiles(data).genesis)));
}

/** A key of the measurements, the same for the same name for ever. Never one to rely on: its secret is a hash. */
export function benchKey(name: string): Writer & { readonly publicKey: Uint8Array } {
  const secret = sha256(utf8Encode(`acta bench key ${name}`));
  const { publicKey } = ed25519Signer(secret);
  const id = keyId(ALGORITHM.ed25519, publicKey);
  return { secret, publicKey, party: partyOf(id), keyId: id };
}

function benchGenesis(nowSeconds: number): Uint8Array {
  const institutions = Object.fromEntries(
    WRITERS.map((writer, index) => [`writer ${index}`, { keys: [signingKeyOf(writer)] as const }]),
  );
  const { genesis } = memoryGenesis({ contracts: BENCH_CONTRACTS, institutions, time: nowSeconds });
  const { publicKey } = benchKey("validator");
  const validators = [{ algorithm: ALGORITHM.ed25519, publicKey, power: 1, institution: "node" } as const];
  return encodeGenesis({ ...genesis, name: "bench", origin: "bench.example", validators });
}

function signingKeyOf({ secret, keyId: id, party }: Writer): SigningKey {
  const { publicKey, sign } = ed25519Signer(secret);
  return { algorithm: ALGORITHM.ed25519, publicKey, keyId: id, party, sign };
}
