import { type CborValue, encode, map, toHex } from "@acta/bytes";
import { type Algorithm, tagged } from "@acta/crypto";
import { ProtocolError } from "./errors.ts";
import { COUNT_LIMIT, decodeCanonical, formOf } from "./form.ts";
import { publicKeyFromCbor } from "./signer.ts";

/** A public key with its algorithm. */
export type PublicKey = { readonly algorithm: Algorithm; readonly publicKey: Uint8Array };

/** An institution from the first hour, with its keys. */
export type GenesisInstitution = {
  readonly name: string;
  readonly party: Uint8Array;
  readonly keys: readonly PublicKey[];
};

/** A role that an institution holds from the first hour. */
export type GenesisRole = { readonly institution: string; readonly contract: string; readonly role: string };

/** A first validator; `institution` is a name among the institutions. */
export type GenesisValidator = {
  readonly algorithm: -19 | -49;
  readonly publicKey: Uint8Array;
  readonly power: number;
  readonly institution: string;
};

/** A contract in force from the first hour. */
export type GenesisContract = { readonly name: string; readonly bundleHash: Uint8Array };

/** The ledger's limits, as the state keeps them. */
export type GenesisParameters = {
  readonly maxTransactionBytes: number;
  readonly maxCalls: number;
  readonly maxBlockBytes: number;
  /** Most actions that the ledger does by itself in one block. */
  readonly actionsPerBlock: number;
  /** Furthest expiry of a transaction of one signer, or of strangers only. */
  readonly expirySecondsOne: number;
  /** Furthest expiry of a transaction of several signers, one of them registered. */
  readonly expirySecondsSeveral: number;
};

/** The parameters that a ledger has unless its genesis says otherwise. */
export const DEFAULT_PARAMETERS: GenesisParameters = {
  maxTransactionBytes: 2_097_152,
  maxCalls: 10_000,
  maxBlockBytes: 4_194_304,
  actionsPerBlock: 1_000,
  expirySecondsOne: 3_600,
  expirySecondsSeveral: 7_776_000,
};

/** What a ledger begins with. Its hash is the ledger id. FORMATS §2. */
export type Genesis = {
  readonly name: string;
  /** Origin of checkpoints. */
  readonly origin: string;
  readonly zoneMinutes: number;
  readonly development: boolean;
  readonly demo: boolean;
  /** Time of the first block, whole seconds. */
  readonly time: number;
  readonly parameters: GenesisParameters;
  readonly institutions: readonly GenesisInstitution[];
  readonly roles: readonly GenesisRole[];
  readonly validators: readonly GenesisValidator[];
  readonly contracts: readonly GenesisContract[];
  /** 16 random bytes. */
  readonly salt: Uint8Array;
};

/** The ledger id: the hash of the genesis bytes. */
export function ledgerId(genesisBytes: Uint8Array): Uint8Array {
  return tagged("acta/genesis/1", genesisBytes);
}

/** The genesis bytes. Throws {@link ProtocolError} where parsing them would. */
export function encodeGenesis(genesis: Genesis): Uint8Array {
  const bytes = encode(genesisToCbor(genesis));
  parseGenesis(bytes);
  return bytes;
}

function genesisToCbor(genesis: Genesis): CborValue {
  const { parameters } = genesis;
  return map([
    [1, 1],
    [2, genesis.name],
    [3, genesis.origin],
    [4, genesis.zoneMinutes],
    [
      5,
      map([
        [1, genesis.development],
        [2, genesis.demo],
      ]),
    ],
    [6, genesis.time],
    [7, map(PARAMETER_NAMES.map((name, index) => [index + 1, parameters[name]]))],
    [
      8,
      genesis.institutions.map(({ name, party, keys }) => [
        name,
        party,
        keys.map((key) => [key.algorithm, key.publicKey]),
      ]),
    ],
    [9, genesis.roles.map(({ institution, contract, role }) => [institution, contract, role])],
    [10, genesis.validators.map((v) => [v.algorithm, v.publicKey, v.power, v.institution])],
    [11, genesis.contracts.map(({ name, bundleHash }) => [name, bundleHash])],
    [12, genesis.salt],
  ]);
}

const form = formOf("malformed-genesis");
const NAME = /^[a-z][a-z0-9-]{0,23}$/;
/** In the order of their keys, from 1. */
const PARAMETER_NAMES = [
  "maxTransactionBytes",
  "maxCalls",
  "maxBlockBytes",
  "actionsPerBlock",
  "expirySecondsOne",
  "expirySecondsSeveral",
] as const;
/** The zones that exist: UTC-12 to UTC+14. */
const ZONE = { least: -720, below: 841 };

/** Whether a ledger may have this name. FORMATS §2. */
export function isLedgerName(name: string): boolean {
  return NAME.test(name);
}

