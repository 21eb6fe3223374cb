import { equalBytes } from "@acta/bytes";
import {
  type ActionDefinition,
  type AuthorityFacts,
  type ContractDefinition,
  ContractError,
  decodeInput,
  type ErasedContext,
  type ErasedValues,
  findMisplaced,
  missingAuthority,
  signersInRole,
} from "@acta/contract";
import { sha256 } from "@acta/crypto";
import type { Call, Expectation, Refusal } from "@acta/protocol";
import type { BlockDraft } from "./block-draft.ts";
import { CallRun } from "./call-run.ts";
import { ledgerRefusal } from "./refusal.ts";
import type { Signing } from "./signing.ts";
import { recordKey } from "./state-key.ts";
import type { StateLayer, StateView } from "./state-layer.ts";
import { openTables, readRecord } from "./tables.ts";

/** What came of a call: the refusal, or null where it was accepted, and the bundle that decided, or null where none did. */
export type CallVerdict = { readonly refusal: Refusal | null; readonly bundleHash: Uint8Array | null };

/**
 * Executes one call in a layer of its own, which the caller keeps when it was accepted and forgets when it was refused.
 *
 * In this order, the first fault being the refusal: the contract is there, in the version that was signed for; the
 * action is there; the input fits it; sealed values were made for their places; records are as expected; the signers
 * hold what they list; the rule is met; the contract's code.
 */
export function executeCall(draft: BlockDraft, signing: Signing, call: Call, layer: StateLayer): CallVerdict {
  const contract = draft.contracts.find(call.contract);
  if (contract === undefined) return withoutCode(ledgerRefusal("unknown-contract", { contract: call.contract }));
  const { definition, bundleHash } = contract;
  const { name, version } = definition;
  if (version !== call.version) return withoutCode(ledgerRefusal("contract-changed", { contract: name, version }));
  return { refusal: executeAction({ draft, signing, call, layer, definition }) ?? null, bundleHash };
}

const withoutCode = (refusal: Refusal): CallVerdict => ({ refusal, bundleHash: null });

type Step = {
  readonly draft: BlockDraft;
  readonly signing: Signing;
  readonly call: Call;
  readonly layer: StateLayer;
  readonly definition: ContractDefinition;
};

function executeAction(step: Step): Refusal | undefined {
  const { call, definition, layer, signing, draft } = step;
  const action = Object.hasOwn(definition.actions, call.action) ? definition.actions[call.action] : undefined;
  if (action === undefined) return ledgerRefusal("unknown-action", { contract: call.contract, action: call.action });
  const reading = readInput(action, call);
  if ("refusal" in reading) return reading.refusal;
  const { input } = reading;
  return (
    expectationFault(call.expects, layer) ??
    signing.refusal(layer, draft.parties) ??
    authorityFault(step, action, input) ??
    apply(step, action, input)
  );
}

function readInput(
  { input: shape }: ActionDefinition,
  { input }: Call,
): { readonly input: ErasedValues } | { readonly refusal: Refusal } {
  try {
    const values = decodeInput(shape, input);
    // What a commitment was made for is hidden in it; what can be compared is the place that stands beside it.
    const misplaced = findMisplaced(shape, input);
    return misplaced === undefined ? { input: values } : { refusal: atPath("sealed-elsewhere", misplaced.path) };
  } catch (error) {
    if (!(error instanceof ContractError && error.code === "malformed-input")) throw error;
    return { refusal: atPath("malformed-input", error.path) };
  }
}

function atPath(code: "malformed-input" | "sealed-elsewhere", path: readonly (string | number)[]): Refusal {
  return ledgerRefusal(code, { path: ["input", ...path].join(".") });
}

function expectationFault(expects: readonly Expectation[], view: StateView): Refusal | undefined {
  for (const { contract, record, key, valueHash } of expects) {
    const value = view.get(recordKey(contract, record, key));
    if (!hasHash(value, valueHash)) return ledgerRefusal("record-changed", { record: `${contract}.${record}` });
  }
  return undefined;
}

function hasHash(value: Uint8Array | undefined, hash: Uint8Array | null): boolean {
  if (value === undefined || hash === null) return value === undefined && hash === null;
  return equalBytes(sha256(value), hash);
}

function authorityFault({ definition, signing, layer }: Step, action: ActionDefinition, input: ErasedValues) {
  const facts: AuthorityFacts = {
    signers: signing.acting,
    contract: definition.name,
    input,
    caller: undefined,
    isLedger: false,
    record: (name, key) => readRecord(definition, name, key, layer),
  };
  const missing = missingAuthority(action.allow, facts);
  return missing === undefined ? undefined : ledgerRefusal("not-entitled", { missing });
}

function apply(step: Step, action: ActionDefinition, input: ErasedValues): Refusal | undefined {
  const { definition, signing, layer, draft } = step;
  const run = new CallRun(definition.name, action.refusals, layer);
  const context: ErasedContext = {
    input,
    state: openTables(definition, run),
    signers: signing.parties,
    actor: (role) => actorOf(signing, definition.name, role),
    caller: undefined,
    block: draft.facts,
    refuse: (code, blanks) => run.refuse(code, blanks),
  };
  return run.settle(() => action.apply(context));
}

function actorOf(signing: Signing, contract: string, role: string) {
  const signer = signersInRole({ signers: signing.acting, contract }, role)[0];
  return signer && { party: signer.party, institution: signer.institution };
}
