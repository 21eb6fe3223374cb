import { decode, toHex } from "@acta/bytes";
import { encodeRecord } from "@acta/contract";
import { ALGORITHM, sha256 } from "@acta/crypto";
import { describe, expect, test } from "vitest";
import { type Claim, claim, nonceOf, office, openHouseholds, outsider, tagOf } from "../test/households.ts";
import { ann, asAnn, inShort } from "../test/ledger.ts";
import { openBlock } from "./block-draft.ts";
import { institutions } from "./contracts/institutions.ts";
import { executeTransaction } from "./execute-transaction.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { partyKey } from "./parties.ts";
import { signingKey } from "./sign-transaction.ts";
import { onceKey } from "./state-key.ts";

/** Claims as one transaction of that nonce; gives what came of it, and its identity. */
function submit(ledger: MemoryLedger, made: Omit<Claim, "nonce"> & { readonly nonce?: Uint8Array }, byte = 1) {
  const nonce = nonceOf(byte);
  const calls = [claim(ledger, { nonce, ...made })];
  const { results } = ledger.execute([ledger.sign({ signers: [asAnn], calls, nonce })]);
  const [result] = results;
  return { end: result?.outcomes.map(inShort)[0], identity: toHex(result?.identity as Uint8Array) };
}

const notAttested = ["ledger", "tag-not-attested", { scope: "household", office: "tag-office" }];

describe("a sealed value", () => {
  test("is used once, by its tag, within what narrows the scope", () => {
    const ledger = openHouseholds();
    const { end, identity } = submit(ledger, { id: "1", household: "4711" });
    expect(end).toBe("accepted");
    expect(submit(ledger, { id: "2", household: "4711" }, 2).end).toEqual([
      "ledger",
      "already-used",
      { scope: "household", first: identity },
    ]);
    expect(submit(ledger, { id: "2", household: "4712" }, 3).end).toBe("accepted");
    expect(submit(ledger, { id: "3", household: "4711", year: 2028n }, 4).end).toBe("accepted");
    const key = onceKey("households", "household", [2027, tagOf("4711")]).bytes;
    expect(decode(ledger.environment.state.get(key) as Uint8Array)).toEqual([
      1,
      new Map([["first", Uint8Array.from(Buffer.from(identity, "hex"))]]),
    ]);
  });

  test("leaves neither its tag's attestation nor itself in the record", () => {
    const ledger = openHouseholds();
    submit(ledger, { id: "1", household: "4711" });
    expect(Object.keys(ledger.record("households", "grant", { id: "1" }) ?? {})).toEqual(["household", "year"]);
  });

  test("is not used up by what was refused", () => {
    const ledger = openHouseholds();
    submit(ledger, { id: "1", household: "4711" });
    // The second scope refuses, after the tag was found to count.
    expect(submit(ledger, { id: "1", household: "4712" }, 2).end).toEqual([
      "ledger",
      "already-used",
      { scope: "grants", first: expect.any(String) },
    ]);
    expect(submit(ledger, { id: "2", household: "4712" }, 3).end).toBe("accepted");
  });
});