/** Reads genesis bytes; throws {@link ProtocolError} `malformed-genesis` with the part that is wrong. */
export function parseGenesis(bytes: Uint8Array): Genesis {
  const fields = form.fields(decodeCanonical(bytes, "genesis"), "genesis", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  if (fields.get(1) !== 1) throw new ProtocolError("unknown-version", "genesis");
  const flags = form.fields(fields.get(5), "flags", [1, 2]);
  const genesis: Genesis = {
    name: nameFromCbor(fields.get(2)),
    origin: form.text(fields.get(3), "origin"),
    zoneMinutes: form.integer(fields.get(4), "zone", ZONE.least, ZONE.below),
    development: form.flag(flags.get(1), "development"),
    demo: form.flag(flags.get(2), "demo"),
    time: form.seconds(fields.get(6), "first block time"),
    parameters: parametersFromCbor(fields.get(7)),
    institutions: form.list(fields.get(8), "institutions", 1).map(institutionFromCbor),
    roles: form.list(fields.get(9), "roles").map(roleFromCbor),
    validators: form.list(fields.get(10), "validators", 1).map(validatorFromCbor),
    contracts: form.list(fields.get(11), "contracts").map(contractFromCbor),
    salt: form.bytes(fields.get(12), "salt", 16),
  };
  assertConsistent(genesis);
  return genesis;
}

function nameFromCbor(value: CborValue | undefined): string {
  const name = form.text(value, "name");
  return isLedgerName(name) ? name : form.fail("name: a lower-case letter, then up to 23 letters, digits and hyphens");
}

function parametersFromCbor(value: CborValue | undefined): GenesisParameters {
  const fields = form.fields(
    value,
    "parameters",
    PARAMETER_NAMES.map((_, index) => index + 1),
  );
  const read = (name: (typeof PARAMETER_NAMES)[number]): number =>
    form.integer(fields.get(PARAMETER_NAMES.indexOf(name) + 1), name, 1, COUNT_LIMIT);
  return {
    maxTransactionBytes: read("maxTransactionBytes"),
    maxCalls: read("maxCalls"),
    maxBlockBytes: read("maxBlockBytes"),
    actionsPerBlock: read("actionsPerBlock"),
    expirySecondsOne: read("expirySecondsOne"),
    expirySecondsSeveral: read("expirySecondsSeveral"),
  };
}

function institutionFromCbor(value: CborValue): GenesisInstitution {
  const [name, party, keys] = form.tuple(value, "institution", 3);
  return {
    name: form.text(name, "institution's name"),
    party: form.hash(party, "institution's party"),
    keys: form.list(keys, "institution's keys", 1).map((entry): PublicKey => {
      const [algorithm, publicKey] = publicKeyFromCbor(...pair(form.tuple(entry, "key", 2)));
      return { algorithm, publicKey };
    }),
  };
}

function pair(values: readonly CborValue[]): [CborValue | undefined, CborValue | undefined] {
  return [values[0], values[1]];
}

function roleFromCbor(value: CborValue): GenesisRole {
  const [institution, contract, role] = form.tuple(value, "role", 3);
  return {
    institution: form.text(institution, "institution of a role"),
    contract: form.text(contract, "contract of a role"),
    role: form.text(role, "role"),
  };
}

function validatorFromCbor(value: CborValue): GenesisValidator {
  const [algorithm, key, power, institution] = form.tuple(value, "validator", 4);
  if (algorithm !== -19 && algorithm !== -49) return form.fail("validators have keys of Ed25519 or ML-DSA-65");
  return {
    algorithm,
    publicKey: publicKeyFromCbor(algorithm, key)[1],
    power: form.count(power, "power", 1),
    institution: form.text(institution, "institution of a validator"),
  };
}

function contractFromCbor(value: CborValue): GenesisContract {
  const [name, bundleHash] = form.tuple(value, "contract", 2);
  return { name: form.text(name, "contract's name"), bundleHash: form.hash(bundleHash, "bundle hash") };
}

function assertConsistent(genesis: Genesis): void {
  const names = new Set(genesis.institutions.map(({ name }) => name));
  assertDistinct(
    "institution names",
    genesis.institutions.map(({ name }) => name),
  );
  assertDistinct(
    "institution parties",
    genesis.institutions.map(({ party }) => toHex(party)),
  );
  assertDistinct(
    "institution keys",
    genesis.institutions.flatMap(({ keys }) => keys.map((key) => toHex(key.publicKey))),
  );
  assertDistinct(
    "validator keys",
    genesis.validators.map(({ publicKey }) => toHex(publicKey)),
  );
  assertDistinct(
    "contracts",
    genesis.contracts.map(({ name }) => name),
  );
  assertDistinct(
    "roles",
    genesis.roles.map((role) => JSON.stringify([role.institution, role.contract, role.role])),
  );
  for (const { institution } of [...genesis.roles, ...genesis.validators])
    if (!names.has(institution)) form.fail(`there is no institution ${institution}`);
  const total = genesis.validators.reduce((sum, { power }) => sum + power, 0);
  if (total >= COUNT_LIMIT) form.fail("the powers of the validators add up to more than allowed");
}

function assertDistinct(what: string, values: readonly string[]): void {
  if (new Set(values).size !== values.length) form.fail(`${what} must be distinct`);
}
