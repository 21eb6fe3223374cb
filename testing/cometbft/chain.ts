import { toHex, utf8Encode } from "@acta/bytes";
import { ALGORITHM, ed25519, sha256 } from "@acta/crypto";
import {
  type AssembledBlock,
  assembleBlock,
  BLOCK_PROTOCOL,
  type Commit,
  consensusHash,
  encodeCommit,
  NO_BLOCK_ID,
  NO_COMMIT,
  type Result,
  resultsHash,
  type Time,
  timeAfter,
  tombstoneValidator,
  type Validator,
  validatorAddress,
  voteSignBytes,
} from "@acta/light-client";

/** A block with the votes for it and what its application had answered, as the Go program reads it. */
export type MadeBlock = {
  readonly bytes: string;
  readonly headerHash: string;
  readonly parts: { readonly total: number; readonly hash: string };
  readonly commit: string;
  readonly validators: readonly ValidatorJson[];
  readonly nextValidators: readonly ValidatorJson[];
  readonly appHash: string;
  readonly lastResultsHash: string;
};

/** A chain from its first block on: standard input of `go run . verify`. */
export type MadeChain = {
  readonly chainId: string;
  readonly firstTime: readonly [seconds: number, nanoseconds: number];
  readonly maxBytes: number;
  readonly maxGas: number;
  readonly app: number;
  readonly blocks: readonly MadeBlock[];
};

type ValidatorJson = { readonly algorithm: number; readonly publicKey: string; readonly power: number };

const chainId = "registry-0-00112233aabbccdd";
const firstTime: Time = { seconds: 1_800_000_000, nanoseconds: 0 };
const parameters = { maxBytes: 22_020_096, maxGas: -1 };
const app = 1;

/**
 * The chain of a lone Ed25519 validator, as the embedded sequencer makes it: `blocks[i]` are the transactions of header
 * height i + 1; the last block announces the tombstone set. With `beyond`, the old key signs one block more.
 */
export function makeChain(blocks: readonly (readonly Uint8Array[])[], { beyond = false } = {}): MadeChain {
  const sequencer = new Sequencer();
  for (const [index, transactions] of blocks.entries()) sequencer.make(transactions, index === blocks.length - 1);
  if (beyond) sequencer.make([], true);
  return { chainId, firstTime: [firstTime.seconds, 0], ...parameters, app, blocks: sequencer.made };
}

class Sequencer {
  readonly made: MadeBlock[] = [];
  readonly #secret = sha256(utf8Encode("embedded sequencer"));
  readonly #address = validatorAddress({ publicKey: ed25519.publicKey(this.#secret) });
  #validators: readonly Validator[] = [
    { algorithm: ALGORITHM.ed25519, publicKey: ed25519.publicKey(this.#secret), power: 10 },
  ];
  #time = firstTime;
  #lastBlockId = NO_BLOCK_ID;
  #lastCommit = NO_COMMIT;
  #lastResultsHash = resultsHash([]);

  make(transactions: readonly Uint8Array[], isClosing: boolean): void {
    const nextValidators = isClosing ? [tombstoneValidator(chainId)] : this.#validators;
    const appHash = sha256(utf8Encode(`app hash before ${this.made.length + 1}`));
    const block = assembleBlock({
      chainId,
      version: { block: BLOCK_PROTOCOL, app },
      height: this.made.length + 1,
      time: this.#time,
      lastBlockId: this.#lastBlockId,
      lastCommit: this.#lastCommit,
      transactions,
      validators: this.#validators,
      nextValidators,
      consensusHash: consensusHash(parameters),
      appHash,
      lastResultsHash: this.#lastResultsHash,
      proposerAddress: this.#address,
    });
    const commit = this.#vote(block);
    this.made.push(this.#toJson(block, commit, nextValidators));
    this.#lastBlockId = block.blockId;
    this.#lastCommit = commit;
    this.#lastResultsHash = resultsHash(transactions.map(resultOf));
    this.#validators = nextValidators;
  }

  /** The vote's time is the next block's: a millisecond and some nanoseconds later at least. */
  #vote({ header: { height }, blockId }: AssembledBlock): Commit {
    this.#time = timeAfter(this.#time, 1_000_000 + height * 333_333_333);
    const message = voteSignBytes({ chainId, height, round: 0, blockId, time: this.#time });
    const signature = ed25519.sign(this.#secret, message);
    return {
      height,
      round: 0,
      blockId,
      signatures: [{ flag: "commit", address: this.#address, time: this.#time, signature }],
    };
  }

  #toJson(block: AssembledBlock, commit: Commit, nextValidators: readonly Validator[]): MadeBlock {
    const { parts } = block.blockId;
    return {
      bytes: toHex(block.bytes),
      headerHash: toHex(block.headerHash),
      parts: { total: parts.total, hash: toHex(parts.hash) },
      commit: toHex(encodeCommit(commit)),
      validators: this.#validators.map(validatorJson),
      nextValidators: nextValidators.map(validatorJson),
      appHash: toHex(block.header.appHash),
      lastResultsHash: toHex(this.#lastResultsHash),
    };
  }
}

function resultOf(transaction: Uint8Array): Result {
  return { code: 0, data: sha256(transaction) };
}

function validatorJson({ algorithm, publicKey, power }: Validator): ValidatorJson {
  return { algorithm, publicKey: toHex(publicKey), power };
}
