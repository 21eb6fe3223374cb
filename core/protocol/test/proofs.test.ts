import { equalBytes, fromObject, toHex } from "@acta/bytes";
import { sha256, verifySignature } from "@acta/crypto";
import { listRoot, listTree } from "@acta/merkle";
import { describe, expect, test } from "vitest";
import {
  buildReceipt,
  buildSlip,
  encodeProof,
  examineProof,
  isReceiptOf,
  parseProof,
  parseTrustFile,
  receiptsOf,
  renewProof,
  type Verdict,
  verifyProof,
} from "../src/index.ts";
import { execute, NOW, resultLeaves, TestChain } from "./chain.ts";
import { FILE, sampleChain } from "./samples.ts";

const one = sampleChain(1);
const four = sampleChain(4);
const sampleOf = (name: string, from = one): Uint8Array =>
  from.samples.find((sample) => sample.name.startsWith(name))?.bytes ?? new Uint8Array();
const measured = { size: FILE.length, sha256: sha256(FILE), root: listRoot([FILE]) };
const verify = (bytes: Uint8Array, options: Partial<Parameters<typeof verifyProof>[2]> = {}, from = one): Verdict =>
  verifyProof(bytes, from.trust, { now: NOW, ...options });

describe.each([one, four])("what a node builds ($chain.id)", (from) => {
  test.each(from.samples)("verifies: $name", ({ bytes, trust }) => {
    const verdict = verifyProof(bytes, trust, { now: NOW });
    expect(verdict).toMatchObject({ verdict: "valid", reason: "valid", demo: false });
    expect(verdict.basis).toBe(bytes === sampleOf("receipt of a together", from) ? "renewed" : "fresh");
  });

  test.each(from.samples)("comes back as it was written: $name", ({ bytes }) => {
    expect(toHex(encodeProof(parseProof(bytes)))).toBe(toHex(bytes));
  });
});

describe("a verdict", () => {
  test("tells of a receipt what was done, by whom, when and with what outcome", () => {
    const verdict = verify(sampleOf("receipt of the second"));
    expect(verdict).toMatchObject({
      kind: "receipt",
      contract: "registry",
      action: "enter",
      version: 1,
      outcome: { index: 1, verdict: "refused", refusal: { contract: "registry", code: "already-entered" } },
      file: "none",
    });
    expect(verdict.input?.get("title")).toBe("b");
    expect(verdict.signers).toMatchObject([
      { kind: "stranger", proved: true, signature: "verified" },
      { kind: "registered", proved: true, signature: "verified", roles: [["registry", "registrar"]] },
    ]);
    expect(verdict.noLaterThan).toEqual(one.chain.header((verdict.height ?? 0) + 1).time);
  });

  test("says of signatures behind a hash that the ledger accepted them", () => {
    expect(verify(sampleOf("slip")).signers).toMatchObject([{ proved: true, signature: "accepted-by-ledger" }]);
  });

  test("shows the records of a state proof, present and absent, and their height", () => {
    const verdict = verify(sampleOf("state proof"));
    expect(verdict.records?.map(({ key, value }) => [JSON.stringify(key), value !== undefined]).sort()).toEqual([
      ['[2,"registry","entry","last"]', true],
      ['[2,"registry","entry","nobody"]', false],
      ['[2,"registry","entry",0]', true],
    ]);
    expect(verdict.asOf?.height).toBe(verdict.height);
  });

  test("shows what the ledger did by itself", () => {
    expect(verify(sampleOf("proof of an act"))).toMatchObject({
      kind: "acted",
      ledgerAction: { index: 2, name: "entry 2" },
    });
  });
});

describe("a file", () => {
  const slip = sampleOf("slip");

  test("is the same, another, or not asked about", () => {
    expect(verify(slip)).toMatchObject({
      verdict: "valid",
      file: "not-asked",
      disclosures: [{}, {}],
      files: [{ size: 32 }],
    });
    expect(verify(slip, { file: measured })).toMatchObject({ verdict: "valid", file: "same" });
    expect(verify(slip, { file: { ...measured, sha256: sha256(slip) } })).toMatchObject({
      verdict: "not-valid",
      reason: "wrong-file",
      file: "different",
    });
    expect(verify(slip, { file: { ...measured, size: 33 } })).toMatchObject({ reason: "wrong-file" });
    expect(verify(slip, { file: { ...measured, root: sha256(slip) } })).toMatchObject({ reason: "wrong-file" });
  });

  test("cannot be proved by a proof that shows none", () => {
    expect(verify(sampleOf("receipt of one"), { file: measured })).toMatchObject({
      verdict: "not-valid",
      reason: "no-file",
    });
  });

  test("is called another only where the slip itself is whole", () => {
    const damaged = slip.slice();
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    expect(verify(damaged, { file: { ...measured, size: 1 } })).toMatchObject({ reason: "wrong-vote" });
  });
});

