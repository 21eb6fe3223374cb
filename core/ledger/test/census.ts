import { action, anyone, contract, record, t } from "@acta/contract";
import type { ContractSource } from "../src/contract-library.ts";
import { MemoryLedger } from "../src/memory-ledger.ts";

const id = t.text("Number", { max: 8 });
const records = {
  member: record(
    "Member",
    { id },
    {
      branch: t.path("Branch"),
      status: t.choice(["full", "probationary", "former"], "Status"),
      pays: t.optional(t.flag("Pays dues")),
      dues: t.optional(t.money("Dues")),
      points: t.integer("Points"),
    },
  ),
};

const totals = {
  members: {
    of: "member",
    by: "branch",
    split: ["status", "pays"],
    sum: ["dues", "points"],
    where: { status: ["full", "probationary"] },
    history: "day",
  },
  all: { of: "member", by: "branch", sum: ["points"] },
} as const;

/** A register of members that is counted by branch. */
export const census = contract({
  name: "census",
  title: "Members",
  roles: {},
  records,
  totals,
  actions: {
    put: action(records, {
      title: "Enter or change",
      input: { id, ...records.member.fields },
      allow: anyone,
      refusals: { "member-exists": "There is one already.", never: "Never." },
      apply({ input: { id, ...member }, state, refuse }) {
        if (state.member.find({ id }) === undefined) state.member.insert({ id }, member, "member-exists");
        else state.member.update({ id }, { pays: undefined, dues: undefined, ...member });
        // Refused after it was counted: nothing of it may stay.
        if (member.points === 13n) return refuse("never");
      },
    }),
    leave: action(records, {
      title: "Leave",
      input: { id },
      allow: anyone,
      refusals: { "no-member": "There is none." },
      apply({ input, state }) {
        state.member.get(input, "no-member");
        state.member.remove(input);
      },
    }),
    join: action(records, {
      title: "Join a branch that has room",
      input: { id, branch: t.path("Branch") },
      allow: anyone,
      totals: { all: totals.all, members: totals.members },
      refusals: { "member-exists": "There is one already.", full: "The branch has {count} members.", poor: "Poor." },
      apply({ input: { id, branch }, state, totals, refuse }) {
        state.member.insert({ id }, { branch, status: "full", points: 0n }, "member-exists");
        const { count, sums } = totals.all.at(branch);
        const points: bigint = sums.points;
        const dues: bigint | undefined = totals.members.at().sums.dues["CNY"];
        // With itself: what the action wrote is counted.
        if (count > 2n) return refuse("full", { count });
        if (points < 0n || dues === -1n) return refuse("poor");
      },
    }),
  },
});

/** A ledger with that register. */
export function openCensus(): MemoryLedger {
  const source: ContractSource = { contracts: [census], wording: {} };
  return new MemoryLedger({ contracts: [source] });
}
