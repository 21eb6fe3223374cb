import { type CborValue, compareBytes, encode, map, toHex } from "@acta/bytes";
import { type ContractDefinition, type Digest, encodeKey, encodeRecord, type Party } from "@acta/contract";
import { keyId } from "@acta/crypto";
import type { Genesis, GenesisInstitution, GenesisParameters } from "@acta/protocol";
import { institutions } from "./contracts/institutions.ts";
import { operation } from "./contracts/operation.ts";
import { contractWrites, getDefinition } from "./contracts-in-force.ts";
import type { ContractLookup } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { openingReplay } from "./replay.ts";
import { recordKey, systemKey } from "./state-key.ts";
import { zoneWrites } from "./zone.ts";

/** A key of the state before block 1, with its value. */
export type GenesisWrite = readonly [key: Uint8Array, value: Uint8Array];

/**
 * The state before block 1, in the order of the keys' bytes: parameters and flags, contracts, institutions with their
 * keys and roles, the clock, and replay protection with nothing in it yet.
 *
 * Throws LedgerError where the genesis lacks the contract `institutions`, or the node lacks a contract's code.
 */
export function genesisState(genesis: Genesis, contracts: ContractLookup): GenesisWrite[] {
  const listed = genesis.contracts.map(({ name, bundleHash }) => ({
    definition: getDefinition(contracts, name, bundleHash),
    bundleHash,
  }));
  const definitions = listed.map(({ definition }) => definition);
  const writes = [
    ...systemWrites(genesis),
    ...zoneWrites(genesis.zoneMinutes, definitions),
    ...listed.flatMap(({ definition, bundleHash }) =>
      contractWrites(definition, bundleHash).map(([key, value]) => [key.bytes, value] as const),
    ),
    ...institutionWrites(genesis),
    ...roleWrites(genesis),
    ...clockWrites(genesis),
    openingReplay(genesis.time),
  ];
  return writes.sort(([a], [b]) => compareBytes(a, b));
}

/** Parameters in the order of their numbers in the genesis and in the system record [0, "parameters"]. */
const PARAMETERS = [
  "maxTransactionBytes",
  "maxCalls",
  "maxBlockBytes",
  "actionsPerBlock",
  "expirySecondsOne",
  "expirySecondsSeveral",
] as const satisfies readonly (keyof GenesisParameters)[];

function systemWrites({ parameters, development, demo }: Genesis): GenesisWrite[] {
  const flags: CborValue = map([
    [1, development],
    [2, demo],
  ]);
  const limits = map(PARAMETERS.map((name, index) => [index + 1, parameters[name]]));
  return [
    [systemKey("flags").bytes, encode(flags)],
    [systemKey("parameters").bytes, encode(limits)],
  ];
}

function institutionWrites(genesis: Genesis): GenesisWrite[] {
  if (!genesis.contracts.some(({ name }) => name === institutions.name)) {
    const remedy = "List it with the hash of its bundle.";
    throw new LedgerError("genesis-contract-missing", `The genesis lacks the contract ${institutions.name}. ${remedy}`);
  }
  return genesis.institutions.flatMap((institution) => {
    const party = asParty(institution.party);
    return [
      recordWrite(institutions, "institution", { name: institution.name }, { party }),
      recordWrite(institutions, "party", { party }, { institution: party, keys: keysOf(institution) }),
    ];
  });
}

function keysOf({ keys }: GenesisInstitution) {
  return keys.map(({ algorithm, publicKey }) => ({
    algorithm: BigInt(algorithm),
    key: publicKey,
    keyId: toHex(keyId(algorithm, publicKey)) as Digest, // 32 bytes, like every key id
    state: "in-force",
  }));
}

function roleWrites(genesis: Genesis): GenesisWrite[] {
  const parties = new Map(genesis.institutions.map(({ name, party }) => [name, asParty(party)]));
  return genesis.roles.map(({ institution, contract, role }) =>
    recordWrite(institutions, "role", { institution: parties.get(institution), contract, role }, {}),
  );
}

function clockWrites({ contracts, demo }: Genesis): GenesisWrite[] {
  if (!contracts.some(({ name }) => name === operation.name)) return [];
  return [recordWrite(operation, "clock", {}, { demo, offset: 0n })];
}

function recordWrite(contract: ContractDefinition, name: string, key: Row, values: Row): GenesisWrite {
  const specification = contract.records[name];
  if (specification === undefined) throw new LedgerError("wrong-use", `Contract ${contract.name} has no ${name}.`);
  const at = recordKey(contract.name, name, encodeKey(specification.key, key));
  return [at.bytes, encodeRecord(specification.fields, values, contract.version)];
}

type Row = Readonly<Record<string, unknown>>;

const asParty = (party: Uint8Array): Party => toHex(party) as Party; // 32 bytes, as the genesis was read
