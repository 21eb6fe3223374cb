import { compareTimes, type Time, timeAfter } from "@acta/light-client";

/** What the sequencer may know of time, in milliseconds: the wall clock and the time since boot, which counts sleep. */
export type MachineClock = { readonly wallMs: () => number; readonly bootMs: () => number };

/** Forward drift of the wall clock against boot time that stops the sequencer. */
export const FORWARD_JUMP_MS = 10 * 60 * 1000;
/** Backward drift that stops it. */
export const BACKWARD_JUMP_MS = 5 * 1000;

/** Tells whether the wall clock jumped while the node was running. */
export type ClockGuard = {
  /** Undefined while all is well, otherwise by how many milliseconds the wall clock left boot time (negative: back). */
  readonly jump: () => number | undefined;
  /** The operator confirmed the clock: from here on the present wall clock is the reference. */
  readonly confirm: () => void;
};

/**
 * Watches the wall clock against boot time from now on.
 *
 * A jump stays reported until `confirm`, even when the clock is set right again: time that was stamped meanwhile is
 * in question. A restart begins a new watch, so a machine that was off or asleep is no jump.
 */
export function watchClock(clock: MachineClock): ClockGuard {
  let offset = clock.wallMs() - clock.bootMs();
  let jumped: number | undefined;
  return {
    jump() {
      const drift = clock.wallMs() - clock.bootMs() - offset;
      if (drift > FORWARD_JUMP_MS || drift < -BACKWARD_JUMP_MS) jumped = drift;
      return jumped;
    },
    confirm() {
      offset = clock.wallMs() - clock.bootMs();
      jumped = undefined;
    },
  };
}

/** A block time from milliseconds since 1970. */
export function timeOfMs(milliseconds: number): Time {
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanoseconds: Math.floor(milliseconds - seconds * 1000) * 1_000_000 };
}

/** Milliseconds since 1970, rounded down. */
export function msOfTime(time: Time): number {
  return time.seconds * 1000 + Math.floor(time.nanoseconds / 1_000_000);
}

/** The later of two times. */
export function laterTime(a: Time, b: Time): Time {
  return compareTimes(a, b) >= 0 ? a : b;
}

/** One millisecond later: the least step between two blocks. */
export function nextMillisecond(time: Time): Time {
  return timeAfter(time, 1_000_000);
}
