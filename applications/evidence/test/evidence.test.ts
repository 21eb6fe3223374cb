import { encode, toHex } from "@acta/bytes";
import { codecOf, partyFromBytes, t } from "@acta/contract";
import type { MemoryLedger } from "@acta/ledger";
import { beforeEach, describe, expect, test } from "vitest";
import { application, evidence } from "../index.ts";
import { act, ann, court, eve, fileOf, numberOf, openLedger, otherCourt, sealFor, verdictOf } from "./court-house.ts";

const deposit = numberOf("the article");
const file = fileOf("山谷里的灯");
const order = fileOf("Order of the court, invented.");

let ledger: MemoryLedger;
beforeEach(() => {
  ledger = openLedger();
});

/** Refusal codes that a test has met; the last test compares them with those that are declared. */
const met = new Set<string>();
function verdict(...call: Parameters<typeof act> extends [unknown, ...infer Rest] ? Rest : never): unknown {
  const outcome = act(ledger, ...call);
  if (outcome?.refusal?.contract === "evidence") met.add(`${call[1]}.${outcome.refusal.code}`);
  return verdictOf(outcome);
}
const record = (): Readonly<Record<string, unknown>> | undefined => ledger.record("evidence", "deposit", { deposit });
const now = (): bigint => BigInt(ledger.time);
const entry = (number: bigint, more: object = {}): Readonly<Record<string, unknown>> => ({
  deposit,
  number,
  event: "collected",
  statedAt: now(),
  ...more,
});