describe("belief", () => {
  test("needs a clock, for votes only", () => {
    expect(verify(sampleOf("receipt of one"), { now: undefined })).toMatchObject({
      verdict: "cannot-tell",
      reason: "no-clock",
    });
    expect(verify(sampleOf("receipt of one"), { now: Number.NaN })).toMatchObject({ reason: "no-clock" });
    expect(verify(sampleOf("receipt of a together"), { now: undefined })).toMatchObject({
      verdict: "valid",
      basis: "renewed",
    });
    const demo = one.chain.trust(3, { demo: true });
    expect(verifyProof(sampleOf("receipt of one"), demo, { now: undefined })).toMatchObject({
      reason: "no-clock",
      demo: true,
    });
  });

  test("ends with the period of the trust file, by clock or by the verifier's age", () => {
    const late = NOW + 2 * 15_552_000;
    expect(verify(sampleOf("receipt of one"), { now: late })).toMatchObject({ reason: "trust-file-too-old" });
    expect(verify(sampleOf("receipt of one"), { buildTime: late })).toMatchObject({ reason: "trust-file-too-old" });
    expect(verify(sampleOf("receipt of a together"), { now: late })).toMatchObject({ verdict: "valid" });
  });

  test("in a renewed receipt outlives the suite of its signer, who was accepted by the ledger", () => {
    const trust = one.chain.trust(one.chain.height - 1, { suites: [] });
    const verdict = verifyProof(sampleOf("receipt of a together"), trust, { now: NOW });
    expect(verdict).toMatchObject({ verdict: "valid", signers: [{ signature: "accepted-by-ledger" }] });
    expect(verifyProof(sampleOf("receipt of one"), trust, { now: NOW })).toMatchObject({ reason: "suite-ended" });
  });

  test("needs a trust file, whole and of this ledger", () => {
    const [receipt, state] = [sampleOf("receipt of one"), sampleOf("state proof")];
    expect(verifyProof(receipt, undefined, { now: NOW })).toMatchObject({
      verdict: "cannot-tell",
      reason: "no-trust-file",
      kind: undefined,
    });
    expect(verifyProof(receipt, one.trust.subarray(1), { now: NOW })).toMatchObject({ reason: "trust-file-malformed" });
    expect(verifyProof(receipt, four.trust, { now: NOW })).toMatchObject({
      verdict: "not-valid",
      reason: "unknown-ledger",
    });
    expect(verifyProof(state, four.trust, { now: NOW })).toMatchObject({
      verdict: "cannot-tell",
      reason: "unknown-chain",
    });
    expect(verifyProof(receipt, parseTrustFile(one.trust), { now: NOW })).toMatchObject({ verdict: "valid" });
  });

  test("waits for the answers to every check", () => {
    const { checks, conclude } = examineProof(sampleOf("receipt of one", four), four.trust, { now: NOW });
    expect(checks.map(({ rule }) => rule)).toEqual(["signature", "vote", "vote", "vote"]);
    expect(conclude(checks.map(verifySignature))).toMatchObject({ verdict: "valid" });
    expect(conclude([])).toMatchObject({ verdict: "not-valid", reason: "wrong-signature" });
    expect(conclude([true, true, false, true])).toMatchObject({ verdict: "not-valid", reason: "wrong-vote" });
  });

  test("passes on nothing of a proof that was changed", () => {
    const { checks, conclude } = examineProof(sampleOf("receipt of one"), one.trust, { now: NOW });
    expect(Object.keys(conclude(checks.map(() => false))).sort()).toEqual([
      "demo",
      "file",
      "kind",
      "reason",
      "verdict",
    ]);
  });
});

