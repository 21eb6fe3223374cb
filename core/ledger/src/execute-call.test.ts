import { encode, toHex } from "@acta/bytes";
import { blanksOf, encodeRecord } from "@acta/contract";
import { sha256 } from "@acta/crypto";
import type { Call, Outcome } from "@acta/protocol";
import { describe, expect, test } from "vitest";
import { openCensus } from "../test/census.ts";
import { claim, nonceOf, openHouseholds } from "../test/households.ts";
import { openInvoices } from "../test/invoices.ts";
import {
  ann,
  asAnn,
  asBob,
  asRegistrar,
  bank,
  bob,
  inShort,
  openLedger,
  partyOfKey,
  registrar,
} from "../test/ledger.ts";
import { letUntil, openRent } from "../test/rent.ts";
import { descent, openTrade, trader } from "../test/trade.ts";
import { openBlock } from "./block-draft.ts";
import { institutions } from "./contracts/institutions.ts";
import { executeTransaction } from "./execute-transaction.ts";
import { partyKey } from "./parties.ts";
import { type LedgerRefusalCode, ledgerRefusals } from "./refusal.ts";
import { asRegistered, type SignerWithKey } from "./sign-transaction.ts";

const seal = () => new Uint8Array(32).fill(7);

/** One call that earns each refusal of the ledger itself. */
const provoked = {
  "unknown-contract": () => outcomeOf(asAnn, (call) => ({ ...call, contract: "nowhere" })),
  "contract-changed": () => outcomeOf(asAnn, (call) => ({ ...call, version: 2 })),
  "unknown-action": () => outcomeOf(asAnn, (call) => ({ ...call, action: "constructor" })),
  "malformed-input": () => outcomeOf(asAnn, (call) => ({ ...call, input: new Map([...call.input, ["by", 1001]]) })),
  "sealed-elsewhere": () => {
    const ledger = openLedger();
    const call = ledger.call("drawer", "keep", { id: "one", words: "secret" }, { seal });
    const moved = { ...call, input: new Map([...call.input, ["id", "two"]]) };
    return ledger.submit({ signers: [asAnn], calls: [moved] })[0];
  },
  "record-changed": () =>
    outcomeOf(asAnn, (call) => ({
      ...call,
      expects: [{ contract: "counter", record: "counter", key: ["a"], valueHash: new Uint8Array(32) }],
    })),
  "key-not-in-force": () => withKeyRevokedInBlock(),
  "power-not-held": () => outcomeOf(asRegistered(bank, { roles: [["register", "registrar"]] })),
  "not-entitled": () => {
    const ledger = openLedger();
    const call = ledger.call("register", "open", { thing: "flat", owner: partyOfKey(ann) });
    return ledger.submit({ signers: [asAnn], calls: [call] })[0];
  },
  "version-not-in-force": () => {
    const ledger = openTrade();
    return ledger.submit({ signers: [trader], calls: [ledger.call("antiquary", "look", { thing: "flat" })] })[0];
  },
  "deadline-impossible": () => {
    const ledger = openRent();
    return ledger.submit({ signers: [asAnn], calls: [letUntil(ledger, "x".repeat(250), 60)] })[0];
  },
  "total-too-large": () => {
    const ledger = openCensus();
    const put = (id: string) =>
      ledger.call("census", "put", { id, branch: "44", status: "full", points: (1n << 256n) - 1n });
    return ledger.submit({ signers: [asAnn], calls: [put("a"), put("b")] })[1];
  },
  "already-used": () => {
    const ledger = openInvoices();
    const call = ledger.call("invoices", "number", { number: "1" });
    return ledger.submit({ signers: [asAnn], calls: [call, call] })[1];
  },
  "tag-missing": () => {
    const ledger = openHouseholds();
    const made = claim(ledger, { id: "1", household: "4711", nonce: nonceOf(1) });
    const input = new Map([...made.input].filter(([name]) => name !== "tags"));
    return ledger.submit({ signers: [asAnn], calls: [{ ...made, input }] })[0];
  },
  "tag-not-attested": () => {
    const ledger = openHouseholds();
    const call = claim(ledger, { id: "1", household: "4711", nonce: nonceOf(1) });
    return ledger.submit({ signers: [asAnn], calls: [call], nonce: nonceOf(2) })[0];
  },
  "calls-too-deep": () => {
    const ledger = openTrade();
    return ledger.submit({ signers: [trader], calls: [descent(ledger, 9n)] })[0];
  },
} satisfies Record<LedgerRefusalCode, () => Outcome | undefined>;

