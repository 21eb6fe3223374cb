/** Lets one loop sleep until somebody rings. */
export type Signal = {
  readonly ring: () => void;
  /** Resolves at the next ring, at once when it rang since the last wait, or after `timeoutMs`. */
  readonly wait: (timeoutMs?: number) => Promise<void>;
};

/** A signal for one waiter. */
export function createSignal(): Signal {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(timeoutMs) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = timeoutMs === undefined ? undefined : setTimeout(resolve, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
      wake = undefined;
    },
  };
}
