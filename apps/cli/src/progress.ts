const BAR = 24;
const INTERVAL_MS = 100;

/** One line of progress, redrawn in place on a terminal; silent elsewhere. */
export function createProgress(visible: boolean): {
  readonly show: (stage: string, done: number, total: number) => void;
  readonly clear: () => void;
} {
  let drawnAt = 0;
  let isDrawn = false;
  const clear = (): void => {
    if (isDrawn) process.stderr.write("\r\u001b[K");
    isDrawn = false;
  };
  return {
    clear,
    show(stage, done, total) {
      const now = performance.now();
      if (!visible || (done < total && now - drawnAt < INTERVAL_MS)) return;
      drawnAt = now;
      const filled = total === 0 ? BAR : Math.floor((done / total) * BAR);
      const bar = "█".repeat(filled) + "·".repeat(BAR - filled);
      process.stderr.write(`\r\u001b[K${bar} ${done.toLocaleString("en")} / ${total.toLocaleString("en")} ${stage}`);
      isDrawn = true;
    },
  };
}