describe("renewal", () => {
  test("goes from header to header, and replaces a link to a height", () => {
    const chain = new TestChain("renewal", 1);
    const executed = [execute(one.transactions.several)];
    const height = chain.add({ executed });
    for (let more = 0; more < 12; more++) chain.add();
    const draft = {
      transaction: one.transactions.several,
      keys: [],
      withSignatures: false,
      outcomes: executed[0]?.outcomes ?? [],
    };
    const result = { index: 0, tree: listTree(resultLeaves(executed)) };
    const receipt = buildReceipt({ ...draft, result, callIndex: 2, trusted: chain.trusted(height + 1) });
    const trust = chain.trust(chain.height);
    // The transaction names the sample's ledger: everything else of the receipt holds.
    const reasonOf = (bytes: Uint8Array) => verifyProof(bytes, trust, { now: NOW }).reason;
    expect(reasonOf(receipt)).toBe("unknown-ledger");
    const once = renewProof(receipt, {
      link: chain.link(height + 1, 4),
      header: chain.header(5),
      commit: chain.commitProof(5),
    });
    const twice = renewProof(once, { link: chain.link(5, 8), header: chain.header(9), commit: chain.commitProof(9) });
    const anchored = renewProof(twice, { link: chain.link(9, 11), height: 11 });
    const again = renewProof(anchored, { link: chain.link(9, chain.height), height: chain.height });
    expect([once, twice, again].map(reasonOf)).toEqual(["unknown-ledger", "unknown-ledger", "unknown-ledger"]);
    expect(again.length).toBeLessThan(twice.length + 200);
    expect(reasonOf(renewProof(twice, { link: chain.link(8, 11), height: chain.height }))).toBe("wrong-link");
  });
});

describe("one call's outcome", () => {
  test("attached to another call is refused", () => {
    const outcomes = execute(one.transactions.several, [1]).outcomes;
    const receipts = [0, 1, 2].map(
      receiptsOf({
        transaction: one.transactions.several,
        keys: [],
        withSignatures: false,
        outcomes,
        result: { index: 0, tree: listTree(resultLeaves([execute(one.transactions.several, [1])])) },
        trusted: one.chain.trusted(5),
      }),
    );
    for (const [taker, taken] of receipts
      .flatMap((_, a) => receipts.map((__, b) => [a, b] as const))
      .filter(([a, b]) => a !== b)) {
      const [mine, other] = [receipts[taker], receipts[taken]].map((bytes) => parseProof(bytes ?? new Uint8Array()));
      if (mine?.kind !== "receipt" || other?.kind !== "receipt") throw new Error("not a receipt");
      const { outcome, outcomesPath, callsPath } = other.receipt;
      for (const change of [
        { outcome, outcomesPath },
        { outcome, outcomesPath, callsPath },
        { outcome: { ...outcome, callHash: mine.receipt.callHash }, outcomesPath, callsPath },
      ])
        expect(verify(encodeProof({ kind: "receipt", receipt: { ...mine.receipt, ...change } })).verdict).toBe(
          "not-valid",
        );
    }
  });

  test("is of this payload and no other", () => {
    const proof = parseProof(sampleOf("receipt of one"));
    expect(proof.kind === "receipt" && isReceiptOf(proof.receipt, one.transactions.single.payloadBytes)).toBe(true);
    expect(proof.kind === "receipt" && isReceiptOf(proof.receipt, one.transactions.several.payloadBytes)).toBe(false);
  });
});

describe("a slip", () => {
  test("may open less, and never a thing that was not sealed", () => {
    const proof = parseProof(sampleOf("slip"));
    if (proof.kind !== "slip") throw new Error("not a slip");
    const receipt = encodeProof({ kind: "receipt", receipt: proof.slip.receipt });
    const [first, second] = one.disclosures;
    if (!first || !second) throw new Error("two disclosures");
    expect(verify(buildSlip([second], receipt))).toMatchObject({ verdict: "valid", disclosures: [{ path: ["file"] }] });
    expect(equalBytes(buildSlip([first, second], receipt), buildSlip([second, first], receipt))).toBe(true);
    expect(verify(buildSlip([{ ...first, value: 901 }], receipt))).toMatchObject({ reason: "wrong-disclosure" });
    expect(verify(buildSlip([{ ...first, path: ["title"] }], receipt))).toMatchObject({ reason: "wrong-disclosure" });
    expect(verify(buildSlip([first, first], receipt))).toMatchObject({ reason: "wrong-form" });
    expect(verify(buildSlip([{ ...first, value: fromObject({ a: 1 }) }], receipt))).toMatchObject({
      reason: "wrong-disclosure",
    });
  });
});
