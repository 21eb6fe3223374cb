import { ALGORITHM } from "@acta/crypto";
import { consensusHash, type Validator, validatorAddress } from "@acta/light-client";
import { chainId, firstOpening, type Genesis, type Opening, parseGenesis } from "@acta/protocol";

/** What is fixed for the embedded chain of one validator: everything in its headers that no block changes. */
export type Chain = {
  readonly genesis: Genesis;
  readonly ledgerId: Uint8Array;
  readonly opening: Opening;
  readonly chainId: string;
  readonly validator: Validator;
  readonly proposerAddress: Uint8Array;
  readonly consensusHash: Uint8Array;
  /** App hash before the first block. */
  readonly firstAppHash: Uint8Array;
};

/** CometBFT's default for the largest block, which its consensus hash covers. */
const BLOCK_PARAMETERS = { maxBytes: 22_020_096, maxGas: -1 };

/** Protocol versions in headers: CometBFT's block protocol, and the first rule set of this state machine. */
export const VERSION = { block: 11, app: 1 } as const;

/**
 * The embedded chain that a genesis opens.
 *
 * Throws an Error when the genesis names other than one Ed25519 validator: such a ledger is kept by a consortium.
 */
export function openChain(genesisBytes: Uint8Array, firstAppHash: Uint8Array): Chain {
  const genesis = parseGenesis(genesisBytes);
  const [first, ...others] = genesis.validators;
  if (first === undefined || others.length > 0 || first.algorithm !== ALGORITHM.ed25519) {
    throw new Error("The genesis must name exactly one Ed25519 validator for a ledger kept by one node.");
  }
  const validator: Validator = { algorithm: ALGORITHM.ed25519, publicKey: first.publicKey, power: first.power };
  const opening = firstOpening(genesisBytes);
  return {
    genesis,
    ledgerId: opening.ledgerId,
    opening,
    chainId: chainId(genesis.name, opening),
    validator,
    proposerAddress: validatorAddress(validator),
    consensusHash: consensusHash(BLOCK_PARAMETERS),
    firstAppHash,
  };
}
