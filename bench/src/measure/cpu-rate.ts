/**
 * Does something again and again for so many seconds of this thread's CPU; answers how often in one of them. On a machine
 * that others use too this is what a core alone would do.
 */
export async function ratePerCpuSecond(seconds: number, work: (turn: number) => unknown): Promise<number> {
  const began = process.threadCpuUsage();
  const used = (): number => {
    const { user, system } = process.threadCpuUsage(began);
    return (user + system) / 1e6;
  };
  let turns = 0;
  while (used() < seconds) await work(turns++);
  return turns / used();
}