describe("the ledger itself refuses", () => {
  for (const [code, provoke] of Object.entries(provoked)) {
    test(`with ${code}`, () => {
      const { verdict, refusal, changesRoot } = provoke() as Outcome;
      expect([verdict, refusal?.contract, refusal?.code, changesRoot]).toEqual(["refused", "ledger", code, null]);
      const sentence = ledgerRefusals[code as LedgerRefusalCode];
      expect([...(refusal?.blanks.keys() ?? [])].sort()).toEqual([...blanksOf(sentence)].sort());
    });
  }
});

test("no code is named where none was chosen, and the code is named where it decided", () => {
  const none = ["unknown-contract", "contract-changed"];
  for (const [code, provoke] of Object.entries(provoked)) {
    expect([code, provoke()?.bundleHash === null]).toEqual([code, none.includes(code)]);
  }
});

test("says where the input is malformed", () => {
  expect(inShort(provoked["malformed-input"]() as Outcome)).toEqual([
    "ledger",
    "malformed-input",
    { path: "input.by" },
  ]);
});

test("says which power is not held", () => {
  expect(inShort(provoked["power-not-held"]() as Outcome)).toEqual([
    "ledger",
    "power-not-held",
    { signer: 1, power: "register.registrar" },
  ]);
});

test("says what is missing", () => {
  expect(inShort(provoked["not-entitled"]() as Outcome)).toEqual([
    "ledger",
    "not-entitled",
    { missing: "a registrar" },
  ]);
});

describe("a listed power", () => {
  test("counts only where it is listed", () => {
    const ledger = openLedger();
    const call = ledger.call("register", "open", { thing: "flat", owner: partyOfKey(ann) });
    const [without] = ledger.submit({ signers: [asRegistered(registrar)], calls: [call] });
    const [withIt] = ledger.submit({ signers: [asRegistrar], calls: [call] });
    expect([without?.refusal?.code, withIt?.verdict]).toEqual(["not-entitled", "accepted"]);
    expect(ledger.record("register", "title", { thing: "flat" })).toMatchObject({ openedBy: partyOfKey(registrar) });
  });

  test("must be held even where the rule does not ask for it", () => {
    for (const powers of [
      { institution: registrar.party },
      { institution: bank.party, roles: [["register", "registrar"]] as const },
      { mandates: [new Uint8Array(16)] },
    ]) {
      expect(outcomeOf(asRegistered(bank, powers))?.refusal?.code).toBe("power-not-held");
    }
    expect(outcomeOf(asRegistered(bank, { institution: bank.party }))?.verdict).toBe("accepted");
  });
});

describe("consent", () => {
  test("is the signature of the party in the record", () => {
    const ledger = openLedger();
    ledger.submit({
      signers: [asRegistrar],
      calls: [ledger.call("register", "open", { thing: "flat", owner: partyOfKey(ann) })],
    });
    const transfer = ledger.call("register", "transfer", { thing: "flat", newOwner: partyOfKey(bob) });
    expect(ledger.submit({ signers: [asBob], calls: [transfer] }).map(inShort)).toEqual([
      ["ledger", "not-entitled", { missing: "the owner of the title" }],
    ]);
    expect(ledger.submit({ signers: [asAnn], calls: [transfer] }).map(inShort)).toEqual(["accepted"]);
    expect(ledger.submit({ signers: [asAnn], calls: [transfer] })[0]?.refusal?.code).toBe("not-entitled");
  });

  test("is refused where the record is absent", () => {
    const ledger = openLedger();
    const transfer = ledger.call("register", "transfer", { thing: "nothing", newOwner: partyOfKey(bob) });
    expect(ledger.submit({ signers: [asAnn], calls: [transfer] })[0]?.refusal?.code).toBe("not-entitled");
  });
});

