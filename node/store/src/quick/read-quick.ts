import { equalBytes } from "@acta/bytes";
import { HistoryLog, type StateTree, TreeBuilder } from "@acta/merkle";
import { leafHasher, pairHasher } from "@acta/native";
import { attempt } from "./attempt.ts";
import { PairMerge, sortPairs } from "./pair-merge.ts";
import { type JournalEnd, readJournals, readLogHashes, readPairs, readPairsHead } from "./quick-folder.ts";
import { HASH_BYTES, type PairsHead, type QuickBlock } from "./quick-format.ts";

/** Which block's state is wanted, and the blocks above a height that LevelDB's log still has. */
export type Wanted = {
  readonly ledgerId: Uint8Array;
  readonly height: number;
  readonly blocksAbove: (height: number) => ReadonlyMap<number, QuickBlock>;
};

/** State tree and history log as the files give them, to be held against the newest block's roots before they are used. */
export type QuickContents = { readonly tree: StateTree; readonly log: HistoryLog; readonly end: QuickEnd };

/** Where the files end, and what they lack of the wanted block. */
export type QuickEnd = {
  readonly ledgerId: Uint8Array;
  readonly journal: JournalEnd;
  readonly missing: readonly QuickBlock[];
  /** The number of pairs in the file of all pairs. */
  readonly count: number;
};

/** Reads the quick files of a folder; undefined where they do not lead to the wanted block. */
export function readQuick(folder: string, wanted: Wanted): QuickContents | undefined {
  return attempt(() => {
    const head = readPairsHead(folder);
    if (head === undefined || !equalBytes(head.ledgerId, wanted.ledgerId)) return undefined;
    const { blocks, end } = readJournals(folder, head);
    const missing = missingBlocks(blocks.at(-1)?.height ?? head.height, wanted);
    const hashes = readLogHashes(folder, head.height);
    if (end === undefined || missing === undefined || hashes === undefined) return undefined;
    const since = [...blocks, ...missing];
    return {
      tree: treeOf(folder, head, since),
      log: logOf(hashes, since),
      end: { ledgerId: wanted.ledgerId, journal: end, missing, count: head.count },
    };
  });
}

/** The blocks from behind the journal's last up to the wanted one; undefined where they are not all there. */
function missingBlocks(reached: number, { height, blocksAbove }: Wanted): QuickBlock[] | undefined {
  if (reached > height) return undefined;
  if (reached === height) return [];
  const later = blocksAbove(reached);
  const blocks = Array.from({ length: height - reached }, (_, index) => later.get(reached + 1 + index));
  return blocks.every((block) => block !== undefined) ? blocks : undefined;
}

function treeOf(folder: string, head: PairsHead, since: readonly QuickBlock[]): StateTree {
  const builder = new TreeBuilder({ pairs: pairHasher, leaves: leafHasher });
  const merge = new PairMerge(sortPairs(Buffer.concat(since.map(({ pairs }) => pairs))), (pairs) => builder.add(pairs));
  for (const piece of readPairs(folder, head)) merge.add(piece);
  merge.finish();
  return builder.finish();
}

function logOf(hashes: Buffer, since: readonly QuickBlock[]): HistoryLog {
  const log = HistoryLog.empty();
  for (let at = 0; at < hashes.length; at += HASH_BYTES) log.appendHash(hashes.subarray(at, at + HASH_BYTES));
  for (const { logLeaf } of since) log.appendHash(logLeaf);
  return log;
}
