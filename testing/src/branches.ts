import { type Application, action, anyone, contract, record, t } from "@acta/contract";

const id = t.text("Number", { max: 12 });
const branch = t.path("Branch");
const records = {
  member: record(
    "Member",
    { id },
    {
      branch,
      status: t.choice(["full", "probationary", "former"], "Status"),
      dues: t.optional(t.money("Dues")),
      hours: t.decimal("Hours", { scale: 1 }),
      points: t.integer("Points"),
    },
  ),
  chair: record("Chair of a branch", { branch }, { holder: t.text("Holder", { max: 40 }) }, { history: true }),
};

/** What an evidence deposit has none of: a register that is counted by branch and day, and offices whose past is kept. */
export const branches = contract({
  name: "branches",
  title: "Members and chairs of branches",
  roles: {},
  records,
  totals: {
    members: {
      of: "member",
      by: "branch",
      split: ["status"],
      sum: ["dues", "hours"],
      where: { status: ["full", "probationary"] },
      history: "day",
    },
    everybody: { of: "member", by: "branch", sum: ["points"] },
  },
  actions: {
    enter: action(records, {
      title: "Enter a member",
      input: { id, ...records.member.fields },
      allow: anyone,
      refusals: { "member-exists": "There is one already." },
      apply({ input: { id, ...member }, state }) {
        state.member.insert({ id }, member, "member-exists");
      },
    }),
    move: action(records, {
      title: "Move to another branch",
      input: { id, branch },
      allow: anyone,
      refusals: { "no-member": "There is none." },
      apply({ input: { id, branch }, state }) {
        state.member.get({ id }, "no-member");
        state.member.update({ id }, { branch });
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
    appoint: action(records, {
      title: "Appoint a chair",
      input: { branch, holder: records.chair.fields.holder },
      allow: anyone,
      refusals: { "chair-exists": "There is one already." },
      apply({ input: { branch, holder }, state }) {
        if (state.chair.find({ branch }) === undefined) state.chair.insert({ branch }, { holder }, "chair-exists");
        else state.chair.update({ branch }, { holder });
      },
    }),
    dismiss: action(records, {
      title: "Dismiss a chair",
      input: { branch },
      allow: anyone,
      refusals: { "no-chair": "There is none." },
      apply({ input, state }) {
        state.chair.get(input, "no-chair");
        state.chair.remove(input);
      },
    }),
  },
});

/** It as an application, for nodes of tests. */
export const branchesApplication: Application = {
  name: "branches",
  title: "Branches",
  contracts: [branches],
  wording: {},
};
