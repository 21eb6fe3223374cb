import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ALGORITHM } from "@acta/crypto";
import type { ContractLibrary } from "@acta/ledger";
import { DEFAULT_PARAMETERS, encodeGenesis, type Genesis } from "@acta/protocol";
import { algorithmOf, formatKeyFile, type KeyFile, keyFromSecret, ownParty, parseKeyFile } from "@acta/sdk";

/** An institution of a demo ledger: the name of its key file, its own, and the roles it holds. */
export type DemoInstitution = {
  readonly key: string;
  readonly name: string;
  readonly roles: readonly (readonly [contract: string, role: string])[];
};

/**
 * The institutions of a demo ledger and the roles each holds, in key files of their names. A role that is added here is
 * given on a running demo ledger too. Their names are invented.
 */
export const DEMO_INSTITUTIONS: readonly [DemoInstitution, ...DemoInstitution[]] = [
  {
    key: "operator",
    name: "Acta demo operator",
    roles: [
      ["operation", "operator"],
      ["development", "operator"],
    ],
  },
  { key: "court", name: "Demo court", roles: [["evidence", "court"]] },
  { key: "depositor", name: "Demo depositor", roles: [] },
];

/** Files of a ledger's folder. */
export type LedgerFolder = {
  readonly genesis: string;
  readonly store: string;
  readonly keys: string;
  /** Manifests and wordings of the contracts that the genesis names. */
  readonly contracts: string;
  /** Which code decided from which block on, of a development ledger. */
  readonly codeLog: string;
  /** Files and slips of the samples. */
  readonly samples: string;
};

/** Where things lie below the data folder. */
export function ledgerFolder(data: string): LedgerFolder {
  return {
    genesis: join(data, "genesis.cbor"),
    store: join(data, "store"),
    keys: join(data, "keys"),
    contracts: join(data, "contracts"),
    codeLog: join(data, "code.log"),
    samples: join(data, "samples"),
  };
}

/** Deletes the ledger in a folder, all that {@link ledgerFolder} names, and nothing else that may lie there. */
export function resetLedger(data: string): void {
  for (const path of Object.values(ledgerFolder(data))) rmSync(path, { recursive: true, force: true });
}

/** The operator's key, by which the node enters contracts on a development ledger. Throws an Error that says where it is expected. */
export function getOperatorKey(folder: LedgerFolder): KeyFile {
  const key = findKey(folder, "operator");
  if (key !== undefined) return key;
  throw new Error(
    `Contracts have changed, and there is no operator's key at ${join(folder.keys, "operator.key")} to enter them with. Put it there, or go back to the source that the ledger follows.`,
  );
}

/** The validator's key of the node. Throws an Error that says where it is expected. */
export function readValidatorKey(folder: LedgerFolder): KeyFile {
  const key = findKey(folder, "validator");
  if (key !== undefined) return key;
  const path = join(folder.keys, "validator.key");
  throw new Error(`There is no validator's key at ${path}. Put the key that the genesis names there.`);
}

/**
 * The genesis of a folder: the one that is there, a given one, or a new demo ledger's with fresh keys.
 *
 * The genesis file is written last, so that a creation that was cut off begins anew.
 */
export function ensureGenesis(
  folder: LedgerFolder,
  listed: ContractLibrary["listed"],
  given: string | undefined,
  nowSeconds: number,
): Uint8Array {
  if (existsSync(folder.genesis)) return readGenesis(folder, given);
  mkdirSync(folder.keys, { recursive: true, mode: 0o700 });
  chmodSync(folder.keys, 0o700);
  const bytes = given === undefined ? createDemo(folder, listed, nowSeconds) : new Uint8Array(readFileSync(given));
  writeFileSync(`${folder.genesis}.new`, bytes, { flush: true });
  renameSync(`${folder.genesis}.new`, folder.genesis);
  return bytes;
}

function readGenesis(folder: LedgerFolder, given: string | undefined): Uint8Array {
  const bytes = readFileSync(folder.genesis);
  if (given !== undefined && !bytes.equals(readFileSync(given))) {
    throw new Error(
      `The folder keeps another ledger than ${given} opens. Name another folder with --data, or delete this one with --reset.`,
    );
  }
  return new Uint8Array(bytes);
}

function createDemo(folder: LedgerFolder, listed: ContractLibrary["listed"], nowSeconds: number): Uint8Array {
  const validator = keyFromSecret("ed25519", randomBytes(32));
  const institutions = DEMO_INSTITUTIONS.map((each) => ({ ...each, made: keyFromSecret("ed25519", randomBytes(32)) }));
  writeKey(folder, "validator", validator);
  for (const { key, name, roles, made } of institutions) {
    writeKey(folder, key, { ...made, party: ownParty(made), institution: name, roles });
  }
  return encodeGenesis(demoGenesis(listed, validator, institutions, nowSeconds));
}

/** Writes a key file, whole or not at all. */
export function writeKey(folder: LedgerFolder, name: string, key: KeyFile): void {
  const path = join(folder.keys, `${name}.key`);
  writeFileSync(`${path}.new`, formatKeyFile(key), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

/** The key of that name in the folder, or undefined. */
export function findKey(folder: LedgerFolder, name: string): KeyFile | undefined {
  const path = join(folder.keys, `${name}.key`);
  return existsSync(path) ? parseKeyFile(readFileSync(path, "utf8")) : undefined;
}

function demoGenesis(
  listed: ContractLibrary["listed"],
  validator: KeyFile,
  institutions: readonly (DemoInstitution & { readonly made: KeyFile })[],
  nowSeconds: number,
): Genesis {
  return {
    name: "demo",
    origin: "demo.acta.invalid",
    zoneMinutes: 480,
    development: true,
    demo: true,
    time: nowSeconds,
    parameters: DEFAULT_PARAMETERS,
    institutions: institutions.map(({ name, made }) => ({
      name,
      party: ownParty(made),
      keys: [{ algorithm: algorithmOf(made), publicKey: made.publicKey }],
    })),
    roles: institutions.flatMap(({ name, roles }) =>
      roles.map(([contract, role]) => ({ institution: name, contract, role })),
    ),
    validators: [
      {
        algorithm: ALGORITHM.ed25519,
        publicKey: validator.publicKey,
        power: 1,
        institution: DEMO_INSTITUTIONS[0].name,
      },
    ],
    contracts: listed,
    salt: new Uint8Array(randomBytes(16)),
  };
}
