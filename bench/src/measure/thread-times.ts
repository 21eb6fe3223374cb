import { readdirSync, readFileSync } from "node:fs";

/** CPU seconds of a node's threads by what they do. */
export type ThreadTimes = {
  /** HTTP, admission, ordering, execution: the one thread that runs the ledger. */
  readonly main: number;
  /** Signature workers. */
  readonly signatures: number;
  /** V8's own threads: garbage collection and compilation. */
  readonly engine: number;
  /** LevelDB's writes, compactions, and the rest. */
  readonly disk: number;
};

/** Linux counts in hundredths of a second on every machine that Node runs on. */
export const TICKS_PER_SECOND = 100;

/** Reads the CPU that each thread of a process has used so far. Throws where there is no /proc (Linux only). */
export function threadTimes(pid: number): ThreadTimes {
  const times = { main: 0, signatures: 0, engine: 0, disk: 0 };
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, "latin1");
    const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
    // proc(5): user and system time are the 14th and 15th field; two stand before the state.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    times[roleOf(name, Number(thread) === pid)] += (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }
  return times;
}

/** What was used between two readings. */
export function timesBetween(before: ThreadTimes, after: ThreadTimes): ThreadTimes {
  return byRole((role) => after[role] - before[role]);
}

/** What was used in two stretches together. */
export function addTimes(a: ThreadTimes, b: ThreadTimes): ThreadTimes {
  return byRole((role) => a[role] + b[role]);
}

/** Every time divided by the same number: by seconds gives cores, by operations what one costs. */
export function timesBy(times: ThreadTimes, divisor: number): ThreadTimes {
  return byRole((role) => times[role] / divisor);
}

/** The figure of each role. */
export function byRole(figure: (role: keyof ThreadTimes) => number): ThreadTimes {
  return { main: figure("main"), signatures: figure("signatures"), engine: figure("engine"), disk: figure("disk") };
}

/** All roles together. */
export function allTimes({ main, signatures, engine, disk }: ThreadTimes): number {
  return main + signatures + engine + disk;
}

function roleOf(name: string, isFirst: boolean): keyof ThreadTimes {
  if (isFirst) return "main";
  if (name === "signatures") return "signatures";
  return name === "V8Worker" || name.startsWith("DelayedTask") ? "engine" : "disk";
}
