import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { PARTS } from "@acta/store";
import type { Command, Report, Say } from "../command.ts";
import { ledgerFiles } from "../ledger/bench-ledger.ts";
import { startNodeUnderTest } from "../ledger/node-under-test.ts";
import { KINDS, type KindName, type StoredKind, storedKinds } from "../ledger/stored-kinds.ts";
import { enter, openWorkingLedger } from "../ledger/working-ledger.ts";
import { whole } from "../options.ts";
import { rounded, type Table } from "../report/table.ts";

/** What the design asks for: bytes of a single operation on the disk, with all indexes. */
const GOAL_BYTES = 900;
const PER_BATCH = 1000;

/** `bench -- storage`: what a record takes on the disk. */
export const storage: Command = {
  name: "storage",
  summary: "bytes that an operation takes on the disk, by kind",
  help: `Measures what a record takes on the disk, by kind, after the database was compacted.

  npm run bench -- storage [--records 200000] [--json]

  --records N   records entered into each of two new ledgers: under a signature each, and ${PER_BATCH} under one (default 200000)
  --json        the last line is one JSON object
`,
  options: { records: { type: "string" } },
  async run(values, say) {
    const records = whole(values, "records", { otherwise: 200_000, least: PER_BATCH, most: 10_000_000 });
    const single = await measureStorage(records, 1, say);
    const batch = await measureStorage(records, PER_BATCH, say);
    return reportOf(single, batch);
  },
};

/** A ledger's database, divided by the records in it. */
export type Storage = {
  readonly records: number;
  readonly kinds: Readonly<Record<KindName, StoredKind>>;
  /** All table files of the database, by the system's count. */
  readonly tableBytes: number;
};

async function measureStorage(records: number, per: number, say: Say): Promise<Storage> {
  const ledger = await openWorkingLedger(undefined, 0, say);
  try {
    const node = await startNodeUnderTest(ledger.data);
    const { data, scratch } = ledger;
    const entered = await enter(node, { data, scratch, kind: "deposit", per, records }, say).finally(node.stop);
    return { records: entered, kinds: await storedKinds(data), tableBytes: tableBytes(data) };
  } finally {
    ledger.remove();
  }
}

function tableBytes(data: string): number {
  const folder = join(ledgerFiles(data).store, PARTS.level);
  const tables = readdirSync(folder).filter((name) => name.endsWith(".ldb"));
  return tables.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** Bytes of each kind for one record, and of all; `bySubmitted`: all, by the bytes that were submitted. */
export function perRecord({ records, kinds }: Storage) {
  const each = Object.entries(kinds).map(([name, { diskBytes }]) => [name, rounded(diskBytes / records, 1)] as const);
  const all = Object.values(kinds).reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  return {
    kinds: Object.fromEntries(each) as Record<KindName, number>, // the same names
    all: rounded(all / records, 1),
    bySubmitted: rounded(all / kinds.transactions.rawBytes, 3),
  };
}

function reportOf(single: Storage, batch: Storage): Report {
  const [one, many] = [perRecord(single), perRecord(batch)];
  const byGoal = rounded(one.all / GOAL_BYTES, 3);
  return {
    tables: [tableOf(single, batch)],
    remarks: [
      `A single operation takes ${byGoal} of the ${GOAL_BYTES} bytes that are the goal. Open identities are deleted when they have expired.`,
      "Beside the database lie the two newest signed blocks, at most, whatever the ledger's size.",
    ],
    json: { single: { ...single, perRecord: one, byGoal }, batch: { ...batch, per: PER_BATCH, perRecord: many } },
  };
}

function tableOf(single: Storage, batch: Storage): Table {
  const [one, many] = [perRecord(single), perRecord(batch)];
  const names = Object.keys(KINDS) as KindName[]; // its own keys
  return {
    title: `bytes a record, ${single.records} records`,
    columns: ["single", `batch of ${PER_BATCH}`],
    rows: [
      ...names.map((name) => [name, one.kinds[name], many.kinds[name]] as const),
      ["all", one.all, many.all],
      ["table files", rounded(single.tableBytes / single.records, 1), rounded(batch.tableBytes / batch.records, 1)],
      ["all, by the bytes submitted", one.bySubmitted, many.bySubmitted],
    ],
  };
}
