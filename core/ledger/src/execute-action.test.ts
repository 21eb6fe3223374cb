import { describe, expect, test } from "vitest";
import { asAnn, inShort } from "../test/ledger.ts";
import { asOwner, descent, openTrade, trader } from "../test/trade.ts";
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
