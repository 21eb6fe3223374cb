import { action, contract, record, role, t } from "@acta/contract";

const TOLERANCE_SECONDS = 600n;
const LARGEST_OFFSET_SECONDS = 3_155_760_000n; // a hundred years

const records = {
  clock: record(
    "Clock",
    {},
    {
      demo: t.flag("Demo ledger"),
      offset: t.integer("Seconds ahead of the world", { unit: "s" }),
      confirmedAt: t.optional(t.time("Last confirmed")),
    },
  ),
};

const confirmClock = action(records, {
  title: "Confirm the clock",
  input: { time: t.time("The time it is") },
  allow: role("operator"),
  refusals: {
    "clock-differs": "It is {seconds} seconds from the ledger's clock, which is more than ten minutes.",
  },
  apply({ input: { time }, state, block, refuse }) {
    const seconds = time > block.time ? time - block.time : block.time - time;
    if (seconds > TOLERANCE_SECONDS) return refuse("clock-differs", { seconds });
    state.clock.update({}, { confirmedAt: block.time });
  },
});

const advanceDemoClock = action(records, {
  title: "Advance the demo clock",
  input: { seconds: t.integer("By how many seconds", { min: 1n, max: LARGEST_OFFSET_SECONDS, unit: "s" }) },
  allow: role("operator"),
  refusals: {
    "not-demo": "This ledger is not a demo: its clock is the world's.",
    "too-far": "The demo clock cannot be more than a hundred years ahead of the world.",
  },
  apply({ input: { seconds }, state, refuse }) {
    const { demo, offset } = state.clock.get({});
    if (!demo) return refuse("not-demo");
    if (offset + seconds > LARGEST_OFFSET_SECONDS) return refuse("too-far");
    state.clock.update({}, { offset: offset + seconds });
  },
});

/**
 * What the operator does: confirms a clock that jumped, and moves the clock of a demo ledger.
 *
 * The record `clock` is written by the genesis. The ledger does not add the offset: who makes block times does.
 */
export const operation = contract({
  name: "operation",
  version: 1,
  title: "Operation",
  roles: { operator: "Keeps the ledger running." },
  records,
  actions: { confirmClock, advanceDemoClock },
});
