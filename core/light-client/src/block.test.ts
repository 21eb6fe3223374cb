import { fromHex, toHex } from "@acta/bytes";
import { expect, test } from "vitest";
import { readVectors } from "../test/vectors.ts";
import { assembleBlock, blockIdOf, evidenceHash } from "./block.ts";
import { NO_BLOCK_ID } from "./block-id.ts";
import { ABSENT, encodeCommit, NO_COMMIT } from "./commit.ts";

const EMPTY_LIST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

test("an empty first block ends with empty data, no evidence and the empty commit", () => {
  const { header, bytes, headerHash, blockId } = assembleFirstBlock();
  expect(toHex(bytes).endsWith("12001a0022041a021200")).toBe(true);
  expect(toHex(header.lastCommitHash)).toBe(EMPTY_LIST);
  expect(toHex(header.dataHash)).toBe(EMPTY_LIST);
  expect(toHex(evidenceHash())).toBe(EMPTY_LIST);
  expect(blockId).toEqual(blockIdOf(header, bytes));
  expect(blockId).toEqual({ hash: headerHash, parts: { total: 1, hash: blockId.parts.hash } });
});

test("both validator sets may be given in any order", () => {
  const { validators } = readVectors().find((vector) => vector.validators.length > 3) ?? { validators: [] };
  const block = assembleFirstBlock(validators);
  const other = assembleFirstBlock(validators.toReversed());
  expect(other.headerHash).toEqual(block.headerHash);
});

test("an absent vote has the fifteen bytes that CometBFT gives it", () => {
  const commit = encodeCommit({ ...NO_COMMIT, signatures: [ABSENT] });
  expect(toHex(commit)).toBe("1a021200220f08011a0b088092b8c398feffffff01");
});

function assembleFirstBlock(validators = readVectors()[0]?.validators ?? []) {
  const hash = fromHex("11".repeat(32));
  return assembleBlock({
    chainId: "registry-0-0011223344556677",
    version: { block: 11, app: 1 },
    height: 1,
    time: { seconds: 1_800_000_000, nanoseconds: 0 },
    lastBlockId: NO_BLOCK_ID,
    lastCommit: NO_COMMIT,
    transactions: [],
    validators,
    nextValidators: validators,
    consensusHash: hash,
    appHash: hash,
    lastResultsHash: hash,
    proposerAddress: new Uint8Array(20),
  });
}
