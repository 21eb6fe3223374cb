import { type ContractDefinition, decodeRecord, type ErasedValues, type RecordSpecification } from "@acta/contract";
import { type ClosedVersion, readClosedVersion, readVersionHead, type VersionHead } from "./closed-versions.ts";
import type { StateReader } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { Shown, type ShownState, showKeys } from "./shown-state.ts";
import { closedVersionKey, type StateKey, versionHeadKey } from "./state-key.ts";
import { getSpecification, keyOfRecord } from "./tables.ts";

/** When: after the last block whose time is not after `time` (whole seconds), or after the block of a height. */
export type Moment = { readonly time: number } | { readonly height: number };

/** Which record is meant: its contract, its name, its key, perhaps a moment of the past. */
export type RecordQuestion = {
  readonly definition: ContractDefinition;
  readonly record: string;
  readonly key: ErasedValues;
  /** Only records with `history: true` know it. Absent: now. */
  readonly moment?: Moment | undefined;
};

/** A height and its block's whole seconds; 0 and 0 where the record was there before its versions were kept. */
export type VersionEnd = { readonly height: number; readonly time: number };

/** A record as a part of the state shows it. */
export type RecordAnswer = {
  /** Undefined where there is, or was, none. */
  readonly values: ErasedValues | undefined;
  /** The value's bytes, whose hash calls expect and changes carry. */
  readonly valueBytes: Uint8Array | undefined;
  /** Of what held at a moment: the block from which it held, and that at which it ceased to; absent where not shown. */
  readonly since?: VersionEnd;
  readonly until?: VersionEnd;
  /** Whether nothing that is entered later can change this answer: the moment that was asked for has passed. */
  readonly isSettled: boolean;
};

/**
 * The keys that show a record: their values, or absence, are all that `shownRecord` needs (docs/spec, 6.8).
 *
 * Takes one step for each version closed since the moment. Throws LedgerError `wrong-use` where there is no such record,
 * or a moment is asked of one that keeps no closed versions.
 */
export function recordKeys(state: StateReader, question: RecordQuestion): readonly StateKey[] {
  const { at } = placeIn(question);
  const { moment } = question;
  if (moment === undefined) return [at];
  let later = versionHeadKey(at);
  const head = state.get(later.bytes);
  if (head === undefined || !isAfter(readVersionHead(head), moment)) return [later, at];
  for (let since = readVersionHead(head).before; since !== undefined; ) {
    const key = closedVersionKey(at, since);
    const closed = getClosed(state, key, since);
    if (isClosedBy(closed, moment)) return [later, key];
    if (!isAfter(closed, moment)) return [key];
    later = key;
    since = closed.before;
  }
  return [later];
}

/**
 * What a part of the state shows of a record; undefined where it does not show it. Believe it as far as the state: a
 * proof's entries after the proof was verified. Throws as {@link recordKeys}.
 */
export function shownRecord(state: ShownState, question: RecordQuestion): RecordAnswer | undefined {
  const { at, specification } = placeIn(question);
  const { moment } = question;
  const shown = new Shown(state);
  const value = shown.find(at);
  if (moment === undefined)
    return value === undefined ? undefined : { ...versionOf(specification, value), isSettled: false };

  const head = shown.find(versionHeadKey(at));
  const newest = head && readVersionHead(head);
  const closed = shown.numbered(versionHeadKey(at).elements).map(readClosedVersion);
  const held = closed.find((each) => !isAfter(each, moment) && !isClosedBy(each, moment));
  if (held !== undefined) return { ...versionOf(specification, held.value), ...endsOf(held), isSettled: true };
  if (newest === null || (newest !== undefined && !isAfter(newest, moment))) {
    if (value === undefined) return undefined;
    return { ...versionOf(specification, value), ...(newest && startOf(newest)), isSettled: hasPassed(shown, moment) };
  }
  return gapIn([...closed, ...(newest === undefined ? [] : [newest])], closed, moment);
}

/** A record by the whole state, with the keys that show it; see {@link recordKeys}. */
export function readRecordAt(
  state: StateReader,
  question: RecordQuestion,
): RecordAnswer & { readonly keys: readonly StateKey[] } {
  const keys = recordKeys(state, question);
  const answer = shownRecord(showKeys(state, keys, { height: 0, time: undefined }), question);
  if (answer === undefined) throw new Error("The keys that show a record do not show it."); // recordKeys chose them
  return { ...answer, keys };
}

/** That there was no record: what begins after the moment follows on nothing, or on what had ended by then. */
function gapIn(
  versions: readonly VersionHead[],
  closed: readonly ClosedVersion[],
  moment: Moment,
): RecordAnswer | undefined {
  const nothing = { values: undefined, valueBytes: undefined, isSettled: true };
  for (const later of versions) {
    if (!isAfter(later, moment)) continue;
    const until = { height: later.since, time: later.at };
    if (later.before === undefined) return { ...nothing, until };
    const earlier = closed.find(({ since }) => since === later.before);
    if (earlier !== undefined && isClosedBy(earlier, moment)) {
      return { ...nothing, since: { height: earlier.until, time: earlier.untilAt }, until };
    }
  }
  return undefined;
}

const isAfter = ({ since, at }: VersionHead, moment: Moment): boolean =>
  "time" in moment ? at > moment.time : since > moment.height;

const isClosedBy = ({ until, untilAt }: ClosedVersion, moment: Moment): boolean =>
  "time" in moment ? untilAt <= moment.time : until <= moment.height;

const hasPassed = ({ height, time }: Shown, moment: Moment): boolean =>
  "time" in moment ? time !== undefined && moment.time < time : moment.height <= height;

const startOf = ({ since, at }: VersionHead) => ({ since: { height: since, time: at } });

const endsOf = (closed: ClosedVersion) => ({
  ...startOf(closed),
  until: { height: closed.until, time: closed.untilAt },
});

function versionOf({ fields }: RecordSpecification, value: Uint8Array | null) {
  if (value === null) return { values: undefined, valueBytes: undefined };
  return { values: decodeRecord(fields, value).values as ErasedValues, valueBytes: value }; // values of its fields
}

function placeIn({ definition, record, key, moment }: RecordQuestion) {
  const specification = getSpecification(definition, record);
  if (moment !== undefined && !specification.history) {
    throw new LedgerError("wrong-use", `The record ${definition.name}.${record} keeps no closed versions.`);
  }
  return { specification, at: keyOfRecord(definition.name, record, specification, key) };
}

function getClosed(state: StateReader, { bytes }: StateKey, since: number): ClosedVersion {
  const value = state.get(bytes);
  if (value !== undefined) return readClosedVersion(value);
  throw new LedgerError("state-damaged", `A version of a record, closed since ${since}, is gone. Run "acta fsck".`);
}
