/** A block as it is counted. */
export type CountedBlock = {
  readonly height: number;
  /** Milliseconds since 1970: the node began the block at the time that the next header carries. */
  readonly timeMs: number;
  readonly transactions: number;
  readonly accepted: number;
};

/** What a stretch of blocks came to, in seconds, counts and milliseconds. */
export type Stretch = {
  readonly seconds: number;
  readonly transactions: number;
  readonly records: number;
  /** How long each block took. */
  readonly blockMs: readonly number[];
};

type BlockJson = { height: number; time: string; transactions: { calls: number; accepted: number }[] };

/**
 * Reads the blocks from one height to another, both included, after the measurement so as not to disturb it.
 *
 * Throws where a call was refused: no measurement enters anything that its contract forbids.
 */
export async function readBlocks(url: string, from: number, to: number): Promise<CountedBlock[]> {
  const blocks: CountedBlock[] = [];
  for (let height = from; height <= to; height++) {
    const block = (await getJson(`${url}/v1/blocks/${height}`)) as BlockJson; // of the same release
    const accepted = block.transactions.reduce((sum, each) => sum + each.accepted, 0);
    const calls = block.transactions.reduce((sum, each) => sum + each.calls, 0);
    if (accepted !== calls) throw new Error(`Block ${height} refused ${calls - accepted} of ${calls} calls.`);
    blocks.push({ height, timeMs: Date.parse(block.time), transactions: block.transactions.length, accepted });
  }
  return blocks;
}

/**
 * Counts the blocks between two moments (milliseconds since 1970). A block takes from its predecessor's vote to its own,
 * that is from its header's time to that of the next.
 */
export function countStretch(blocks: readonly CountedBlock[], fromMs: number, toMs: number): Stretch {
  const inside = blocks.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs);
  const counted = inside.slice(0, -1);
  const first = inside[0];
  const last = inside.at(-1);
  if (first === undefined || last === undefined || first === last)
    throw new Error("The measurement saw no two blocks: measure for more seconds.");
  return {
    seconds: (last.timeMs - first.timeMs) / 1000,
    transactions: counted.reduce((sum, block) => sum + block.transactions, 0),
    records: counted.reduce((sum, block) => sum + block.accepted, 0),
    blockMs: counted.map(({ timeMs }, index) => (inside[index + 1]?.timeMs ?? timeMs) - timeMs),
  };
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response.json();
}
