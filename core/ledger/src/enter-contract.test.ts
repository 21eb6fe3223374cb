import { toHex } from "@acta/bytes";
import {
  action,
  anyone,
  type Bundle,
  bundleOf,
  type ContractDefinition,
  contract,
  hashOfBundle,
  record,
  type Shape,
  t,
} from "@acta/contract";
import { encodeGenesis } from "@acta/protocol";
import { describe, expect, test } from "vitest";
import { asAnn, inShort } from "../test/ledger.ts";
import { type ContractSource, contractLibrary } from "./contract-library.ts";
import { builtIn } from "./contracts/built-in.ts";
import { memoryGenesis, testKey } from "./memory-genesis.ts";
import { MemoryLedger } from "./memory-ledger.ts";
import { asRegistered, asStranger } from "./sign-transaction.ts";

const operator = testKey("operator");
const roles = [["development", "operator"]] as const;
const asOperator = asRegistered(operator, { roles });

/** A register of notes; what a version of its source adds stands in `more`. */
function notesWith(more: { fields?: Shape; hasErase?: boolean; version?: number } = {}): ContractDefinition {
  const key = { id: t.text("Id", { max: 9 }) };
  const fields: Shape = { words: t.text("Words"), ...more.fields };
  const records = { note: record("Note", key, fields) };
  const put = action(records, {
    title: "Put",
    input: { ...key, ...fields },
    allow: anyone,
    refusals: { there: "It is there." },
    apply: ({ input: { id, ...values }, state }) => state.note.insert({ id }, values, "there"),
  });
  const erase = action(records, {
    title: "Erase",
    input: key,
    allow: anyone,
    refusals: { absent: "It is not there." },
    apply({ input, state }) {
      state.note.get(input, "absent");
      state.note.remove(input);
    },
  });
  const actions = { put, ...(more.hasErase ? { erase } : {}) };
  return contract({ name: "notes", title: "Notes", version: more.version ?? 1, roles: {}, records, actions });
}

const first = notesWith();
const second = notesWith({ fields: { by: t.optional(t.text("By")) }, hasErase: true });
const other = contract({ name: "other", title: "Other", roles: {}, records: {}, actions: {} });

const visit = record("Visit", { id: t.text("Id") }, { place: t.path("Place") });
const visits = contract({
  name: "visits",
  title: "Visits",
  roles: {},
  records: { visit },
  actions: {
    visit: action(
      { visit },
      {
        title: "Visit",
        input: { ...visit.key, ...visit.fields },
        allow: anyone,
        refusals: { there: "It is there." },
        apply: ({ input: { id, ...values }, state }) => state.visit.insert({ id }, values, "there"),
      },
    ),
  },
  totals: { visits: { of: "visit", by: "place", history: "day" } },
});

const source = (...contracts: ContractDefinition[]): ContractSource => ({ contracts, wording: {} });

/** A ledger whose genesis has the first version of the notes, on a node with the source of the second, and of `other`. */
function open(development = true): MemoryLedger {
  const institutions = { operator: { keys: [operator] as const, roles } };
  const { genesis } = memoryGenesis({ contracts: [source(first)], institutions });
  const { lookup } = contractLibrary([builtIn, source(second, other, visits)], [bundleOf(first, {})]);
  return new MemoryLedger({ genesisBytes: encodeGenesis({ ...genesis, development }), contracts: lookup });
}

const hashOf = (bundle: Bundle): string => toHex(hashOfBundle(bundle));

function entry(ledger: MemoryLedger, after: ContractDefinition, given: object = {}) {
  const bundle = bundleOf(after, {});
  const replaced = after.name === first.name ? { replaces: hashOf(bundleOf(first, {})) } : {};
  const input = { contract: after.name, ...bundle, bundle: hashOf(bundle), ...replaced, ...given };
  return ledger.call("development", "enterContract", input);
}

const enter = (ledger: MemoryLedger, after: ContractDefinition, given: object = {}, signer = asOperator) =>
  ledger.submit({ signers: [signer], calls: [entry(ledger, after, given)] }).map(inShort)[0];

const put = (ledger: MemoryLedger, id: string, more: object = {}) =>
  ledger.submit({ signers: [asAnn], calls: [ledger.call("notes", "put", { id, words: "w", ...more })] })[0];

