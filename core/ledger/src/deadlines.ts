import { type CborMap, decode, encode, fromObject, isWellFormed } from "@acta/bytes";
import { type ContractDefinition, ContractError, type ErasedValues, inputToCbor, type Time } from "@acta/contract";
import type { CallRun } from "./call-run.ts";
import { dequeue, enqueue } from "./due-queue.ts";
import { malformedInput } from "./malformed-input.ts";
import { ledgerRefusal } from "./refusal.ts";
import { dueKey } from "./state-key.ts";
import type { StateLayer, StateView } from "./state-layer.ts";

/** What is to be done when a deadline passes: [6, contract, name] → [version, {action, at, input}]. */
export type Deadline = { readonly at: number; readonly action: string; readonly input: CborMap };

const LONGEST_NAME = 200; // characters, as UTF-16 counts them
const LATEST = 253_402_300_799n; // 9999-12-31T23:59:59Z

/** The deadline of that name, or undefined where none is set. */
export function findDeadline(view: StateView, contract: string, name: string): Deadline | undefined {
  const value = view.get(dueKey(contract, name));
  if (value === undefined) return undefined;
  const [, fields] = decode(value) as readonly [number, CborMap]; // as `setDeadline` wrote it
  return {
    at: fields.get("at") as number,
    action: fields.get("action") as string,
    input: fields.get("input") as CborMap,
  };
}

/** Takes a deadline away, with its place in the queue. Nothing happens where none of that name is set. */
export function clearDeadline(state: StateLayer, contract: string, name: string): void {
  const at = findDeadline(state, contract, name)?.at;
  if (at === undefined) return;
  dequeue(state, { at, contract, name });
  state.put(dueKey(contract, name), null);
}

function setDeadline(state: StateLayer, { name: contract, version }: ContractDefinition, name: string, set: Deadline) {
  clearDeadline(state, contract, name);
  const { at, action, input } = set;
  enqueue(state, { at, contract, name });
  state.put(dueKey(contract, name), encode([version, fromObject({ at, action, input })]));
}

/** What the code of an action can do about its contract's deadlines. `schedules` are the actions that it declares. */
export function openDeadlines(definition: ContractDefinition, schedules: readonly string[], run: CallRun) {
  return {
    schedule(name: string, at: Time, action: string, given: ErasedValues): void {
      run.guarded(() => {
        run.assertUnderWay();
        if (!schedules.includes(action)) run.fault(`schedules ${action}, which the action does not declare`);
        const { input } = definition.actions[action] ?? run.fault(`schedules ${action}, which there is not`);
        if (!isPossible(name, at)) run.refuseWith(ledgerRefusal("deadline-impossible"));
        const values = encodeGiven(`${definition.name}.${action}.input`, run, () => inputToCbor(input, given));
        setDeadline(run.layer, definition, name, { at: Number(at), action, input: values });
      });
    },
    unschedule(name: string): void {
      run.guarded(() => {
        run.assertUnderWay();
        if (isName(name)) clearDeadline(run.layer, definition.name, name);
      });
    },
  };
}

/** What a person may have given is refused and not halted on: names and times often come from an input. */
function isPossible(name: string, at: bigint): boolean {
  return isName(name) && at >= 0n && at <= LATEST;
}

function isName(name: string): boolean {
  return name.length > 0 && name.length <= LONGEST_NAME && isWellFormed(name);
}

function encodeGiven(within: string, run: CallRun, work: () => CborMap): CborMap {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return run.refuseWith(malformedInput(error, within));
  }
}