describe("a tag counts only", () => {
  test("where it is there", () => {
    const ledger = openHouseholds();
    const { input, ...call } = claim(ledger, { id: "1", household: "4711", nonce: nonceOf(1) });
    const without = new Map([...input].filter(([name]) => name !== "tags"));
    expect(ledger.submit({ signers: [asAnn], calls: [{ ...call, input: without }] }).map(inShort)).toEqual([
      ["ledger", "tag-missing", { scope: "household", office: "tag-office" }],
    ]);
  });

  test.each<[string, Partial<Claim>]>([
    ["the ledger", { statement: { ledgerId: new Uint8Array(32) } }],
    ["the contract", { statement: { contract: "grants" } }],
    ["the scope", { statement: { scope: "other" } }],
    ["what narrows it", { statement: { within: [2028] } }],
    ["the commitment", { statement: { commitments: [new Uint8Array(32)] } }],
    ["the transaction", { statement: { nonce: nonceOf(9) } }],
    ["the tag", { attested: { tag: toHex(tagOf("4712")) } }],
  ])("where the signature is over %s", (_, changed) => {
    expect(submit(openHouseholds(), { id: "1", household: "4711", ...changed }).end).toEqual(notAttested);
  });

  test("where a holder of the role signs, with a key in force", () => {
    expect(submit(openHouseholds(), { id: "1", household: "4711", by: outsider }).end).toEqual(notAttested);
    expect(submit(openHouseholds(), { id: "1", household: "4711", by: ann }).end).toEqual(notAttested);
    const attested = { key: toHex(outsider.keyId) };
    expect(submit(openHouseholds(), { id: "1", household: "4711", attested }).end).toEqual(notAttested);
    expect(withOfficeKeyRevoked()).toEqual(notAttested);
  });

  test("with exactly one for each declaration", () => {
    const ledger = openHouseholds();
    const { input, ...call } = claim(ledger, { id: "1", household: "4711", nonce: nonceOf(1) });
    const tags = input.get("tags") as readonly never[];
    const twice = new Map([...input, ["tags", [...tags, ...tags]]] as const);
    expect(ledger.submit({ signers: [asAnn], calls: [{ ...call, input: twice }] }).map(inShort)).toEqual([
      ["ledger", "malformed-input", { path: "input.tags" }],
    ]);
  });
});

test("an office may sign under any suite", () => {
  for (const algorithm of [ALGORITHM.esp256, ALGORITHM.mlDsa65]) {
    const by = signingKey(sha256(new Uint8Array([algorithm & 255])), algorithm);
    const attested = { office: toHex(office.party) };
    expect(submit(openHouseholds(by), { id: "1", household: "4711", by, attested }).end).toBe("accepted");
  }
});

test("in a dry run the signature is verified where the nonce is known, and everything else in any case", () => {
  const ledger = openHouseholds();
  const end = (call: ReturnType<typeof claim>, nonce?: Uint8Array) =>
    inShort(ledger.dryRun([asAnn.signer], call, nonce).outcome);
  const right = claim(ledger, { id: "1", household: "4711", nonce: nonceOf(1) });
  expect([end(right), end(right, nonceOf(1)), end(right, nonceOf(2))]).toEqual(["accepted", "accepted", notAttested]);
  expect(end(claim(ledger, { id: "1", household: "4711", nonce: nonceOf(1), by: outsider }))).toEqual(notAttested);
});

test("at a deadline nobody vouches, whatever is signed", () => {
  const ledger = openHouseholds();
  const at = BigInt(ledger.time + 60);
  const call = ledger.call("standing", "promise", { id: "1", at, household: "22".repeat(32) });
  expect(ledger.submit({ signers: [asAnn], calls: [call] }).map(inShort)).toEqual(["accepted"]);
  const { actions } = ledger.execute([], { time: { seconds: ledger.time + 100, nanoseconds: 0 } });
  expect(actions.map(({ refusal }) => refusal?.code)).toEqual(["tag-not-attested"]);
});

/** What a claim comes to in a block in which the tag office's key was revoked before. */
function withOfficeKeyRevoked(): unknown {
  const ledger = openHouseholds();
  const nonce = nonceOf(1);
  const call = claim(ledger, { id: "1", household: "4711", nonce });
  const examination = ledger.examine(ledger.sign({ signers: [asAnn], calls: [call], nonce }));
  if ("inadmissible" in examination) throw new Error(examination.inadmissible);
  const draft = openBlock(ledger.environment, { height: 1, time: { seconds: ledger.time, nanoseconds: 0 } });
  const { fields } = institutions.records.party;
  draft.state.put(partyKey(office.party), encodeRecord(fields, { keys: [] }, institutions.version));
  return executeTransaction(draft, examination.transaction).outcomes.map(inShort)[0];
}
