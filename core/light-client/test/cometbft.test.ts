import { toHex } from "@acta/bytes";
import { sha256, verifySignature } from "@acta/crypto";
import { describe, expect, test } from "vitest";
import { assembleBlock, dataHash, encodeBlock } from "../src/block.ts";
import { commitChecks, commitHash, encodeCommit } from "../src/commit.ts";
import { LightClientError } from "../src/errors.ts";
import { encodeHeader, headerHash } from "../src/header.ts";
import { consensusHash } from "../src/parameters.ts";
import { partSet } from "../src/part-set.ts";
import { resultLeaf, resultsHash } from "../src/results.ts";
import { verifyHeader } from "../src/skipping.ts";
import { sortValidators, validatorAddress, validatorsHash } from "../src/validator-set.ts";
import { voteSignBytes } from "../src/vote.ts";
import { readVectors, type Vector } from "./vectors.ts";

const vectors = readVectors();

test("there are at least ninety cases, with both key types, first blocks and blocks of many parts", () => {
  expect(vectors.length).toBeGreaterThanOrEqual(90);
  expect(vectors.filter(({ validators }) => validators.some(({ algorithm }) => algorithm === -49))).not.toHaveLength(0);
  expect(vectors.filter(({ header }) => header.height === 1)).not.toHaveLength(0);
  expect(vectors.filter(({ block }) => block.parts.total > 2)).not.toHaveLength(0);
  expect(new Set(vectors.map(({ accepted }) => accepted)).size).toBe(2);
});

describe.each(vectors)("$name", (vector) => {
  test("the validators have CometBFT's order, addresses and hash", () => {
    const sorted = sortValidators(vector.validators.toReversed());
    expect(sorted.map(hexAddress)).toEqual(vector.validators.map(({ address }) => toHex(address)));
    expect(toHex(validatorsHash(sorted))).toBe(toHex(vector.validatorsHash));
  });

  test("the header has CometBFT's bytes and hash", () => {
    expect(toHex(encodeHeader(vector.header))).toBe(toHex(vector.headerBytes));
    expect(toHex(headerHash(vector.header))).toBe(toHex(vector.headerHash));
  });

  test("transactions, results, parameters and last commit have CometBFT's hashes", () => {
    expect(toHex(dataHash(vector.transactions))).toBe(toHex(vector.dataHash));
    expect(vector.results.map((result) => toHex(resultLeaf(result)))).toEqual(
      vector.results.map(({ leaf }) => toHex(leaf)),
    );
    expect(toHex(resultsHash(vector.results))).toBe(toHex(vector.resultsHash));
    expect(toHex(consensusHash(vector.parameters))).toBe(toHex(vector.consensusHash));
    expect(toHex(commitHash(vector.lastCommit.signatures))).toBe(toHex(vector.lastCommitHash));
  });

  test("the block has CometBFT's bytes and part set", () => {
    const bytes = encodeBlock(vector);
    expect(bytes.length).toBe(vector.block.length);
    if (vector.block.bytes !== undefined) expect(toHex(bytes)).toBe(toHex(vector.block.bytes));
    expect(toHex(sha256(bytes))).toBe(toHex(vector.block.sha256));
    expect(describeParts(partSet(bytes))).toEqual(describeParts(vector.block.parts));
  });

  test("the block assembled from its parts is CometBFT's", () => {
    const { header, validators, lastCommit, transactions } = vector;
    const block = assembleBlock({ ...header, validators, nextValidators: validators, lastCommit, transactions });
    const expected = { ...header, nextValidatorsHash: header.validatorsHash };
    expect(block.header).toEqual(expected);
    expect(toHex(block.headerHash)).toBe(toHex(headerHash(expected)));
  });

  test("the commit has CometBFT's bytes, and its votes CometBFT's bytes to sign", () => {
    expect(toHex(encodeCommit(vector.commit))).toBe(toHex(vector.commitBytes));
    expect(signBytesOf(vector)).toEqual(vector.signBytes.map((bytes) => bytes && toHex(bytes)));
    expect(checksOrNothing(vector)?.map(({ message }) => toHex(message))).toEqual(
      checksOrNothing(vector) && vector.signBytes.flatMap((bytes) => (bytes === null ? [] : [toHex(bytes)])),
    );
  });

  test("the header is trusted by the set exactly when VerifyCommitLight accepts the commit", () => {
    const { chainId, validators, header, commit, accepted } = vector;
    const verdict = verifyHeader({ chainId, validators }, { header, commit }, verifySignature);
    expect(verdict === "trusted").toBe(accepted);
  });
});

function hexAddress(validator: { readonly publicKey: Uint8Array }): string {
  return toHex(validatorAddress(validator));
}

function describeParts({ total, hash }: { readonly total: number; readonly hash: Uint8Array }) {
  return { total, hash: toHex(hash) };
}

function signBytesOf({ chainId, commit }: Vector): (string | null)[] {
  const { height, round } = commit;
  return commit.signatures.map(({ flag, time }) => {
    if (flag === "absent") return null;
    return toHex(voteSignBytes({ chainId, height, round, time, blockId: flag === "commit" ? commit.blockId : null }));
  });
}

function checksOrNothing({ commit, chainId, validators }: Vector) {
  try {
    return commitChecks(commit, chainId, validators);
  } catch (error) {
    if (error instanceof LightClientError) return undefined; // an address was changed
    throw error;
  }
}
