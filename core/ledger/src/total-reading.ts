import type { ContractDefinition, TotalValue } from "@acta/contract";
import type { StateReader } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { Shown, type ShownState, showKeys } from "./shown-state.ts";
import type { StateKey } from "./state-key.ts";
import { type Counter, decodeCounter } from "./total-counter.ts";
import { getPlan, keyOf, NOW, placeOf, shownOf, type TotalPlace } from "./totals.ts";
import { dayInZone, ZONE } from "./zone.ts";

/** Which total is meant: its contract, its name, a path (`44/03`; empty for the whole), perhaps a day since 1970. */
export type TotalQuestion = {
  readonly definition: ContractDefinition;
  readonly name: string;
  readonly path: string;
  /** The end of this day in the ledger's zone; only totals with `history: "day"` know it. Absent: now. */
  readonly day?: number | undefined;
};

/** A total as a part of the state shows it. */
export type TotalAnswer = {
  readonly value: TotalValue;
  /** Whether nothing that is entered later can change this answer: the day that was asked for is over. */
  readonly isSettled: boolean;
};

/**
 * The keys that show a total: their values, or absence, are all that `shownTotal` needs (docs/spec, 6.7).
 *
 * Takes one step for each day on which the total changed since the day that is asked for. Throws LedgerError
 * `wrong-use` where there is no such total, or a day is asked of one that keeps none.
 */
export function totalKeys(state: StateReader, question: TotalQuestion): readonly StateKey[] {
  const place = placeIn(question);
  const { day } = question;
  let key = keyOf(place, NOW);
  if (day === undefined) return [key];
  let later: StateKey | undefined;
  for (;;) {
    const value = state.get(key.bytes);
    const since = value && decodeCounter(value).since;
    // Before the first change nothing was counted: shown by what begins with it, and the cell that is not there.
    if (value === undefined && later !== undefined) return [later, key];
    if (since === undefined || since <= day) return later === undefined ? [key, ZONE] : [key];
    later = key;
    key = keyOf(place, since);
  }
}

/**
 * What a part of the state shows of a total; undefined where it does not show it. Believe it as far as the state: a
 * proof's entries after the proof was verified. Throws as {@link totalKeys}.
 */
export function shownTotal(state: ShownState, question: TotalQuestion): TotalAnswer | undefined {
  const place = placeIn(question);
  const plan = getPlan(question.definition, question.name);
  const answer = (counter: Counter | null, isSettled: boolean): TotalAnswer => ({
    value: shownOf(plan, counter ?? undefined),
    isSettled,
  });
  const shown = new Shown(state);
  const { day } = question;
  const value = shown.find(keyOf(place, NOW));
  const now = value && decodeCounter(value);
  if (day === undefined) return now === undefined ? undefined : answer(now, false);

  const closed = shown.numbered(keyOf(place, NOW).elements.slice(0, -1)).map(decodeCounter);
  const held = closed.find(({ since = day, until = day }) => since <= day && day < until);
  if (held !== undefined) return answer(held, true);
  if (now === null || (now !== undefined && (now.since ?? day) <= day)) return answer(now, isOver(shown, day));
  const isFirst = ({ since = day }: Counter): boolean => since > day && shown.find(keyOf(place, since)) === null;
  return [...closed, ...(now === undefined ? [] : [now])].some(isFirst) ? answer(null, true) : undefined;
}

/** A total by the whole state, with the keys that show it; see {@link totalKeys}. */
export function readTotal(
  state: StateReader,
  question: TotalQuestion,
): TotalAnswer & { readonly keys: readonly StateKey[] } {
  const keys = totalKeys(state, question);
  const answer = shownTotal(showKeys(state, keys, { height: 0, time: undefined }), question);
  if (answer === undefined) throw new Error("The keys that show a total do not show it."); // totalKeys chose them
  return { ...answer, keys };
}

function placeIn({ definition, name, path, day }: TotalQuestion): TotalPlace {
  const { total } = getPlan(definition, name);
  if (day !== undefined && total.history === undefined) {
    throw new LedgerError("wrong-use", `The total ${definition.name}.${name} keeps no days.`);
  }
  return placeOf(definition, name, path);
}

/** Whether a day is over in the ledger's zone where the state stands: no later block lies in it. */
function isOver(shown: Shown, day: number): boolean {
  const zone = shown.find(ZONE);
  return zone != null && shown.time !== undefined && day < dayInZone(zone, shown.time);
}
