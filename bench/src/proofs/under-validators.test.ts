import { readFileSync } from "node:fs";
import { fromHex } from "@acta/bytes";
import { examineProof, parseTrustFile, verifyProof } from "@acta/protocol";
import { expect, test } from "vitest";
import { consortiumOf } from "./under-validators.ts";

type Vector = { name: string; bytes: string; trust: string; now: number };

const vectors = JSON.parse(
  readFileSync(new URL("../../../vectors/draft/protocol/proof.json", import.meta.url), "utf8"),
) as Vector[]; // its form is held by the tests of core/protocol
const ofOne = (words: string): Vector => vectors.find(({ name }) => name.startsWith(words)) ?? expect.fail(words);

test.each([
  ["receipt of one call", 4, 3],
  ["receipt of one call", 1, 1],
  ["state proof", 7, 5],
])("a %s under %i validators is valid by %i votes", (words, validators, votes) => {
  const { bytes, trust, now } = ofOne(words);
  const before = examineProof(fromHex(bytes), fromHex(trust), { now });
  const consortium = consortiumOf(parseTrustFile(fromHex(trust)), validators);
  const restated = consortium.restate(fromHex(bytes));
  expect(verifyProof(restated, consortium.trust, { now })).toMatchObject({ verdict: "valid", basis: "fresh" });
  expect(examineProof(restated, consortium.trust, { now }).checks).toHaveLength(before.checks.length - 1 + votes);
  expect(verifyProof(restated, fromHex(trust), { now }).verdict).not.toBe("valid");
});

test("a proof that rests on a link is not restated", () => {
  const { bytes, trust } = vectors.find(({ name }) => /renewed|link/.test(name)) ?? expect.fail("no such vector");
  expect(() => consortiumOf(parseTrustFile(fromHex(trust)), 4).restate(fromHex(bytes))).toThrow("votes for its own");
});
