import { encodeRecord, type Values } from "@acta/contract";
import { sha256 } from "@acta/crypto";
import type { Call } from "@acta/protocol";
import { describe, expect, test } from "vitest";
import { ann, asAnn, inShort, partyOfKey } from "../test/ledger.ts";
import { asOwner, descent, openTrade, parcelRegister, trader } from "../test/trade.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import type { SignerWithKey } from "./sign-transaction.ts";

const agree = (ledger: MemoryLedger, number: string, thing = "flat") => ledger.call("deal", "agree", { number, thing });
const flat = (ledger: MemoryLedger) => ledger.record("parcels", "parcel", { thing: "flat" });

function submit(ledger: MemoryLedger, signer: SignerWithKey, action: string, given: object) {
  const call = ledger.call("deal", action, { ...given }, { seal: () => new Uint8Array(32).fill(5) });
  return ledger.submit({ signers: [signer], calls: [call] }).map(inShort);
}

describe("a contract that calls another", () => {
  test("takes effect with it, and is the caller that the ledger names", () => {
    const ledger = openTrade();
    expect(ledger.submit({ signers: [asOwner], calls: [agree(ledger, "1")] }).map(inShort)).toEqual(["accepted"]);
    expect(flat(ledger)).toMatchObject({ promisedTo: "deal/1" });
    expect(ledger.record("deal", "deal", { number: "1" })).toMatchObject({ thing: "flat" });
  });

  test("is refused by what refuses the other, and leaves nothing behind", () => {
    const ledger = openTrade();
    const [first, second] = ledger.submit({ signers: [asOwner], calls: [agree(ledger, "1"), agree(ledger, "2")] });
    expect([first?.verdict, inShort(second as never)]).toEqual([
      "accepted",
      ["parcels", "promised", { holder: "deal/1" }],
    ]);
    expect(ledger.record("deal", "deal", { number: "2" })).toBe(undefined);
  });

  test("names its own bundle, and all the records that changed", () => {
    const ledger = openTrade();
    const { results } = ledger.execute([ledger.sign({ signers: [asOwner], calls: [agree(ledger, "1")] })]);
    const changed = results[0]?.changes[0]?.map(([key]) => key.slice(1, 3));
    expect(changed).toEqual([
      ["deal", "deal"],
      ["parcels", "parcel"],
    ]);
    expect(results[0]?.outcomes[0]?.bundleHash).not.toBe(null);
  });

  test("is asked for the same signers as the other would ask", () => {
    const ledger = openTrade();
    const missing = { missing: "the owner of the parcel" };
    expect(ledger.submit({ signers: [asAnn], calls: [agree(ledger, "1")] }).map(inShort)).toEqual([
      ["ledger", "not-entitled", missing],
    ]);
  });

  test("cannot go on after the other's refusal", () => {
    const ledger = openTrade();
    expect(submit(ledger, asOwner, "insist", { number: "1", thing: "flat" })).toEqual([
      ["parcels", "not-promised", {}],
    ]);
  });

  test("passes on commitments, bound to the place that the signers named", () => {
    const ledger = openTrade();
    expect(submit(ledger, trader, "measure", { number: "1", thing: "flat", plan: "four rooms" })).toEqual(["accepted"]);
    const commitment = "05".repeat(32);
    expect([flat(ledger)?.["plan"], ledger.record("deal", "deal", { number: "1" })?.["plan"]]).toEqual([
      commitment,
      commitment,
    ]);
  });

  test("is refused where the other's form does not take what it passes on", () => {
    const ledger = openTrade();
    const long = "a number too long";
    expect(submit(ledger, asOwner, "agree", { number: long, thing: "flat" })).toEqual([
      ["ledger", "malformed-input", { path: "parcels.promise.input.number" }],
    ]);
  });

  test("may go eight calls deep", () => {
    const ledger = openTrade();
    const calls = [descent(ledger, 8n), descent(ledger, 9n)];
    expect(ledger.submit({ signers: [asAnn], calls }).map(inShort)).toEqual([
      "accepted",
      ["ledger", "calls-too-deep", {}],
    ]);
  });

  test("halts the node where it calls what it does not declare, even if it hides that", () => {
    const ledger = openTrade();
    expect(() => submit(ledger, asOwner, "stray", { number: "1", thing: "flat" })).toThrow(
      "calls parcels.promise, which the action does not declare",
    );
  });

  test("nobody calls in the name of a contract", () => {
    const ledger = openTrade();
    const call = ledger.call("parcels", "release", { thing: "flat", number: "1" });
    expect(ledger.submit({ signers: [asOwner], calls: [call] }).map(inShort)).toEqual([
      ["ledger", "not-entitled", { missing: "another contract" }],
    ]);
  });
});

