import type { Time } from "@acta/contract";
import type { Change, LedgerAction, Refusal } from "@acta/protocol";
import type { BlockDraft } from "./block-draft.ts";
import type { ContractInForce } from "./contracts-in-force.ts";
import { clearDeadline, type Deadline, findDeadline } from "./deadlines.ts";
import { type DuePlace, duePlaces } from "./due-queue.ts";
import { LedgerError } from "./error.ts";
import { executeAction, findAction, readKept } from "./execute-action.ts";
import { type RecordChanges, recordChanges } from "./record-changes.ts";
import { ledgerRefusal } from "./refusal.ts";
import { Signing } from "./signing.ts";
import { StateLayer } from "./state-layer.ts";

/** What the ledger did by itself at the start of a block, with the records that each act left different. */
export type PassedDeadlines = {
  readonly actions: readonly LedgerAction[];
  readonly changes: readonly (readonly Change[])[];
};

/** Nobody signs what the ledger does. */
const NOBODY = new Signing([]);

/**
 * Carries out what is due, before the block's transactions: the first deadlines in order, as many as the parameter
 * `actionsPerBlock` says, that were due at the block's time when it began.
 *
 * A deadline is taken away before its action runs, whatever comes of it: a refusal is entered, and not tried again. One
 * that an earlier act of the same block moved or took away does not pass. The effect date is the deadline's own time.
 */
export function executeDeadlines(draft: BlockDraft): PassedDeadlines {
  const { state, environment, place } = draft;
  const actions: LedgerAction[] = [];
  const changes: (readonly Change[])[] = [];
  for (const due of duePlaces(state, place.time.seconds, environment.parameters.actionsPerBlock)) {
    const deadline = findDeadline(state, due.contract, due.name);
    if (deadline?.at !== due.at) continue;
    clearDeadline(state, due.contract, due.name);
    const { bundleHash, refusal, changed } = execute(draft, due, deadline);
    const verdict = refusal === undefined ? "accepted" : "refused";
    actions.push({
      index: actions.length,
      due: due.at,
      contract: due.contract,
      action: deadline.action,
      name: due.name,
      verdict,
      refusal: refusal ?? null,
      bundleHash,
      changesRoot: changed?.root ?? null,
    });
    changes.push(changed?.changes ?? []);
  }
  return { actions, changes };
}

type Passed = { readonly bundleHash: Uint8Array; readonly refusal?: Refusal; readonly changed?: RecordChanges };

function execute(draft: BlockDraft, due: DuePlace, deadline: Deadline): Passed {
  const contract = draft.contracts.find(due.contract) ?? missing(due);
  const layer = new StateLayer(draft.state);
  const refusal = executeInto(draft, contract, due, deadline, layer);
  const { bundleHash } = contract;
  if (refusal !== undefined) return { bundleHash, refusal };
  const changed = recordChanges(layer);
  layer.mergeInto(draft.state);
  return { bundleHash, changed };
}

function executeInto(
  draft: BlockDraft,
  { definition }: ContractInForce,
  due: DuePlace,
  deadline: Deadline,
  layer: StateLayer,
): Refusal | undefined {
  const action = findAction(definition, deadline.action);
  if (action === undefined)
    return ledgerRefusal("unknown-action", { contract: definition.name, action: deadline.action });
  const reading = readKept(action, deadline.input);
  if ("refusal" in reading) return reading.refusal;
  const at = BigInt(due.at) as Time; // as it was scheduled
  const origin = `${due.contract} ${due.name} (${draft.place.height})`;
  const occasion = { draft, signing: NOBODY, layer, caller: undefined, isLedger: true, due: at, origin, depth: 1 };
  return executeAction(occasion, { definition, action, input: reading.input });
}

function missing({ contract }: DuePlace): never {
  throw new LedgerError("state-damaged", `A deadline names the contract ${contract}, which is gone. Run "acta fsck".`);
}
