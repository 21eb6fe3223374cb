import { expect, test } from "vitest";
import { KINDS, type KindName, type StoredKind } from "../ledger/stored-kinds.ts";
import { perRecord } from "./storage.ts";

test("each kind is divided by the records, and all by the bytes that were submitted", () => {
  const empty: StoredKind = { entries: 0, rawBytes: 0, diskBytes: 0 };
  const kinds = Object.fromEntries(Object.keys(KINDS).map((name) => [name, empty])) as Record<KindName, StoredKind>;
  kinds.state = { entries: 100, rawBytes: 20_000, diskBytes: 15_000 };
  kinds.transactions = { entries: 2, rawBytes: 30_000, diskBytes: 31_050 };
  const each = perRecord({ records: 100, kinds, tableBytes: 47_000 });
  expect(each).toMatchObject({ all: 460.5, bySubmitted: 1.535 });
  expect(each.kinds).toMatchObject({ state: 150, transactions: 310.5, headers: 0 });
});
