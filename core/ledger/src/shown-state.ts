import { byteText, type CborValue, decode, encode, equalBytes } from "@acta/bytes";
import type { StateReader } from "./environment.ts";
import type { StateKey } from "./state-key.ts";

/** A part of a state as a proof shows it, or as somebody who has the whole state picks it out. */
export type ShownState = {
  /** Keys with their values; null: shown to be absent. */
  readonly entries: readonly (readonly [key: Uint8Array, value: Uint8Array | null])[];
  /** The height of the last block whose writes are in it. */
  readonly height: number;
  /** Whole seconds since 1970 that no later block lies before; undefined where a proof gives no time. */
  readonly time: number | undefined;
};

/** Where a state stands: height of the last block in it, and whole seconds that no later block lies before. */
export type StatePlace = Pick<ShownState, "height" | "time">;

/** The values of some keys, picked out of a whole state. */
export function showKeys(state: StateReader, keys: readonly StateKey[], place: StatePlace): ShownState {
  return { ...place, entries: keys.map(({ bytes }) => [bytes, state.get(bytes) ?? null]) };
}

/** Looks up what a state shows. */
export class Shown {
  readonly height: number;
  readonly time: number | undefined;
  readonly #entries: ShownState["entries"];
  readonly #values: ReadonlyMap<string, Uint8Array | null>;

  constructor({ entries, height, time }: ShownState) {
    this.height = height;
    this.time = time;
    this.#entries = entries;
    this.#values = new Map(entries.map(([key, value]) => [byteText(key), value]));
  }

  /** The value under a key; null where it is shown to be absent, undefined where nothing is shown of it. */
  find({ text }: StateKey): Uint8Array | null | undefined {
    return this.#values.get(text);
  }

  /** The values under keys that have these elements and then one number, a height or a day. */
  numbered(elements: readonly CborValue[]): readonly Uint8Array[] {
    const wanted = encode(elements);
    return this.#entries.flatMap(([bytes, value]) => {
      if (value === null) return [];
      const key = decode(bytes) as readonly CborValue[]; // every key that the state has is an array
      const last = key.at(-1);
      return typeof last === "number" && equalBytes(encode(key.slice(0, -1)), wanted) ? [value] : [];
    });
  }
}
