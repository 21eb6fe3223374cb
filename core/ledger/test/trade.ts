import { toHex } from "@acta/bytes";
import {
  action,
  all,
  anyone,
  caller,
  consent,
  consentEach,
  contract,
  type ReferredAction,
  record,
  role,
  t,
} from "@acta/contract";
import type { Call } from "@acta/protocol";
import type { ContractSource } from "../src/contract-library.ts";
import { type MemoryInstitution, testKey } from "../src/memory-genesis.ts";
import { MemoryLedger } from "../src/memory-ledger.ts";
import { asRegistered, asStranger } from "../src/sign-transaction.ts";

const thing = t.text("Thing", { max: 40 });

const parcels = {
  parcel: record(
    "Parcel",
    { thing },
    {
      owner: t.party("Owner"),
      promisedTo: t.optional(t.text("Promised to")),
      plan: t.optional(t.sealed(t.text("Plan"), { of: "parcel.plan" })),
    },
  ),
};

/** A register whose parcels are promised only by another contract, and moved with their owner's consent. */
export const parcelRegister = contract({
  name: "parcels",
  title: "Parcels",
  roles: { registrar: "Opens parcels." },
  records: parcels,
  actions: {
    open: action(parcels, {
      title: "Open",
      input: { thing, owner: t.party("Owner") },
      allow: role("registrar"),
      refusals: { "parcel-exists": "There is one already." },
      apply({ input: { thing, owner }, state }) {
        state.parcel.insert({ thing }, { owner }, "parcel-exists");
      },
    }),
    promise: action(parcels, {
      title: "Promise",
      input: { thing, number: t.text("Number", { max: 8 }) },
      allow: all(caller, consent("parcel", "owner")),
      refusals: { promised: "It is promised to {holder}." },
      apply({ input: { thing, number }, state, caller, refuse }) {
        const { promisedTo } = state.parcel.get({ thing });
        if (promisedTo !== undefined) return refuse("promised", { holder: promisedTo });
        state.parcel.update({ thing }, { promisedTo: `${caller}/${number}` });
      },
    }),
    release: action(parcels, {
      title: "Release",
      input: { thing, number: t.text("Number", { max: 8 }) },
      allow: caller,
      refusals: { "not-promised": "It is not promised for this." },
      apply({ input: { thing, number }, state, caller, refuse }) {
        if (state.parcel.find({ thing })?.promisedTo !== `${caller}/${number}`) return refuse("not-promised");
        state.parcel.update({ thing }, { promisedTo: undefined });
      },
    }),
    merge: action(parcels, {
      title: "Merge",
      input: { things: t.list(t.text("Thing", { max: 60 }), "Things", { max: 5 }) },
      allow: consentEach("things", "parcel", "owner"),
      refusals: { "same-thing": "One is listed twice." },
      apply({ input: { things }, state, refuse }) {
        if (new Set(things).size < things.length) return refuse("same-thing");
        for (const thing of things.slice(1)) state.parcel.remove({ thing });
      },
    }),
    survey: action(parcels, {
      title: "Survey",
      input: { thing, plan: t.sealed(t.text("Plan"), { of: "parcel.plan" }) },
      allow: role("registrar"),
      refusals: { "no-parcel": "There is none." },
      apply({ input: { thing, plan }, state }) {
        state.parcel.get({ thing }, "no-parcel");
        state.parcel.update({ thing }, { plan });
      },
    }),
  },
});

const { promise, release, survey } = parcelRegister.actions;
const deals = {
  deal: record(
    "Deal",
    { number: t.text("Number", { max: 40 }) },
    { thing, plan: t.optional(t.sealed(t.text("Plan"), { of: "deal.plan" })) },
  ),
};
const number = deals.deal.key.number;

