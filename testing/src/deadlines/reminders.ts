import type { Application } from "@acta/contract";
import { action, anyone, contract, ledger, record, t } from "@acta/contract";

const name = { series: t.text("Series", { max: 40 }), number: t.integer("Number", { min: 0n, max: 9_999_999n }) };

const records = {
  fired: record("A reminder that fired", name, { due: t.optional(t.time("Due")), entered: t.time("Entered") }),
  note: record("Note", { text: t.text("Text", { max: 200 }) }, { entered: t.time("Entered") }),
};

/** What the ledger itself does when a reminder is due. Every hundredth says no; one that fires twice would be refused. */
const fire = action(records, {
  title: "Fire",
  input: name,
  allow: ledger,
  refusals: {
    unwanted: "Nobody wants to be reminded of number {number}.",
    "fired-already": "It has fired already.",
  },
  apply({ input: { series, number }, state, block, due, refuse }) {
    if (number % 100n === 99n) return refuse("unwanted", { number });
    state.fired.insert({ series, number }, { due, entered: block.time }, "fired-already");
  },
});

/** The name of a reminder's deadline: as text it stands where its number does. */
export const reminderName = (series: string, number: bigint | number): string =>
  `${series}/${String(number).padStart(7, "0")}`;

/** Reminders by the thousand: one call sets many deadlines. */
const reminders = contract({
  name: "reminders",
  title: "Reminders",
  roles: {},
  records,
  actions: {
    fire,
    plan: action(records, {
      title: "Plan reminders",
      input: {
        series: name.series,
        from: name.number,
        count: t.integer("How many", { min: 1n, max: 2000n }),
        at: t.time("When they are due"),
      },
      allow: anyone,
      schedules: { fire: name },
      apply({ input: { series, from, count, at }, schedule }) {
        for (let number = from; number < from + count; number++)
          schedule(reminderName(series, number), at, "fire", { series, number });
      },
    }),
    note: action(records, {
      title: "Note",
      input: { text: t.text("Text", { max: 200 }) },
      allow: anyone,
      refusals: { noted: "It is noted already." },
      apply({ input: { text }, state, block }) {
        state.note.insert({ text }, { entered: block.time }, "noted");
      },
    }),
  },
});

/** An application of tests alone: the ledger acts by itself, as often as one likes. */
export const remindersApplication: Application = {
  name: "reminders",
  title: "Reminders",
  contracts: [reminders],
  wording: { "reminders.fire.refusals.unwanted": "没有人要第 {number} 号提醒。" },
};
