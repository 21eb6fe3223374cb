import { type CborMap, decode, encode, fromObject } from "@acta/bytes";
import { type ContractDefinition, decodeRecord, type ErasedValues } from "@acta/contract";
import type { BlockPlace } from "./block-draft.ts";
import type { StateReader } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { closedVersionKey, type StateKey, versionHeadKey } from "./state-key.ts";
import type { CachedState, StateLayer, StateView } from "./state-layer.ts";
import { getSpecification, keyOfRecord } from "./tables.ts";

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

/** What a record was at a time: its values, undefined where there was none, and the keys whose proof shows it. */
export type PastRecord = { readonly values: ErasedValues | undefined; readonly keys: readonly StateKey[] };

/**
 * A record as it was after the last block whose time is not after `time` (whole seconds). Only for records that keep
 * closed versions; throws LedgerError `wrong-use` for others. Takes one step for each version closed since then.
 */
export function readAsOf(
  state: StateReader,
  definition: ContractDefinition,
  record: string,
  key: ErasedValues,
  time: number,
): PastRecord {
  const specification = getSpecification(definition, record);
  if (!specification.history) {
    throw new LedgerError("wrong-use", `The record ${definition.name}.${record} keeps no closed versions.`);
  }
  const view: StateView = { get: ({ bytes }) => state.get(bytes) };
  const at = keyOfRecord(definition.name, record, specification, key);
  const valuesOf = (value: Uint8Array | undefined): ErasedValues | undefined =>
    value && decodeRecord(specification.fields, value).values;

  const head = findHead(view, at);
  if (head === undefined || time >= head.at) return { values: valuesOf(view.get(at)), keys: [versionHeadKey(at), at] };
  let keys: readonly StateKey[] = [versionHeadKey(at)];
  for (let since = head.before; since !== undefined; ) {
    const closed = getClosed(view, at, since);
    // Between two versions there was no record: the later one, or the head, shows when it came back.
    if (time >= closed.untilAt) return { values: undefined, keys: [...keys, closedVersionKey(at, since)] };
    keys = [closedVersionKey(at, since)];
    if (time >= closed.at) return { values: valuesOf(closed.value), keys };
    since = closed.before;
  }
  return { values: undefined, keys };
}

/** Since when a record is as it is, or is not there; and when the version before it began. */
type Head = { readonly since: number; readonly at: number; readonly before?: number | undefined };
type Closed = Head & { readonly until: number; readonly untilAt: number; readonly value: Uint8Array };

/** A record from the genesis, or from before its contract kept versions: it was there as long as anybody can tell. */
const UNKNOWN: Head = { since: 0, at: 0 };

function findHead(view: StateView, key: StateKey): Head | undefined {
  const value = view.get(versionHeadKey(key));
  return value && (fieldsOf(value) as Head);
}

function getClosed(view: StateView, key: StateKey, since: number): Closed {
  const value = view.get(closedVersionKey(key, since));
  if (value !== undefined) return fieldsOf(value) as Closed;
  throw new LedgerError("state-damaged", `A version of a record, closed since ${since}, is gone. Run "acta fsck".`);
}

function writeHead(state: StateLayer, key: StateKey, version: number, head: Head): void {
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
