import { ALGORITHM } from "@acta/crypto";
import {
  type AssembledBlock,
  assembleBlock,
  type BlockParts,
  type Commit,
  consensusHash,
  sortValidators,
  type Time,
  type Validator,
  validatorAddress,
  voteSignBytes,
} from "@acta/light-client";

/** A validator that votes: its public part, and what signs for it. */
export type VotingKey = { readonly publicKey: Uint8Array; readonly sign: (message: Uint8Array) => Uint8Array };

/** A block with the votes of all its validators. */
export type SignedBlock = AssembledBlock & { readonly commit: Commit };

/** A key as one of several validators of equal power. */
export function validatorOf({ publicKey }: VotingKey): Validator & { readonly algorithm: typeof ALGORITHM.ed25519 } {
  return { algorithm: ALGORITHM.ed25519, publicKey, power: 1 };
}

/** What the maker of a chain says of a block; the rest is the same for every block of its validators. */
export type ChainBlock = Omit<
  BlockParts,
  "version" | "transactions" | "validators" | "nextValidators" | "consensusHash" | "proposerAddress"
> & { readonly nextValidators?: readonly Validator[] };

/** Makes an empty block and has every validator vote for it at `votedAt`. */
export function signEmptyBlock(block: ChainBlock, keys: readonly VotingKey[], votedAt: Time): SignedBlock {
  const validators = sortValidators(keys.map(validatorOf));
  const assembled = assembleBlock({
    nextValidators: validators,
    ...block,
    version: { block: 11, app: 1 },
    transactions: [],
    validators,
    consensusHash: consensusHash({ maxBytes: 22_020_096, maxGas: -1 }),
    proposerAddress: validatorAddress(validators[0] as Validator), // there is at least one
  });
  const { blockId } = assembled;
  const message = voteSignBytes({ chainId: block.chainId, height: block.height, round: 0, blockId, time: votedAt });
  const signatures = validators.map((validator) => {
    const { sign } = keys.find(({ publicKey }) => publicKey === validator.publicKey) as VotingKey; // made of it
    return { flag: "commit" as const, address: validatorAddress(validator), time: votedAt, signature: sign(message) };
  });
  return { ...assembled, commit: { height: block.height, round: 0, blockId, signatures } };
}
