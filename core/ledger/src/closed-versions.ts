import { type CborMap, decode, encode, fromObject } from "@acta/bytes";
import type { BlockPlace } from "./block-draft.ts";
import { closedVersionKey, type StateKey, versionHeadKey } from "./state-key.ts";
import type { CachedState, StateLayer, StateView } from "./state-layer.ts";

/** The records that keep closed versions and that a block may have changed. */
export class HistoricRecords {
  readonly #touched = new Map<string, { readonly key: StateKey; readonly version: number }>();

  /** Notes a record that was written; `version` is that of the contract that wrote it. */
  touch(key: StateKey, version: number): void {
    this.#touched.set(key.text, { key, version });
  }

  /**
   * At the end of a block: closes the version of each record that is not what it was before the block. What changed twice
   * inside a block was never a state, so at most one version of a record closes in a block.
   */
  close(before: CachedState, state: StateLayer, { height, time }: BlockPlace): void {
    for (const { key, version } of this.#touched.values()) {
      const old = before.get(key);
      if (!isChanged(old, state.get(key))) continue;
      const head = findHead(state, key);
      const opened = { since: height, at: time.seconds };
      if (old === undefined) writeHead(state, key, version, { ...opened, before: head?.before });
      else {
        const { since, at, before } = head ?? UNKNOWN;
        const closed = { since, at, until: height, untilAt: time.seconds, before, value: old };
        state.put(closedVersionKey(key, since), encode([version, fromObject(present(closed))]));
        writeHead(state, key, version, { ...opened, before: since });
      }
    }
  }
}

/** Since when a record is as it is, or is not there: height and seconds; and the height at which the version before began. */
export type VersionHead = { readonly since: number; readonly at: number; readonly before?: number | undefined };
/** What a record was, and until when: height and seconds. */
export type ClosedVersion = VersionHead & {
  readonly until: number;
  readonly untilAt: number;
  readonly value: Uint8Array;
};

/** Reads the value of a record's key in space 3. */
export const readVersionHead = (value: Uint8Array): VersionHead => fieldsOf(value) as VersionHead;

/** Reads a closed version. */
export const readClosedVersion = (value: Uint8Array): ClosedVersion => fieldsOf(value) as ClosedVersion;

/** A record from the genesis, or from before its contract kept versions: it was there as long as anybody can tell. */
const UNKNOWN: VersionHead = { since: 0, at: 0 };

function findHead(view: StateView, key: StateKey): VersionHead | undefined {
  const value = view.get(versionHeadKey(key));
  return value && readVersionHead(value);
}

function writeHead(state: StateLayer, key: StateKey, version: number, head: VersionHead): void {
  state.put(versionHeadKey(key), encode([version, fromObject(present(head))]));
}

function fieldsOf(value: Uint8Array): object {
  const [, fields] = decode(value) as readonly [number, CborMap]; // as it was written above
  return Object.fromEntries(fields);
}

function present(fields: object): Record<string, number | Uint8Array> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function isChanged(before: Uint8Array | undefined, after: Uint8Array | undefined): boolean {
  if (before === undefined || after === undefined) return before !== after;
  return before.length !== after.length || before.some((byte, index) => byte !== after[index]);
}
