import { expect, test } from "vitest";
import { readVectors } from "../test/vectors.ts";
import { verifyHeader } from "./skipping.ts";

const [example] = readVectors().filter(({ accepted, validators }) => accepted && validators.length > 3);
if (example === undefined) throw new Error("the vectors hold no accepted commit of four validators");
const { header, commit, chainId, validators } = example;
const trusted = { chainId, validators };

test("a header is trusted by the set that signed it", () => {
  expect(verifyHeader(trusted, { header, commit })).toBe("trusted");
});

test("a header of another chain is not", () => {
  expect(verifyHeader({ ...trusted, chainId: "another" }, { header, commit })).toBe("other-chain");
});

test("a header of another set is not", () => {
  expect(verifyHeader({ ...trusted, validators: validators.slice(1) }, { header, commit })).toBe("other-set");
});

test("a header that the commit does not name is not", () => {
  const later = { ...header, time: { ...header.time, seconds: header.time.seconds + 1 } };
  expect(verifyHeader(trusted, { header: later, commit })).toBe("other-commit");
  expect(verifyHeader(trusted, { header, commit: { ...commit, height: commit.height + 1 } })).toBe("other-commit");
});

test("a commit of too few places is malformed", () => {
  const cut = { ...commit, signatures: commit.signatures.slice(1) };
  expect(verifyHeader(trusted, { header, commit: cut })).toBe("malformed-commit");
});

test("votes are verified only until two thirds are passed", () => {
  let verified = 0;
  const verdict = verifyHeader(trusted, { header, commit }, () => verified++ < 1);
  expect(verdict).toBe("wrong-vote");
  expect(verified).toBe(2);
});