/** Deals over parcels: all that a deal causes takes effect with it, or nothing does. */
export const deal = contract({
  name: "deal",
  title: "Deals",
  roles: {},
  records: deals,
  actions: {
    agree: action(deals, {
      title: "Agree",
      input: { number, thing },
      allow: anyone,
      refusals: { "deal-exists": "There is one already.", "no-parcel": "There is no such parcel." },
      calls: [promise],
      reads: { parcel: parcelRegister.records.parcel },
      apply({ input: { number, thing }, state, reads, call }) {
        state.deal.insert({ number }, { thing }, "deal-exists");
        reads.parcel.get({ thing }, "no-parcel");
        call(promise, { thing, number });
      },
    }),
    insist: action(deals, {
      title: "Go on after a refusal",
      input: { number, thing },
      allow: anyone,
      refusals: { "deal-exists": "There is one already." },
      calls: [release],
      apply({ input: { number, thing }, state, call }) {
        state.deal.insert({ number }, { thing }, "deal-exists");
        try {
          call(release, { thing, number });
        } catch {
          state.deal.remove({ number });
        }
      },
    }),
    measure: action(deals, {
      title: "Measure",
      input: { number, thing, plan: t.sealed(t.text("Plan"), { of: "deal.plan" }) },
      allow: anyone,
      refusals: { "deal-exists": "There is one already." },
      calls: [survey],
      apply({ input: { number, thing, plan }, state, call }) {
        state.deal.insert({ number }, { thing, plan }, "deal-exists");
        call(survey, { thing, plan });
      },
    }),
    stray: action(deals, {
      title: "Call what is not declared",
      input: { number, thing },
      allow: anyone,
      apply({ input, call }) {
        try {
          (call as (of: ReferredAction, given: object) => void)(promise, input); // the types forbid it
        } catch {
          // A fault sticks, whoever catches it.
        }
      },
    }),
  },
});

const look = action(deals, {
  title: "Look",
  input: { thing },
  allow: anyone,
  reads: {
    parcel: { ...parcelRegister.records.parcel, reference: { ...parcelRegister.records.parcel.reference, version: 2 } },
  },
  apply({ input, reads }) {
    reads.parcel.find(input);
  },
});

/** Written for parcels of a version that this ledger does not have. */
const antiquary = contract({ name: "antiquary", title: "Antiquary", roles: {}, records: deals, actions: { look } });

const steps = { more: t.integer("How many more") };
/** The action to be, as its own contract would refer to it. */
const itself = {
  ...action({}, { title: "Descend", input: steps, allow: anyone, apply() {} }),
  reference: { contract: "descent", version: 1, action: "descend" },
} as const;

/** Calls itself as often as it is told. */
const descending = contract({
  name: "descent",
  title: "Descent",
  roles: {},
  records: {},
  actions: {
    descend: action(
      {},
      {
        title: "Descend",
        input: steps,
        allow: anyone,
        calls: [itself],
        apply({ input: { more }, call }) {
          if (more > 1n) call(itself, { more: more - 1n });
        },
      },
    ),
  },
});

const registrar = testKey("registrar of parcels");
const owner = testKey("owner");

/** Has every role there is. */
export const trader = asRegistered(registrar, { roles: [["parcels", "registrar"]] });
/** The institution that it is. */
export const traderInstitution: MemoryInstitution = { keys: [registrar], roles: [["parcels", "registrar"]] };
/** Owns the parcel `flat`. */
export const asOwner = asStranger(owner);

/** A call that goes so many calls deep. */
export const descent = (ledger: MemoryLedger, deep: bigint): Call => ledger.call("descent", "descend", { more: deep });

/** A ledger with these contracts and one parcel, `flat`. */
export function openTrade(): MemoryLedger {
  const source: ContractSource = { contracts: [parcelRegister, deal, antiquary, descending], wording: {} };
  const ledger = new MemoryLedger({
    contracts: [source],
    institutions: { registrar: traderInstitution },
  });
  const party = toHex(owner.party);
  ledger.submit({ signers: [trader], calls: [ledger.call("parcels", "open", { thing: "flat", owner: party })] });
  return ledger;
}