describe("a contract that only gained something", () => {
  test("is in force from the next block on, and reads what was written before", () => {
    const ledger = open();
    const before = put(ledger, "1");
    expect(enter(ledger, second)).toBe("accepted");
    const after = put(ledger, "2", { by: "ann" });
    expect(ledger.record("notes", "note", { id: "1" })).toEqual({ words: "w" });
    expect(ledger.record("notes", "note", { id: "2" })).toEqual({ words: "w", by: "ann" });
    expect([before, after].map((outcome) => outcome && toHex(outcome.bundleHash as Uint8Array))).toEqual(
      [first, second].map((each) => hashOf(bundleOf(each, {}))),
    );
    const call = ledger.call("notes", "erase", { id: "1" });
    expect(ledger.submit({ signers: [asAnn], calls: [call] }).map(inShort)).toEqual(["accepted"]);
  });

  test("decides nothing yet in the block that enters it", () => {
    const ledger = open();
    const late = { ...ledger.call("notes", "put", { id: "1", words: "w" }), action: "erase" };
    const { results } = ledger.execute([
      ledger.sign({ signers: [asOperator], calls: [entry(ledger, second)] }),
      ledger.sign({ signers: [asAnn], calls: [late] }),
    ]);
    expect(results.map(({ outcomes }) => outcomes.map(inShort))).toEqual([
      ["accepted"],
      [["ledger", "unknown-action", { contract: "notes", action: "erase" }]],
    ]);
  });

  test("leaves its bundle in the state, under its hash", () => {
    const ledger = open();
    enter(ledger, second);
    const { manifest, wordings } = bundleOf(second, {});
    expect(ledger.record("development", "bundle", { bundle: hashOf(bundleOf(second, {})) })).toEqual({
      contract: "notes",
      manifest,
      wordings,
    });
    expect(ledger.record("development", "entered", {})).toBe(undefined);
  });

  test("may go back to other words that it had before, and forth again", () => {
    const ledger = open();
    const worded = (title: string): ContractDefinition => ({ ...first, title });
    const words = ["Notes", "Slips", "Notes", "Slips"];
    const steps = words
      .slice(1)
      .map((title, index) =>
        enter(ledger, worded(title), { replaces: hashOf(bundleOf(worded(words[index] as string), {})) }),
      );
    expect(steps).toEqual(["accepted", "accepted", "accepted"]);
  });
});

test("a new contract is entered too, and the ledger knows the names of those", () => {
  const ledger = open();
  expect(enter(ledger, other)).toBe("accepted");
  expect(ledger.record("development", "entered", {})).toEqual({ contracts: ["other"] });
  expect(enter(ledger, other)).toEqual(["development", "other-in-force", {}]);
});

describe("an entry is refused", () => {
  test("where something is taken away, each in words", () => {
    const changed = notesWith({ fields: { by: t.text("By") }, version: 2 });
    expect(enter(open(), changed)).toEqual([
      "development",
      "not-additive",
      {
        contract: "notes",
        differences:
          "version: The version would be another. " +
          "records.note.fields.by: It is new and must be given, but what was written before lacks it. Make it optional. " +
          "actions.put.input.by: It is new and must be given, but what was written before lacks it. Make it optional.",
      },
    ]);
  });

  test("by anyone but the operator", () => {
    expect(enter(open(), second, {}, asStranger(testKey("eve")))).toEqual([
      "ledger",
      "not-entitled",
      { missing: "an operator" },
    ]);
  });

  test("on a ledger that is none for development", () => {
    expect(enter(open(false), second)).toEqual(["development", "not-development", {}]);
  });

  test("where another bundle is in force than it replaces", () => {
    const ledger = open();
    enter(ledger, second);
    expect(enter(ledger, second)).toEqual(["development", "other-in-force", {}]);
    expect(enter(ledger, second, { replaces: undefined })).toEqual(["development", "other-in-force", {}]);
    const twice = open();
    const calls = [entry(twice, second), entry(twice, second)];
    expect(twice.submit({ signers: [asOperator], calls }).map(inShort)).toEqual([
      "accepted",
      ["development", "other-in-force", {}],
    ]);
  });

  test("where the bundle is not what it is said to be", () => {
    const badPattern = { ...first, records: { note: record("Note", { id: t.text("Id", { pattern: "(" }) }, {}) } };
    const cases: readonly (readonly [given: Partial<Bundle> & { contract?: string }, reason: string])[] = [
      [{ manifest: new Uint8Array(3) }, "It is no canonical CBOR."],
      [{ wordings: new Uint8Array(1) }, "Its wordings are no sentences of notes by key."],
      [bundleOf(badPattern as never, {}), "It does not hold at records.note.key.id."], // no contract() would give it
      [{ contract: "other" }, "It describes notes."],
    ];
    for (const [given, reason] of cases) {
      const bundle = hashOf({ ...bundleOf(second, {}), ...given });
      const { contract = "notes" } = given;
      const end = ["development", "not-a-bundle", { contract, reason }];
      expect(enter(open(), second, { ...given, bundle })).toEqual(end);
    }
    const end = ["development", "not-a-bundle", { contract: "notes", reason: "Its hash is another." }];
    expect(enter(open(), second, { wordings: new Uint8Array(1) })).toEqual(end);
  });
});

