import type { BlockNotice } from "./ordering.ts";

/** Those who want to know of each durable block. */
export type BlockListeners = {
  readonly add: (listener: (notice: BlockNotice) => void) => () => void;
  readonly tell: (notice: BlockNotice) => void;
};

/** Listeners are called in the order in which they came; one that throws does not keep the block from the others. */
export function createBlockListeners(onError: (error: unknown) => void): BlockListeners {
  const listeners = new Set<(notice: BlockNotice) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(notice) {
      for (const listener of listeners) {
        try {
          listener(notice);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
