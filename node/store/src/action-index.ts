import type { BlockArchive, Place } from "./block-archive.ts";
import type { Database } from "./database.ts";
import { actionRange, type DeadlineName, heightOfActionKey } from "./keys.ts";

/** Which places of an index are wanted: from a height to another, both included, and how many at most. */
export type PlaceRange = { readonly from: number; readonly to: number; readonly most: number };

/**
 * Where a deadline passed: the blocks in which the ledger acted by it, ascending, and the index of the act in each. The
 * block is held against the log, and the entry against the block. Throws StoreError.
 */
export async function findActions(
  database: Pick<Database, "entries">,
  archive: Pick<BlockArchive, "findAction">,
  deadline: DeadlineName,
  { from, to, most }: PlaceRange,
): Promise<readonly Place[]> {
  const places: Place[] = [];
  for await (const entries of database.entries(actionRange(deadline, from))) {
    for (const [key] of entries) {
      const height = heightOfActionKey(key);
      // An entry above belongs to a block that is being written.
      if (height > to || places.length >= most) return places;
      const index = archive.findAction(deadline, height);
      if (index !== undefined) places.push({ height, index });
    }
  }
  return places;
}