describe("a deposit", () => {
  test("keeps the depositor, the time and commitments, and nothing of the file", () => {
    expect(verdict(ann, "deposit", { deposit, file, description: "An article." })).toBe("accepted");
    const value = codecOf(t.file("File"), "record").encode(file);
    const place = {
      path: ["file"],
      record: "deposit",
      key: [new Uint8Array(Buffer.from(deposit, "hex"))],
      field: ["file"],
    };
    expect(record()).toEqual({
      depositor: partyFromBytes(ann.key.party),
      depositedAt: now(),
      status: "kept",
      custodyEntries: 0n,
      file: toHex(sealFor(ledger, ann)(place, value)),
      description: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const all = ledger
      .entries()
      .map(([, bytes]) => toHex(bytes))
      .join();
    expect(all).not.toContain(file.sha256);
    expect(all).not.toContain(toHex(encode("An article.")));
  });

  test("is refused under a number that is taken", () => {
    verdict(ann, "deposit", { deposit, file });
    expect(verdict(eve, "deposit", { deposit, file })).toBe("already-deposited");
    expect(record()).toMatchObject({ depositor: partyFromBytes(ann.key.party) });
  });

  test("has one depositor", () => {
    expect(verdict([ann, court], "deposit", { deposit, file })).toEqual(["one-depositor", { count: 2 }]);
    expect(record()).toBeUndefined();
  });

  test("is one of thousands under one signature, each with its own verdict", () => {
    const numbers = ["a", "b", "a"].map(numberOf);
    const calls = numbers.map((deposit) =>
      ledger.call("evidence", "deposit", { deposit, file }, { seal: sealFor(ledger, ann) }),
    );
    expect(ledger.submit({ signers: [ann], calls }).map(verdictOf)).toEqual([
      "accepted",
      "accepted",
      "already-deposited",
    ]);
  });

  test("refuses a commitment that was sealed for another deposit", () => {
    const elsewhere = ledger.call(
      "evidence",
      "deposit",
      { deposit: numberOf("another"), file },
      { seal: sealFor(ledger, ann) },
    );
    const here = ledger.call("evidence", "deposit", { deposit, file }, { seal: sealFor(ledger, ann) });
    const moved = new Map([...here.input, ["file", elsewhere.input.get("file") ?? null] as const]);
    expect(verdictOf(ledger.submit({ signers: [ann], calls: [{ ...here, input: moved }] })[0])).toEqual(
      expect.arrayContaining(["sealed-elsewhere"]),
    );
  });
});

describe("the custody list", () => {
  beforeEach(() => {
    verdict(ann, "deposit", { deposit, file });
  });

  test("grows by the depositor's entries, in their order", () => {
    const statedAt = now() - 86_400n;
    expect(verdict(ann, "custody", entry(1n, { statedAt, note: "Captured." }))).toBe("accepted");
    expect(verdict(ann, "custody", entry(2n, { event: "transferred", handedTo: partyFromBytes(eve.key.party) }))).toBe(
      "accepted",
    );
    expect(record()).toMatchObject({ custodyEntries: 2n });
    expect(ledger.record("evidence", "custody", { deposit, number: 1n })).toEqual({
      event: "collected",
      statedAt,
      enteredAt: now() - 1n,
      note: expect.any(String),
    });
  });

  test("keeps its entries as they are, and has no gaps", () => {
    verdict(ann, "custody", entry(1n));
    expect(verdict(ann, "custody", entry(1n, { event: "destroyed" }))).toBe("number-taken");
    expect(verdict(ann, "custody", entry(3n))).toEqual(["number-skipped", { next: 2 }]);
    expect(ledger.record("evidence", "custody", { deposit, number: 1n })).toMatchObject({ event: "collected" });
  });

  test("takes no event that has not happened yet, beyond what clocks differ by", () => {
    expect(verdict(ann, "custody", entry(1n, { statedAt: now() + 302n }))).toBe("in-the-future");
    expect(verdict(ann, "custody", entry(1n, { statedAt: now() + 300n }))).toBe("accepted");
  });

  test.each(["transferred", "returned"])("asks to whom it was %s", (event) => {
    expect(verdict(ann, "custody", entry(1n, { event }))).toBe("keeper-missing");
  });

  test("is the depositor's alone", () => {
    expect(verdict(eve, "custody", entry(1n))).toEqual(["not-entitled", { missing: "the depositor of the deposit" }]);
    expect(verdict(court, "custody", entry(1n))).toEqual(["not-entitled", { missing: "the depositor of the deposit" }]);
  });

  test("of a deposit that is not there says so", () => {
    expect(verdict(ann, "custody", { ...entry(1n), deposit: numberOf("nothing") })).toEqual([
      "not-entitled",
      { missing: "the depositor of the deposit (there is no such deposit)" },
    ]);
  });

  test("goes on after a withdrawal", () => {
    verdict(ann, "withdraw", { deposit });
    expect(verdict(ann, "custody", entry(1n))).toBe("accepted");
  });
});

describe("a court's hold", () => {
  beforeEach(() => {
    verdict(ann, "deposit", { deposit, file });
  });

  test("keeps the deposit from being withdrawn until that court releases it", () => {
    expect(verdict(court, "hold", { deposit, order })).toBe("accepted");
    expect(record()).toMatchObject({
      hold: { court: partyFromBytes(court.key.party), judge: partyFromBytes(court.key.party) },
    });
    expect(verdict(ann, "withdraw", { deposit })).toBe("held-by-court");
    expect(verdict(court, "release", { deposit, order })).toBe("accepted");
    expect(record()).not.toHaveProperty("hold");
    expect(record()).toMatchObject({ release: { court: partyFromBytes(court.key.party), at: now() } });
    expect(verdict(ann, "withdraw", { deposit })).toBe("accepted");
  });

  test("is one at a time", () => {
    verdict(court, "hold", { deposit, order });
    expect(verdict(otherCourt, "hold", { deposit, order })).toBe("already-held");
  });

  test("is released by no other court", () => {
    expect(verdict(court, "release", { deposit, order })).toBe("not-held");
    verdict(court, "hold", { deposit, order });
    expect(verdict(otherCourt, "release", { deposit, order })).toBe("held-by-another-court");
    expect(record()).toHaveProperty("hold");
  });

  test("needs a deposit, and a court", () => {
    expect(verdict(court, "hold", { deposit: numberOf("nothing"), order })).toBe("unknown-deposit");
    expect(verdict(court, "release", { deposit: numberOf("nothing"), order })).toBe("unknown-deposit");
    expect(verdict(ann, "hold", { deposit, order })).toEqual(["not-entitled", { missing: "a court" }]);
    expect(verdict(ann, "release", { deposit, order })).toEqual(["not-entitled", { missing: "a court" }]);
  });
});

describe("a withdrawal", () => {
  beforeEach(() => {
    verdict(ann, "deposit", { deposit, file });
  });

  test("marks the deposit and removes nothing", () => {
    const before = record();
    expect(verdict(ann, "withdraw", { deposit })).toBe("accepted");
    expect(record()).toEqual({ ...before, status: "withdrawn", withdrawnAt: now() });
    expect(verdict(ann, "withdraw", { deposit })).toBe("already-withdrawn");
  });

  test("is the depositor's alone", () => {
    expect(verdict(eve, "withdraw", { deposit })).toEqual([
      "not-entitled",
      { missing: "the depositor of the deposit" },
    ]);
  });
});

test("every refusal that is declared has been met", () => {
  const declared = Object.entries(evidence.actions).flatMap(([action, { refusals }]) =>
    Object.keys(refusals).map((code) => `${action}.${code}`),
  );
  expect([...met].toSorted()).toEqual(declared.toSorted());
  expect(application.contracts).toEqual([evidence]);
});