describe("the owners of several things", () => {
  test("sign together, each for what it owns", () => {
    const ledger = openTrade();
    const open = ledger.call("parcels", "open", { thing: "house", owner: partyOfKey(ann) });
    ledger.submit({ signers: [trader], calls: [open] });
    const merge = (...things: string[]) => [ledger.call("parcels", "merge", { things })];
    const each = "the owner of each parcel";
    const by = (signers: SignerWithKey[], ...things: string[]) =>
      ledger.submit({ signers, calls: merge(...things), expiry: ledger.time + 600 }).map(inShort);
    expect(by([asOwner], "flat", "house")).toEqual([
      ["ledger", "not-entitled", { missing: `${each} (number 2 of 2)` }],
    ]);
    expect(by([asAnn])).toEqual([["ledger", "not-entitled", { missing: `${each} (none is listed)` }]]);
    // A name longer than any parcel's: there is no such parcel, and nothing halts.
    expect(by([asAnn], "x".repeat(50))).toEqual([
      ["ledger", "not-entitled", { missing: `${each} (number 1 of 1: there is no such parcel)` }],
    ]);
    expect(by([asOwner, asAnn], "flat", "house")).toEqual(["accepted"]);
    expect(ledger.record("parcels", "parcel", { thing: "house" })).toBe(undefined);
  });
});

describe("what a call expects", () => {
  test("is held to what the calls before it left, and none of a together is kept where it is not so", () => {
    const ledger = openTrade();
    const hash = (holder: string | undefined) => {
      const { fields } = parcelRegister.records.parcel;
      const parcel = ledger.record("parcels", "parcel", { thing: "flat" }) as Values<typeof fields>; // opened by openTrade
      return sha256(encodeRecord(fields, { ...parcel, promisedTo: holder }, 1));
    };
    const expecting = (number: string, valueHash: Uint8Array) => ({
      ...agree(ledger, number),
      expects: [{ contract: "parcels", record: "parcel", key: ["flat"], valueHash }],
    });
    const [now, then] = [hash(undefined), hash("deal/1")];
    const ends = (...calls: Call[]) => ledger.submit({ signers: [asOwner], calls, mode: "together" }).map(inShort);
    const changed = ["ledger", "record-changed", { record: "parcels.parcel" }];
    expect(ends(expecting("1", now), expecting("2", now))).toEqual(["undone", changed]);
    expect(flat(ledger)?.["promisedTo"]).toBe(undefined);
    expect(ends(expecting("1", now), expecting("2", then))).toEqual([
      "undone",
      ["parcels", "promised", { holder: "deal/1" }],
    ]);
  });
});

describe("a contract that reads another", () => {
  test("sees what its own call wrote, and is refused by its own code where there is nothing", () => {
    const ledger = openTrade();
    const calls = [agree(ledger, "1", "house"), agree(ledger, "2")];
    expect(ledger.submit({ signers: [asOwner], calls }).map(inShort)).toEqual([["deal", "no-parcel", {}], "accepted"]);
  });

  test("is refused where the other is in another version", () => {
    const ledger = openTrade();
    const call = ledger.call("antiquary", "look", { thing: "flat" });
    expect(ledger.submit({ signers: [asAnn], calls: [call] }).map(inShort)).toEqual([
      ["ledger", "version-not-in-force", { contract: "parcels", version: 1 }],
    ]);
  });
});
