import { type CborValue, encode, map } from "@acta/bytes";
import { type Algorithm, tagged } from "@acta/crypto";
import { PARAMETER_NAMES, parseGenesis } from "./genesis-form.ts";

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
