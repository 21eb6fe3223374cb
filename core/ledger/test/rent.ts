import { action, any, anyone, contract, ledger, record, type Time, t } from "@acta/contract";
import type { Call, GenesisParameters } from "@acta/protocol";
import type { ContractSource } from "../src/contract-library.ts";
import { MemoryLedger } from "../src/memory-ledger.ts";
import { parcelRegister } from "./trade.ts";

const number = t.text("Number", { max: 300 });
const leases = {
  lease: record(
    "Lease",
    { number },
    { endedAt: t.optional(t.time("Ended")), enteredAt: t.optional(t.time("Entered")) },
  ),
};
const { release } = parcelRegister.actions;

/** Ends a lease as of its deadline; a lease called `bad` cannot end. */
const end = action(leases, {
  title: "End",
  input: { number },
  allow: any(ledger),
  refusals: { "cannot-end": "The lease {number} cannot end.", "no-lease": "There is none." },
  calls: [release],
  schedules: { renew: { number } },
  apply({ input: { number }, state, block, due, refuse, call, schedule, unschedule }) {
    state.lease.get({ number }, "no-lease");
    state.lease.update({ number }, { endedAt: due, enteredAt: block.time });
    if (number === "bad") return refuse("cannot-end", { number });
    if (number === "promised") call(release, { thing: "flat", number });
    if (number === "kills") unschedule("lease/victim");
    if (number === "moves") schedule("lease/victim", (block.time + 100n) as Time, "renew", { number: "victim" });
  },
});

/** Sets its own next deadline, one day after the one that passed. */
const renew = action(leases, {
  title: "Renew",
  input: { number },
  allow: ledger,
  refusals: { "no-lease": "There is none." },
  schedules: { renew: { number } },
  apply({ input: { number }, state, due, schedule }) {
    state.lease.get({ number }, "no-lease");
    state.lease.update({ number }, { endedAt: due });
    if (due !== undefined) schedule(`lease/${number}`, (due + 86_400n) as Time, "renew", { number });
  },
});

/** Leases that end by themselves. */
export const rent = contract({
  name: "rent",
  title: "Rent",
  roles: {},
  records: leases,
  actions: {
    end,
    renew,
    let: action(leases, {
      title: "Let",
      input: { number, until: t.time("Until"), renews: t.flag("Renews") },
      allow: anyone,
      refusals: { "lease-exists": "There is one already." },
      schedules: { end: end.input, renew: { number } },
      apply({ input: { number, until, renews }, state, schedule }) {
        state.lease.insert({ number }, {}, "lease-exists");
        if (renews) schedule(`lease/${number}`, until, "renew", { number });
        else schedule(`lease/${number}`, until, "end", { number });
      },
    }),
    move: action(leases, {
      title: "Move",
      input: { number, until: t.time("Until") },
      allow: anyone,
      schedules: { end: end.input },
      apply({ input: { number, until }, schedule }) {
        schedule(`lease/${number}`, until, "end", { number });
      },
    }),
    keep: action(leases, {
      title: "Keep for ever",
      input: { number },
      allow: anyone,
      apply({ input: { number }, unschedule }) {
        unschedule(`lease/${number}`);
      },
    }),
    stray: action(leases, {
      title: "Schedule what is not declared",
      input: { number },
      allow: anyone,
      apply({ input, block, schedule }) {
        (schedule as (name: string, at: Time, action: string, given: object) => void)("x", block.time, "end", input); // the types forbid it
      },
    }),
  },
});

/** A ledger on which leases end by themselves. */
export function openRent(parameters: Partial<GenesisParameters> = {}): MemoryLedger {
  const source: ContractSource = { contracts: [parcelRegister, rent], wording: {} };
  return new MemoryLedger({ contracts: [source], parameters });
}

/** A call that lets something until so many seconds after the ledger's last block. */
export function letUntil(ledger: MemoryLedger, number: string, after: number, renews = false): Call {
  return ledger.call("rent", "let", { number, until: BigInt(ledger.time + after), renews });
}