test("an update keeps what it does not name and clears what it names as undefined", () => {
  const ledger = openLedger();
  const by = partyOfKey(ann);
  ledger.submit({ signers: [asRegistrar], calls: [ledger.call("register", "open", { thing: "flat", owner: by })] });
  ledger.submit({ signers: [asAnn], calls: [ledger.call("register", "note", { thing: "flat", by, note: "sold" })] });
  expect(ledger.record("register", "title", { thing: "flat" })).toMatchObject({ owner: by, note: "sold" });
  ledger.submit({ signers: [asAnn], calls: [ledger.call("register", "note", { thing: "flat", by })] });
  expect(ledger.record("register", "title", { thing: "flat" })).toEqual({ owner: by, openedBy: partyOfKey(registrar) });
});

test("a contract sees a sealed value as its commitment", () => {
  const ledger = openLedger();
  const call = ledger.call("drawer", "keep", { id: "one", words: "secret" }, { seal });
  expect(ledger.submit({ signers: [asAnn], calls: [call] }).map(inShort)).toEqual(["accepted"]);
  expect(ledger.record("drawer", "paper", { id: "one" })).toEqual({ words: toHex(seal()) });
});

describe("expectations", () => {
  const place = { contract: "counter", record: "counter", key: ["a"] };

  test("hold for an absent record and for one with that value", () => {
    const ledger = openLedger();
    const given = { name: "a", by: 1n };
    const absent = ledger.call("counter", "add", given, { expects: [{ ...place, valueHash: null }] });
    const valueHash = sha256(encode([1, new Map([["value", 1]])]));
    const present = ledger.call("counter", "add", given, { expects: [{ ...place, valueHash }] });
    expect(ledger.submit({ signers: [asAnn], calls: [present] })[0]?.refusal?.code).toBe("record-changed");
    expect(ledger.submit({ signers: [asAnn], calls: [absent] })[0]?.verdict).toBe("accepted");
    expect(ledger.submit({ signers: [asAnn], calls: [absent] })[0]?.refusal?.code).toBe("record-changed");
    expect(ledger.submit({ signers: [asAnn], calls: [present] })[0]?.verdict).toBe("accepted");
    expect(ledger.submit({ signers: [asAnn], calls: [present] })[0]?.refusal?.code).toBe("record-changed");
  });

  test("are of what calls before it wrote", () => {
    const ledger = openLedger();
    const given = { name: "a", by: 1n };
    const valueHash = sha256(encode([1, new Map([["value", 1]])]));
    const calls = [
      ledger.call("counter", "add", given),
      ledger.call("counter", "add", given, { expects: [{ ...place, valueHash }] }),
    ];
    for (const mode of ["each", "together"] as const) {
      const fresh = openLedger();
      expect(fresh.submit({ signers: [asAnn], calls, mode }).map(inShort)).toEqual(["accepted", "accepted"]);
    }
  });
});

function outcomeOf(signer: SignerWithKey, change: (call: Call) => Call = (call) => call): Outcome | undefined {
  const ledger = openLedger();
  const call = ledger.call("counter", "add", { name: "a", by: 1n });
  return ledger.submit({ signers: [signer], calls: [change(call)] })[0];
}

/** A key that a transaction earlier in the block took away: admissible, since it was in force before the block. */
function withKeyRevokedInBlock(): Outcome | undefined {
  const ledger = openLedger();
  const call = ledger.call("register", "open", { thing: "flat", owner: partyOfKey(ann) });
  const examination = ledger.examine(ledger.sign({ signers: [asRegistrar], calls: [call] }));
  if ("inadmissible" in examination) throw new Error(examination.inadmissible);
  const draft = openBlock(ledger.environment, { height: 1, time: { seconds: ledger.time, nanoseconds: 0 } });
  const party = { institution: partyOfKey(registrar), keys: [] };
  const { fields } = institutions.records.party;
  draft.state.put(partyKey(registrar.party), encodeRecord(fields, party, institutions.version));
  return executeTransaction(draft, examination.transaction).outcomes[0];
}
