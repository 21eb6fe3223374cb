import type { CborMap } from "@acta/bytes";
import {
  type ActionDefinition,
  type AuthorityFacts,
  type ContractDefinition,
  decodeInput,
  type ErasedContext,
  type ErasedValues,
  findMisplaced,
  givenInputs,
  inputFromCbor,
  inputToCbor,
  isSecret,
  missingAuthority,
  nameOfAction,
  signersInRole,
  type Time,
} from "@acta/contract";
import type { Refusal } from "@acta/protocol";
import type { BlockDraft } from "./block-draft.ts";
import { CallRun } from "./call-run.ts";
import { openDeadlines } from "./deadlines.ts";
import { actForDevelopment } from "./development-acts.ts";
import { openForeignTables } from "./foreign-tables.ts";
import { atPath, malformedInput } from "./malformed-input.ts";
import { useOnce } from "./once.ts";
import { ledgerRefusal } from "./refusal.ts";
import type { Signing } from "./signing.ts";
import type { StateLayer } from "./state-layer.ts";
import { openTables, readRecord } from "./tables.ts";
import { openTotals } from "./totals.ts";

/** How deep contracts may call one another: a call of a transaction is the first. */
const MOST_CALLS_DEEP = 8;

/** For what an action is executed: in which block, signed by whom, on which state, called by which contract. */
export type Occasion = {
  readonly draft: BlockDraft;
  readonly signing: Signing;
  readonly layer: StateLayer;
  /** The contract that calls; undefined for a call of a transaction, and for the ledger's own. */
  readonly caller: string | undefined;
  /** True only for the action that a deadline names, not for those that it calls. */
  readonly isLedger: boolean;
  /** The deadline that passed, on which all of this takes effect; undefined in a transaction. */
  readonly due: Time | undefined;
  /** The identity of the transaction, or the deadline in words: what a second use of something points at. */
  readonly origin: Uint8Array | string;
  readonly depth: number;
};

/** What was asked for: an action of a contract, with its input as the contract's code sees it. */
export type Act = {
  readonly definition: ContractDefinition;
  readonly action: ActionDefinition;
  readonly input: ErasedValues;
};

/** Finds an action; gives the refusal where the contract has none of that name. */
export function findAction(definition: ContractDefinition, name: string): ActionDefinition | undefined {
  return Object.hasOwn(definition.actions, name) ? definition.actions[name] : undefined;
}

/** Decides whether the signers hold what they list and the rule is met, uses up what may be used once, then runs the contract's code. Gives the refusal. */
export function executeAction(occasion: Occasion, act: Act): Refusal | undefined {
  return (
    occasion.signing.refusal(occasion.layer, occasion.draft.parties) ??
    authorityFault(occasion, act) ??
    useOnce(occasion, act) ??
    actForDevelopment(occasion, act) ??
    apply(occasion, act)
  );
}

/** What was read as an input, or the refusal of what does not fit the form. */
export type Reading = { readonly input: ErasedValues } | { readonly refusal: Refusal };

/** Reads what a call holds as input. */
export function readInput({ input: shape }: ActionDefinition, input: CborMap): Reading {
  try {
    const values = decodeInput(shape, input);
    // What a commitment was made for is hidden in it; what can be compared is the place that stands beside it.
    const misplaced = findMisplaced(shape, input);
    return misplaced === undefined ? { input: values } : { refusal: atPath("sealed-elsewhere", misplaced.path) };
  } catch (error) {
    return { refusal: malformedInput(error) };
  }
}

/** Reads what a deadline keeps as input, in the form of records: commitments stand alone. */
export function readKept({ input: shape }: ActionDefinition, input: CborMap): Reading {
  try {
    return { input: inputFromCbor(shape, input) };
  } catch (error) {
    return { refusal: malformedInput(error) };
  }
}

function authorityFault({ signing, layer, caller, isLedger }: Occasion, { definition, action, input }: Act) {
  const facts: AuthorityFacts = {
    signers: signing.acting,
    contract: definition.name,
    input,
    caller,
    isLedger,
    record: (name, key) => readRecord(definition, name, key, layer),
  };
  const missing = missingAuthority(action.allow, facts);
  return missing === undefined ? undefined : ledgerRefusal("not-entitled", { missing });
}

function apply(occasion: Occasion, act: Act): Refusal | undefined {
  const { signing, layer, draft, caller } = occasion;
  const { definition, action, input } = act;
  const run = new CallRun(definition.name, action.refusals, layer);
  const context: ErasedContext = {
    input: inputForCode(action, input),
    state: openTables(definition, run, draft),
    totals: openTotals(definition, action.totals ?? [], run),
    reads: openForeignTables(draft.contracts, definition, action, run),
    ...openDeadlines(definition, action.schedules ?? [], run),
    call: (target, given) => run.guarded(() => callOther(occasion, act, run, target, given)),
    signers: signing.parties,
    actor: (role) => actorOf(signing, definition.name, role),
    caller,
    block: draft.facts,
    due: occasion.due,
    refuse: (code, blanks) => run.refuse(code, blanks),
  };
  return run.settle(() => action.apply(context));
}

/** The tags of sealed values are the ledger's business: the code's types know nothing of them. */
function inputForCode(action: ActionDefinition, input: ErasedValues): ErasedValues {
  return action.once?.some(isSecret)
    ? Object.fromEntries(givenInputs(action).map(([name]) => [name, input[name]]))
    : input;
}

function actorOf(signing: Signing, contract: string, role: string) {
  const signer = signersInRole({ signers: signing.acting, contract }, role)[0];
  return signer && { party: signer.party, institution: signer.institution };
}

/** Executes an action for a contract that calls it, on the same state; its refusal refuses the one that calls. */
function callOther(
  occasion: Occasion,
  { definition: calling, action: by }: Act,
  run: CallRun,
  called: Parameters<ErasedContext["call"]>[0],
  given: ErasedValues,
): void {
  run.assertUnderWay();
  const reference = called.reference ?? referenceOfOwn(calling, called, run);
  const name = nameOfAction(reference);
  if (!by.calls.includes(name)) run.fault(`calls ${name}, which the action does not declare`);
  if (occasion.depth + 1 > MOST_CALLS_DEEP) run.refuseWith(ledgerRefusal("calls-too-deep"));
  const isOwn = reference.contract === calling.name;
  const definition = isOwn ? calling : occasion.draft.contracts.getUsed(calling, reference.contract, run);
  const action =
    findAction(definition, reference.action) ??
    run.refuseWith(ledgerRefusal("unknown-action", { contract: definition.name, action: reference.action }));
  const next = { ...occasion, caller: calling.name, isLedger: false, depth: occasion.depth + 1 };
  const refusal = executeAction(next, { definition, action, input: passed(action, given, name, run) });
  if (refusal !== undefined) run.refuseWith(refusal);
}

function referenceOfOwn({ actions }: ContractDefinition, { apply }: Pick<ActionDefinition, "apply">, run: CallRun) {
  const own = Object.values(actions).find((each) => each.apply === apply);
  return own?.reference ?? run.fault("calls an action that is none of its contract");
}

/** The called contract gets values of its own; what does not fit its form refuses, since a person may have given it. */
function passed(action: ActionDefinition, given: ErasedValues, name: string, run: CallRun): ErasedValues {
  try {
    return inputFromCbor(action.input, inputToCbor(action.input, given));
  } catch (error) {
    return run.refuseWith(malformedInput(error, `${name}.input`));
  }
}
