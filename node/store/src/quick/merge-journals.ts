import { PairMerge, sortPairs } from "./pair-merge.ts";
import { writeLogHashes, writePairsFile } from "./pairs-file.ts";
import { readJournals, readPairs, readPairsHead, removeJournalsBefore } from "./quick-folder.ts";

/**
 * Writes the file of all pairs anew with the blocks of all journals up to the one given, and removes those. Works on the
 * files alone, beside a node that goes on writing to the next journal. Gives the number of pairs.
 *
 * A crash leaves the old file with all journals, or the new one with journals that its head says are in it.
 */
export function mergeJournals(folder: string, through: number): number {
  const head = readPairsHead(folder);
  const { blocks, end } = head === undefined ? { blocks: [], end: undefined } : readJournals(folder, head, through);
  const last = blocks.at(-1);
  if (head === undefined || end?.number !== through || last === undefined) throw new Error("A journal is not whole.");
  writeLogHashes(folder, head.height, Buffer.concat(blocks.map(({ logLeaf }) => logLeaf)));
  const changes = sortPairs(Buffer.concat(blocks.map(({ pairs }) => pairs)));
  const next = { ledgerId: head.ledgerId, height: last.height, journal: through + 1 };
  const count = writePairsFile(folder, next, (put) => {
    const merge = new PairMerge(changes, put);
    for (const piece of readPairs(folder, head)) merge.add(piece);
    merge.finish();
  });
  removeJournalsBefore(folder, through + 1);
  return count;
}
