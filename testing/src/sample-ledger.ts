import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CborMap, map, utf8Encode } from "@acta/bytes";
import { ALGORITHM, keyId, partyOf, sha256 } from "@acta/crypto";
import {
  asRegistered,
  asStranger,
  type ContractLibrary,
  type ContractSource,
  memoryGenesis,
  type SignerWithKey,
  type SigningKey,
  signTransaction,
} from "@acta/ledger";
import { ed25519Signer } from "@acta/native";
import { type Call, encodeGenesis, ledgerId } from "@acta/protocol";
import { formatKeyFile, keyFromSecret } from "@acta/sdk";
import { releasedApplications } from "./applications.ts";

/** A ledger for tests of whole nodes: always the same genesis, institutions and keys. */
export type SampleLedger = {
  readonly genesisBytes: Uint8Array;
  readonly ledgerId: Uint8Array;
  readonly library: ContractLibrary;
  /** Registered; without quotas. */
  readonly depositor: SignerWithKey;
  readonly court: SignerWithKey;
  readonly operator: SignerWithKey;
  /** Not registered. */
  readonly stranger: SignerWithKey;
  /** The secret of the node's own key, which votes. */
  readonly validatorSecret: Uint8Array;
};

/** 2026-09-21: the sample ledger's first block. */
const GENESIS_SECONDS = 1_790_000_000;

/** The sample ledger, with every application of this release, and more contracts where a test brings them. */
export async function sampleLedger(more: readonly ContractSource[] = []): Promise<SampleLedger> {
  const [depositor, court, operator] = [keyOf("depositor"), keyOf("court"), keyOf("operator")];
  const { genesis, library } = memoryGenesis({
    contracts: [...(await releasedApplications()), ...more],
    institutions: {
      depositor: { keys: [depositor] },
      court: { keys: [court], roles: [["evidence", "court"]] },
      operator: { keys: [operator], roles: [["operation", "operator"]] },
    },
    demo: true,
    time: GENESIS_SECONDS,
  });
  const genesisBytes = encodeGenesis(genesis);
  return {
    genesisBytes,
    ledgerId: ledgerId(genesisBytes),
    library,
    depositor: asRegistered(depositor),
    court: asRegistered(court, { roles: [["evidence", "court"]] }),
    operator: asRegistered(operator, { roles: [["operation", "operator"]] }),
    stranger: asStranger(keyOf("stranger")),
    validatorSecret: secretOf("validator"),
  };
}

/** Puts genesis and validator's key into a data folder: a node that starts there keeps the sample ledger. */
export function writeSampleLedger(data: string, ledger: SampleLedger): void {
  mkdirSync(join(data, "keys"), { recursive: true });
  const validator = keyFromSecret("ed25519", ledger.validatorSecret);
  writeFileSync(join(data, "keys", "validator.key"), formatKeyFile(validator), { mode: 0o600 });
  writeFileSync(join(data, "genesis.cbor"), ledger.genesisBytes);
}

/** What a transaction of the sample ledger says. */
export type SampleTransaction = {
  readonly signers: readonly SignerWithKey[];
  readonly calls: readonly Call[];
  /** Seconds since 1970. */
  readonly expiry: number;
  readonly nonce: Uint8Array;
};

/** The bytes of a signed transaction. Several calls get blinds that follow from the nonce. */
export function signSample({ ledgerId }: Pick<SampleLedger, "ledgerId">, made: SampleTransaction): Uint8Array {
  const blind = (index: number): Uint8Array =>
    sha256(Uint8Array.of(...made.nonce, index >> 8, index & 255)).slice(0, 16);
  const calls =
    made.calls.length === 1 ? made.calls : made.calls.map((call, index) => ({ ...call, blind: blind(index) }));
  return signTransaction({ ...made, ledgerId, calls });
}

/** A call of `evidence.deposit`; of a sealed file the ledger sees 32 bytes that could be anything. */
export function depositCall(number: Uint8Array, commitment: Uint8Array = sha256(number)): Call {
  return evidenceCall(
    "deposit",
    map([
      ["deposit", number],
      ["file", ["deposit", [number], ["file"], commitment]],
    ]),
  );
}

/** A call of the evidence contract with its input as it is encoded. */
export function evidenceCall(action: string, input: CborMap): Call {
  return { contract: "evidence", version: 1, action, input, expects: [], blind: new Uint8Array(0) };
}

/** A key for tests, the same for the same name; it signs natively, because tests of whole nodes sign thousands of times. */
export function keyOf(name: string): SigningKey {
  const { publicKey, sign } = ed25519Signer(secretOf(name));
  const id = keyId(ALGORITHM.ed25519, publicKey);
  return { algorithm: ALGORITHM.ed25519, publicKey, keyId: id, party: partyOf(id), sign };
}

// The same derivation as the ledger's test keys, of which memoryGenesis takes the validator's.
function secretOf(name: string): Uint8Array {
  return sha256(utf8Encode(`acta test key ${name}`));
}
