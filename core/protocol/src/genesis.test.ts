import { decode, encode, map, toHex, utf8Decode } from "@acta/bytes";
import { ed25519, keyId, partyOf } from "@acta/crypto";
import { expect, test } from "vitest";
import { DEFAULT_PARAMETERS, encodeGenesis, type Genesis, ledgerId } from "./genesis.ts";
import { parseGenesis } from "./genesis-form.ts";
import { appState, chainId, encodeOpening, firstOpening, parseOpening } from "./opening.ts";

const publicKey = ed25519.publicKey(new Uint8Array(32).fill(1));
const genesis: Genesis = {
  name: "alpha",
  origin: "alpha.example",
  zoneMinutes: 480,
  development: true,
  demo: false,
  time: 1_800_000_000,
  parameters: DEFAULT_PARAMETERS,
  institutions: [{ name: "Court", party: partyOf(keyId(-19, publicKey)), keys: [{ algorithm: -19, publicKey }] }],
  roles: [{ institution: "Court", contract: "evidence", role: "court" }],
  validators: [
    { algorithm: -19, publicKey: ed25519.publicKey(new Uint8Array(32).fill(2)), power: 10, institution: "Court" },
  ],
  contracts: [{ name: "evidence", bundleHash: new Uint8Array(32).fill(3) }],
  salt: new Uint8Array(16).fill(4),
};

test("a genesis comes back as it was written", () => {
  expect(parseGenesis(encodeGenesis(genesis))).toEqual(genesis);
});

test("the ledger id and the chain id follow from the genesis bytes", () => {
  const bytes = encodeGenesis(genesis);
  const opening = firstOpening(bytes);
  expect(toHex(opening.ledgerId)).toBe(toHex(ledgerId(bytes)));
  expect(chainId("alpha", opening)).toMatch(/^alpha-0-[0-9a-f]{16}$/);
  expect(parseOpening(encodeOpening(opening))).toEqual(opening);
  expect(Object.keys(JSON.parse(utf8Decode(appState(bytes, opening))))).toEqual(["genesis", "opening"]);
});

test.each<[string, Partial<Genesis>]>([
  ["a name in capitals", { name: "Alpha" }],
  ["an institution twice", { institutions: [...genesis.institutions, ...genesis.institutions] }],
  ["no validators", { validators: [] }],
  ["a role of an institution that is not there", { roles: [{ institution: "Bank", contract: "a", role: "b" }] }],
  [
    "powers beyond the limit",
    {
      validators: genesis.validators
        .map((v) => ({ ...v, power: 2 ** 53 - 1 }))
        .concat({ ...genesis.validators[0], publicKey, power: 1 } as never),
    },
  ],
  ["a zone that no place has", { zoneMinutes: 900 }],
  ["a salt of another length", { salt: new Uint8Array(15) }],
])("a genesis with %s is refused", (_, change) => {
  expect(() => encodeGenesis({ ...genesis, ...change })).toThrow(/genesis/);
});

test("a genesis of another version or with another key is refused", () => {
  const fields = decode(encodeGenesis(genesis)) as ReadonlyMap<number, never>;
  expect(() => parseGenesis(encode(map([...fields, [13, 0]])))).toThrow(/unknown key 13/);
  expect(() => parseGenesis(encode(map([...fields].map(([key, value]) => [key, key === 1 ? 2 : value]))))).toThrow(
    /version/,
  );
});
