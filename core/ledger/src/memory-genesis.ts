import { utf8Encode } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { DEFAULT_PARAMETERS, type Genesis, type GenesisParameters, type ListedRole } from "@acta/protocol";
import { type ContractLibrary, type ContractSource, contractLibrary } from "./contract-library.ts";
import { builtIn } from "./contracts/built-in.ts";
import { type SigningKey, signingKey } from "./sign-transaction.ts";

/** Who and what a ledger in memory begins with. */
export type MemoryGenesis = {
  /** Applications, or contracts of a test. The built-in ones are always there. */
  readonly contracts?: readonly ContractSource[];
  /** Institutions by name, each with its keys and the roles that it holds. */
  readonly institutions?: Readonly<Record<string, MemoryInstitution>>;
  readonly demo?: boolean;
  /** Time of the first block, seconds since 1970. */
  readonly time?: number;
  readonly parameters?: Partial<GenesisParameters>;
};

/** An institution by its keys; its party derives from the first. */
export type MemoryInstitution = {
  readonly keys: readonly [SigningKey, ...SigningKey[]];
  readonly roles?: readonly ListedRole[];
};

/** 2027-01-15T08:00:00Z: when ledgers in memory begin, unless they say otherwise. */
export const MEMORY_TIME = 1_800_000_000;

/** A key for tests, the same for the same name for ever. Never one to rely on: its secret is a hash of the name. */
export function testKey(name: string): SigningKey {
  return signingKey(sha256(utf8Encode(`acta test key ${name}`)));
}

/** A development genesis, the same for the same parts, and the contracts that it lists. */
export function memoryGenesis(parts: MemoryGenesis): { readonly genesis: Genesis; readonly library: ContractLibrary } {
  const library = contractLibrary([builtIn, ...(parts.contracts ?? [])]);
  const members = Object.entries({ node: { keys: [testKey("node")] as const }, ...parts.institutions });
  const institutions = members.map(([name, { keys }]) => ({
    name,
    party: keys[0].party,
    keys: keys.map(({ algorithm, publicKey }) => ({ algorithm, publicKey })),
  }));
  const roles = members.flatMap(([institution, { roles = [] }]: [string, MemoryInstitution]) =>
    roles.map(([contract, role]) => ({ institution, contract, role })),
  );
  const genesis: Genesis = {
    name: "memory",
    origin: "memory.example",
    zoneMinutes: 480,
    development: true,
    demo: parts.demo ?? false,
    time: parts.time ?? MEMORY_TIME,
    parameters: { ...DEFAULT_PARAMETERS, ...parts.parameters },
    institutions,
    roles,
    validators: [{ algorithm: -19, publicKey: testKey("validator").publicKey, power: 1, institution: "node" }],
    contracts: library.listed,
    salt: new Uint8Array(16),
  };
  return { genesis, library };
}
