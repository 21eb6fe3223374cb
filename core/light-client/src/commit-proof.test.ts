import { type CborValue, decode, encode } from "@acta/bytes";
import { verifySignature } from "@acta/crypto";
import { describe, expect, test } from "vitest";
import { readVectors } from "../test/vectors.ts";
import { ABSENT } from "./commit.ts";
import {
  type CommitProof,
  commitProofChecks,
  commitProofFromCbor,
  commitProofToCbor,
  countVotes,
  proveCommit,
} from "./commit-proof.ts";

const vectors = readVectors();

describe.each(vectors.filter(({ accepted }) => accepted))("$name", ({ header, headerHash, commit, validators }) => {
  const proof = proveCommit(commit, validators);

  test("the commit's proof has a quorum whose every vote verifies", () => {
    expect(countVotes(proof, validators)).toBe("quorum");
    const checks = commitProofChecks(proof, { ...header, hash: headerHash }, validators);
    expect(checks.every(verifySignature)).toBe(true);
  });

  test("the proof comes back from its bytes", () => {
    expect(commitProofFromCbor(decode(encode(commitProofToCbor(proof))))).toEqual(proof);
  });

  test("the proof without its last vote is short", () => {
    expect(countVotes({ ...proof, votes: proof.votes.slice(0, -1) }, validators)).toBe("short");
  });
});

test("a commit without a quorum has no proof", () => {
  for (const { commit, validators } of vectors) {
    const nobody = { ...commit, signatures: validators.map(() => ABSENT) };
    expect(() => proveCommit(nobody, validators)).toThrow(expect.objectContaining({ code: "no-quorum" }));
  }
});

test("a commit of another number of places has no proof", () => {
  for (const { commit, validators } of vectors) {
    expect(() => proveCommit({ ...commit, signatures: [] }, validators)).toThrow(
      expect.objectContaining({ code: "malformed-commit" }),
    );
  }
});

describe("of four equal validators", () => {
  const validators = [1, 2, 3, 4].map((key) => {
    return { algorithm: -19 as const, publicKey: new Uint8Array(32).fill(key), power: 1 };
  });

  test("three votes of four are a quorum, whichever they are", () => {
    expect(countVotes(votesOf(0, 1, 2), validators)).toBe("quorum");
    expect(countVotes(votesOf(0, 2, 3), validators)).toBe("quorum");
  });

  test("four are a surplus, two are short", () => {
    expect(countVotes(votesOf(0, 1, 2, 3), validators)).toBe("surplus");
    expect(countVotes(votesOf(1, 3), validators)).toBe("short");
  });

  test("an index beyond the set is foreign", () => {
    expect(countVotes(votesOf(0, 4), validators)).toBe("foreign");
    const header = { chainId: "c", height: 2, hash: new Uint8Array(32) };
    expect(() => commitProofChecks(votesOf(4), header, validators)).toThrow("indices below 4");
  });
});

describe("the form of a commit is refused", () => {
  const vote = [0, 1, 0, new Uint8Array(64)];
  const hash = new Uint8Array(32);
  const cases: [string, CborValue][] = [
    ["that is no array", 1],
    ["with a fifth element", [0, 1, hash, [vote], null]],
    ["with round 2^31", [2 ** 31, 1, hash, [vote]]],
    ["with a negative round", [-1, 1, hash, [vote]]],
    ["with part count 2^32", [0, 2 ** 32, hash, [vote]]],
    ["with a parts hash of 31 bytes", [0, 1, new Uint8Array(31), [vote]]],
    ["without votes", [0, 1, hash, []]],
    ["with votes that are no array", [0, 1, hash, null]],
    ["with an index twice", [0, 1, hash, [vote, vote]]],
    ["with indices that descend", [0, 1, hash, [[1, 1, 0, hash], vote]]],
    ["with a negative index", [0, 1, hash, [[-1, 1, 0, hash]]]],
    ["with index 2^53", [0, 1, hash, [[2n ** 53n, 1, 0, hash]]]],
    ["with negative seconds", [0, 1, hash, [[0, -1, 0, hash]]]],
    ["with seconds 253402300800", [0, 1, hash, [[0, 253_402_300_800, 0, hash]]]],
    ["with 10^9 nanoseconds", [0, 1, hash, [[0, 0, 1_000_000_000, hash]]]],
    ["with a signature as text", [0, 1, hash, [[0, 0, 0, "signature"]]]],
    ["with a vote of three elements", [0, 1, hash, [[0, 0, 0]]]],
  ];
  test.each(cases)("%s", (_, value) => {
    expect(() => commitProofFromCbor(value)).toThrow(expect.objectContaining({ code: "malformed-commit" }));
  });
});

function votesOf(...indices: number[]): CommitProof {
  const time = { seconds: 1, nanoseconds: 0 };
  const votes = indices.map((index) => ({ index, time, signature: new Uint8Array(64) }));
  return { round: 0, parts: { total: 1, hash: new Uint8Array(32) }, votes };
}
