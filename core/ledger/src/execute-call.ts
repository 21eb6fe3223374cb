import { equalBytes } from "@acta/bytes";
import type { ContractDefinition } from "@acta/contract";
import { sha256 } from "@acta/crypto";
import type { Call, Expectation, Refusal } from "@acta/protocol";
import type { BlockDraft } from "./block-draft.ts";
import { executeAction, findAction, readInput } from "./execute-action.ts";
import { ledgerRefusal } from "./refusal.ts";
import type { Signing } from "./signing.ts";
import { recordKey } from "./state-key.ts";
import type { StateLayer, StateView } from "./state-layer.ts";

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
  return { refusal: executeSigned({ draft, signing, call, layer, definition }) ?? null, bundleHash };
}

const withoutCode = (refusal: Refusal): CallVerdict => ({ refusal, bundleHash: null });

type Step = {
  readonly draft: BlockDraft;
  readonly signing: Signing;
  readonly call: Call;
  readonly layer: StateLayer;
  readonly definition: ContractDefinition;
};

function executeSigned({ call, definition, ...on }: Step): Refusal | undefined {
  const action = findAction(definition, call.action);
  if (action === undefined) return ledgerRefusal("unknown-action", { contract: call.contract, action: call.action });
  const reading = readInput(action, call.input);
  if ("refusal" in reading) return reading.refusal;
  const occasion = { ...on, caller: undefined, isLedger: false, due: undefined, origin: on.signing.identity, depth: 1 };
  return (
    expectationFault(call.expects, on.layer) ?? executeAction(occasion, { definition, action, input: reading.input })
  );
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
