import { toHex, utf8Encode } from "@acta/bytes";
import {
  action,
  any,
  anyone,
  caller,
  contract,
  type ErasedValues,
  ledger,
  record,
  secret,
  type Time,
  t,
} from "@acta/contract";
import { sealCommitment, sha256, type TagStatement, tagMessage } from "@acta/crypto";
import { testKey } from "../src/memory-genesis.ts";
import { MemoryLedger } from "../src/memory-ledger.ts";
import type { SigningKey } from "../src/sign-transaction.ts";
import { ann } from "./ledger.ts";

const grant = { id: t.text("Grant", { max: 20 }) };
const household = t.sealed(t.text("Household number"), { of: "grant.household" });
const year = t.integer("Year");

const records = { grant: record("Grant", grant, { household, year, note: t.optional(t.text("Note")) }) };

/** Grants, of which a household gets one a year; its number stays sealed. */
export const households = contract({
  name: "households",
  title: "Grants to households",
  roles: { "tag-office": "Makes tags of household numbers." },
  records,
  actions: {
    claim: action(records, {
      title: "Claim a grant",
      input: { ...grant, household, year, note: t.optional(t.text("Note")) },
      allow: any(anyone, caller),
      refusals: { there: "There is such a grant." },
      once: [
        { scope: secret("household", "tag-office"), key: ["household"], within: ["year"] },
        { scope: "grants", key: ["id"] },
      ],
      // Whatever is not part of the key goes into the record: the tags must not be among it.
      apply: ({ input: { id, ...values }, state }) => state.grant.insert({ id }, values, "there"),
    }),
  },
});

/** Claims for itself at a deadline, where nobody vouches for a tag. */
export const standing = contract({
  name: "standing",
  title: "Standing claims",
  roles: {},
  records: {},
  actions: {
    promise: action(
      {},
      {
        title: "Promise a claim",
        input: { ...grant, at: t.time("At"), household: t.digest("Commitment") },
        allow: anyone,
        schedules: { claim: { ...grant, household: t.digest("Commitment") } },
        apply({ input: { at, ...claim }, schedule }) {
          schedule(claim.id, at as Time, "claim", claim);
        },
      },
    ),
    claim: action(
      {},
      {
        title: "Claim as promised",
        input: { ...grant, household: t.digest("Commitment") },
        allow: ledger,
        calls: [households.actions.claim],
        apply({ input: { id, household: commitment }, call }) {
          const tag = { tag: commitment, office: "11".repeat(32), key: commitment, signature: new Uint8Array(64) };
          const given = { id, household: commitment, year: 2027n, tags: [tag] };
          call(households.actions.claim, given as never); // a digest stands in for a commitment and a party
        },
      },
    ),
  },
});

export const office = testKey("tag office");
/** Registered, and no tag office. */
export const outsider = testKey("outsider");

/** A ledger whose tag office has these keys in force beside its own. */
export const openHouseholds = (...more: readonly SigningKey[]): MemoryLedger =>
  new MemoryLedger({
    contracts: [{ contracts: [households, standing], wording: {} }],
    institutions: {
      office: { keys: [office, ...more], roles: [["households", "tag-office"]] },
      outsider: { keys: [outsider] },
    },
  });

/** What a test changes of a claim before it is attested, and after. */
export type Claim = {
  readonly id: string;
  readonly household: string;
  readonly year?: bigint;
  readonly nonce: Uint8Array;
  readonly by?: SigningKey;
  readonly statement?: Partial<TagStatement>;
  readonly attested?: ErasedValues;
};

/** The tag of a value: what an office computes is its own affair, here a hash. */
export const tagOf = (value: string): Uint8Array => sha256(utf8Encode(value));

/** A call that claims, its tag vouched for by the tag office for the transaction of this nonce. */
export function claim(ledger: MemoryLedger, made: Claim) {
  const { id, household: value, year: inYear = 2027n, nonce, by = office, statement = {}, attested = {} } = made;
  const { ledgerId } = ledger.environment;
  const place = { contract: "households", record: "grant", key: [id], field: ["household"] };
  const commitment = sealCommitment({ ledgerId, ...place, party: ann.party, salt: sha256(nonce), value });
  const message = tagMessage({
    ledgerId,
    contract: "households",
    scope: "household",
    within: [Number(inYear)],
    commitments: [commitment],
    tag: tagOf(value),
    nonce,
    ...statement,
  });
  const tag = {
    tag: toHex(statement.tag ?? tagOf(value)),
    office: toHex(by.party),
    key: toHex(by.keyId),
    signature: by.sign(message),
    ...attested,
  };
  const input = { id, household: { commitment: toHex(commitment) }, year: inYear, tags: [tag] };
  return ledger.call("households", "claim", input);
}

/** A nonce for a test: 16 times the same byte. */
export const nonceOf = (byte: number): Uint8Array => new Uint8Array(16).fill(byte);