test("blocks replay to the same app hash on a node with the later source alone, which keeps the first bundle", () => {
  const ledger = open();
  const again = open();
  const blocks: Uint8Array[] = [];
  const run = (bytes: Uint8Array): void => {
    blocks.push(bytes);
    ledger.execute([bytes]);
  };
  run(ledger.sign({ signers: [asAnn], calls: [ledger.call("notes", "put", { id: "1", words: "w" })] }));
  run(ledger.sign({ signers: [asOperator], calls: [entry(ledger, second)] }));
  run(ledger.sign({ signers: [asAnn], calls: [ledger.call("notes", "erase", { id: "1" })] }));
  for (const bytes of blocks) again.execute([bytes]);
  expect(toHex(again.appHash)).toBe(toHex(ledger.appHash));
});

test("a node without the earlier bundle says which it lacks", () => {
  const { genesis } = memoryGenesis({ contracts: [source(first)] });
  const { lookup } = contractLibrary([builtIn, source(second)]);
  const start = () => new MemoryLedger({ genesisBytes: encodeGenesis(genesis), contracts: lookup });
  expect(start).toThrow(`Contract notes: this release does not carry bundle ${hashOf(bundleOf(first, {}))}.`);
});

test("a contract with totals by day may come later: the ledger has its zone from the start", () => {
  const ledger = open();
  expect(enter(ledger, visits)).toBe("accepted");
  const call = ledger.call("visits", "visit", { id: "1", place: "44/03" });
  expect(ledger.submit({ signers: [asAnn], calls: [call] }).map(inShort)).toEqual(["accepted"]);
  expect(ledger.total("visits", "visits", "44").count).toBe(1n);
});

describe("a role on a development ledger", () => {
  const give = (ledger: MemoryLedger, given: object = {}, signer = asOperator) => {
    const input = { institution: toHex(operator.party), contract: "operation", role: "operator", ...given };
    const call = ledger.call("development", "giveRole", input);
    return ledger.submit({ signers: [signer], calls: [call] }).map(inShort)[0];
  };

  test("is held from then on, twice given or not", () => {
    const ledger = open();
    const asOther = asRegistered(operator, { roles: [["operation", "operator"]] });
    const confirm = () => {
      const call = ledger.call("operation", "confirmClock", { time: BigInt(ledger.time) });
      return ledger.submit({ signers: [asOther], calls: [call] }).map(inShort)[0];
    };
    expect(confirm()).toEqual(["ledger", "power-not-held", { signer: 1, power: "operation.operator" }]);
    expect([give(ledger), give(ledger)]).toEqual(["accepted", "accepted"]);
    expect(confirm()).toBe("accepted");
  });

  test("is one that the contract has, of an institution that is registered, by the operator", () => {
    expect(give(open(), { role: "king" })).toEqual(["development", "no-role", { contract: "operation", role: "king" }]);
    expect(give(open(), { contract: "none" })).toEqual([
      "development",
      "no-role",
      { contract: "none", role: "operator" },
    ]);
    expect(give(open(), { institution: "11".repeat(32) })).toEqual(["development", "no-institution", {}]);
    expect(give(open(false))).toEqual(["development", "not-development", {}]);
    expect(give(open(), {}, asStranger(testKey("eve")))).toMatchObject(["ledger", "not-entitled", {}]);
  });
});
