import { action, anyone, consent, contract, record, role, t } from "@acta/contract";

const deposit = t.id("deposit", "Number of the deposit", {
  bytes: 16,
  hint: "Sixteen random bytes, chosen by whoever deposits.",
  example: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
});
const number = t.integer("Number of the entry", { min: 1n, max: 1_000_000n, example: "1" });

// Sealed: of files and words only commitments stand on the ledger; they themselves never leave their office.
const file = t.sealed(t.file("File"), { of: "deposit.file" });
const description = t.optional(t.sealed(t.text("Description"), { of: "deposit.description" }));
const descriptionFile = t.optional(
  t.sealed(t.file("Description in a file of its own, such as a CASE document"), { of: "deposit.descriptionFile" }),
);
const device = t.optional(t.sealed(t.text("Device and place of capture"), { of: "deposit.device" }));
const note = t.optional(t.sealed(t.text("Note"), { of: "custody.note" }));

const event = t.choice(
  ["collected", "copied", "transferred", "examined", "returned", "presented", "destroyed"],
  "What happened",
  {
    labels: {
      collected: "Collected at its source",
      copied: "Copied",
      transferred: "Handed to another keeper",
      examined: "Examined by an expert",
      returned: "Returned to whom it came from",
      presented: "Presented in court",
      destroyed: "Destroyed: the original is gone",
    },
  },
);
const status = t.choice(["kept", "withdrawn"], "Status", {
  labels: { kept: "Kept", withdrawn: "Withdrawn by the depositor: marked, not removed" },
});
const statedAt = t.time("When, as the depositor states it", { example: "2026-11-21T09:30:00Z" });
const handedTo = t.optional(t.party("Handed to"));

const court = t.party("Court");
const judge = t.party("Signed by");
const holdOrder = t.sealed(t.file("Order of the court"), { of: "deposit.hold.order" });
const releaseOrder = t.sealed(t.file("Order of the court"), { of: "deposit.release.order" });

const records = {
  deposit: record(
    "Deposit",
    { deposit },
    {
      depositor: t.party("Depositor"),
      file,
      description,
      descriptionFile,
      device,
      depositedAt: t.time("Deposited"),
      status,
      withdrawnAt: t.optional(t.time("Withdrawn")),
      custodyEntries: t.integer("Entries in its custody list", { min: 0n, max: 1_000_000n }),
      hold: t.optional(t.group({ court, judge, order: holdOrder, since: t.time("Since") }, "Held by a court")),
      release: t.optional(t.group({ court, judge, order: releaseOrder, at: t.time("At") }, "Last released by a court")),
    },
  ),
  custody: record(
    "Custody entry",
    { deposit, number },
    { event, statedAt, enteredAt: t.time("Entered"), note, handedTo },
  ),
};

const unknownDeposit = { "unknown-deposit": "There is no deposit of this number." } as const;
const asDepositor = consent("deposit", "depositor");
const CLOCK_TOLERANCE_SECONDS = 300n;

// Whoever signs deposits a file. From then on nobody can claim that it was made or changed later.
const depositFile = action(records, {
  title: "Deposit a file",
  input: { deposit, file, description, descriptionFile, device },
  allow: anyone,
  refusals: {
    "already-deposited": "A deposit of this number exists. Choose another number and send the deposit again.",
    "one-depositor": "A deposit has one depositor, but {count} parties signed. Let the depositor sign alone.",
  },
  apply({ input: { deposit, ...sealed }, state, signers, block, refuse }) {
    const [depositor] = signers;
    if (depositor === undefined || signers.length > 1)
      return refuse("one-depositor", { count: BigInt(signers.length) });
    const opened = { depositor, depositedAt: block.time, status: "kept", custodyEntries: 0n } as const;
    state.deposit.insert({ deposit }, { ...opened, ...sealed }, "already-deposited");
  },
});

// The depositor continues the custody list, after a withdrawal too: what happens to the file goes on happening.
const custody = action(records, {
  title: "Enter a custody event",
  input: { deposit, number, event, statedAt, note, handedTo },
  allow: asDepositor,
  refusals: {
    "number-taken": "The custody list has an entry of this number. Entries stay as they are: add another.",
    "number-skipped": "The next entry of this custody list is number {next}.",
    "in-the-future": "The time stated has not come yet. State when it happened.",
    "keeper-missing": "This event names the party that the file was handed to.",
  },
  apply({ input: { deposit, number, ...entry }, state, block, refuse }) {
    const next = state.deposit.get({ deposit }).custodyEntries + 1n;
    if (number > next) return refuse("number-skipped", { next });
    if (entry.statedAt > block.time + CLOCK_TOLERANCE_SECONDS) return refuse("in-the-future");
    const isHandedOver = entry.event === "transferred" || entry.event === "returned";
    if (isHandedOver && entry.handedTo === undefined) return refuse("keeper-missing");
    state.custody.insert({ deposit, number }, { ...entry, enteredAt: block.time }, "number-taken");
    state.deposit.update({ deposit }, { custodyEntries: number });
  },
});

// A court keeps the deposit from being withdrawn, on an order whose file is bound here.
const hold = action(records, {
  title: "Hold a deposit",
  input: { deposit, order: holdOrder },
  allow: role("court"),
  refusals: { ...unknownDeposit, "already-held": "A court holds this deposit already." },
  apply({ input: { deposit, order }, state, actor, block, refuse }) {
    if (state.deposit.get({ deposit }, "unknown-deposit").hold) return refuse("already-held");
    const { party, institution = party } = actor("court");
    state.deposit.update({ deposit }, { hold: { court: institution, judge: party, order, since: block.time } });
  },
});

// Only the court that holds a deposit lets it go, whoever of its judges signs.
const release = action(records, {
  title: "Release a deposit",
  input: { deposit, order: releaseOrder },
  allow: role("court"),
  refusals: {
    ...unknownDeposit,
    "not-held": "No court holds this deposit.",
    "held-by-another-court": "Another court holds this deposit, and only that court can release it.",
  },
  apply({ input: { deposit, order }, state, actor, block, refuse }) {
    const { hold } = state.deposit.get({ deposit }, "unknown-deposit");
    const { party, institution = party } = actor("court");
    if (hold === undefined) return refuse("not-held");
    if (hold.court !== institution) return refuse("held-by-another-court");
    const release = { court: institution, judge: party, order, at: block.time };
    state.deposit.update({ deposit }, { hold: undefined, release });
  },
});

// A withdrawal is a mark. The deposit, its proofs and its custody list stay.
const withdraw = action(records, {
  title: "Withdraw a deposit",
  input: { deposit },
  allow: asDepositor,
  refusals: {
    "already-withdrawn": "This deposit is withdrawn already.",
    "held-by-court": "A court holds this deposit. It can be withdrawn after that court has released it.",
  },
  apply({ input: { deposit }, state, block, refuse }) {
    const { status, hold } = state.deposit.get({ deposit });
    if (status === "withdrawn") return refuse("already-withdrawn");
    if (hold !== undefined) return refuse("held-by-court");
    state.deposit.update({ deposit }, { status: "withdrawn", withdrawnAt: block.time });
  },
});

/** Judicial deposit: who had which file when, and what happened to it since, with only commitments on the ledger. */
export const evidence = contract({
  name: "evidence",
  title: "Evidence",
  roles: { court: "Holds deposits and releases them, on an order." },
  records,
  actions: { deposit: depositFile, custody, hold, release, withdraw },
});
