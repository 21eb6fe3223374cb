import { compareBytes, decode, toHex } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import { bank, openLedger, partyOfKey, registrar, secondKey } from "../test/ledger.ts";
import { genesisState } from "./genesis.ts";
import { memoryGenesis } from "./memory-genesis.ts";

const { genesis, library } = memoryGenesis({
  demo: true,
  institutions: { registrar: { keys: [registrar, secondKey], roles: [["operation", "operator"]] } },
});
const written = () =>
  genesisState(genesis, library.lookup).map(([key, value]) => [decode(key), decode(value)] as const);
const stored = (...key: unknown[]) => written().find(([found]) => JSON.stringify(found) === JSON.stringify(key))?.[1];

describe("the state before block 1", () => {
  test("has every key once, in the order of the keys' bytes", () => {
    const keys = genesisState(genesis, library.lookup).map(([key]) => key);
    expect(keys.slice(1).every((key, index) => compareBytes(keys[index] as Uint8Array, key) < 0)).toBe(true);
  });

  test("keeps parameters by number, and flags", () => {
    const limits = [2_097_152, 10_000, 4_194_304, 1_000, 3_600, 7_776_000];
    expect(stored(0, "parameters")).toEqual(new Map(limits.map((limit, index) => [index + 1, limit])));
    expect(stored(0, "flags")).toEqual(new Map([[1, true], [2, true]])); // biome-ignore format: one line
  });

  test("names the bundle of every contract, for the version in force and for its own", () => {
    for (const { name, bundleHash } of genesis.contracts) {
      const fields = { bundle: bundleHash, runtime: "native" };
      expect(stored(1, name)).toEqual([1, new Map(Object.entries({ ...fields, version: 1 }).sort(byEncoding))]);
      expect(stored(1, name, 1)).toEqual([1, new Map(Object.entries(fields))]);
    }
  });

  test("has institutions as parties with their keys in force, acting for themselves", () => {
    const ledger = openLedger();
    const party = partyOfKey(registrar);
    expect(ledger.record("institutions", "institution", { name: "registrar" })).toEqual({ party });
    const keys = [registrar, secondKey].map(({ algorithm, publicKey, keyId }) => ({
      algorithm: BigInt(algorithm),
      key: publicKey,
      keyId: toHex(keyId),
      state: "in-force",
    }));
    expect(ledger.record("institutions", "party", { party })).toEqual({ institution: party, keys });
  });

  test("has a record for each role that an institution holds, and none for others", () => {
    const ledger = openLedger();
    const role = { contract: "register", role: "registrar" };
    const held = [registrar, bank].map((key) =>
      ledger.record("institutions", "role", { institution: partyOfKey(key), ...role }),
    );
    expect(held).toEqual([{}, undefined]);
  });

  test("has a clock that knows whether it is a demo's", () => {
    expect(stored(2, "operation", "clock")).toEqual([1, new Map<string, unknown>([["demo", true], ["offset", 0]])]); // biome-ignore format: one line
  });

  test("starts replay protection at the first minute and hour", () => {
    expect(stored(0, "replay")).toEqual([30_000_000, 30_000_000, 500_000]);
  });
});

describe("a genesis is refused", () => {
  test("without the contract institutions", () => {
    const contracts = genesis.contracts.filter(({ name }) => name !== "institutions");
    expect(() => genesisState({ ...genesis, contracts }, library.lookup)).toThrow(/lacks the contract institutions/);
  });

  test("where the node lacks the code of a contract", () => {
    const contracts = [...genesis.contracts, { name: "nowhere", bundleHash: new Uint8Array(32) }];
    expect(() => genesisState({ ...genesis, contracts }, library.lookup)).toThrow(/Contract nowhere: .*0000/);
  });
});

function byEncoding([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
