import { type CborValue, toHex } from "@acta/bytes";
import { ProtocolError } from "./errors.ts";
import { COUNT_LIMIT, decodeCanonical, formOf } from "./form.ts";
import type {
  Genesis,
  GenesisContract,
  GenesisInstitution,
  GenesisParameters,
  GenesisRole,
  GenesisValidator,
  PublicKey,
} from "./genesis.ts";
import { isLedgerName } from "./ledger-name.ts";
import { publicKeyFromCbor } from "./signer.ts";

const form = formOf("malformed-genesis");
/** The zones that exist: UTC-12 to UTC+14. */
const ZONE = { least: -720, below: 841 };

/** The names of the parameters, in the order of their keys, from 1. */
export const PARAMETER_NAMES = [
  "maxTransactionBytes",
  "maxCalls",
  "maxBlockBytes",
  "actionsPerBlock",
  "expirySecondsOne",
  "expirySecondsSeveral",
] as const;
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
