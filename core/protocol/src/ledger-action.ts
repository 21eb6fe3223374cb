import { type CborValue, encode } from "@acta/bytes";
import { listRoot } from "@acta/merkle";
import { formOf } from "./form.ts";
import { type Refusal, refusalFromCbor, refusalToCbor } from "./outcome.ts";

/** What the ledger did by itself at the start of a block (a deadline). FORMATS §4. */
export type LedgerAction = {
  readonly index: number;
  /** Whole seconds since 1970: the effect date, however much later the block came. */
  readonly due: number;
  readonly contract: string;
  readonly action: string;
  readonly name: string;
  readonly verdict: "accepted" | "refused";
  readonly refusal: Refusal | null;
  readonly bundleHash: Uint8Array;
  readonly changesRoot: Uint8Array | null;
};

/** A ledger action's bytes: the leaf of the actions root. */
export function encodeLedgerAction(action: LedgerAction): Uint8Array {
  return encode(ledgerActionToCbor(action));
}

/** The root over what the ledger did in one block; H("") where it did nothing. */
export function actionsRoot(actions: readonly LedgerAction[]): Uint8Array {
  return listRoot(actions.map(encodeLedgerAction));
}

/** A ledger action as it stands inline in a proof. */
export function ledgerActionToCbor(action: LedgerAction): CborValue {
  const { index, due, contract, name, bundleHash } = action;
  const verdict = action.verdict === "accepted" ? 0 : 1;
  return [
    index,
    due,
    contract,
    action.action,
    name,
    verdict,
    refusalToCbor(action.refusal),
    bundleHash,
    action.changesRoot,
  ];
}

const form = formOf("malformed-action");

/** Reads a ledger action; throws ProtocolError. */
export function ledgerActionFromCbor(value: CborValue | undefined): LedgerAction {
  const [index, due, contract, action, name, verdict, refusal, bundleHash, root] = form.tuple(value, "action", 9);
  return checked({
    index: form.count(index, "index"),
    due: form.seconds(due, "due"),
    contract: form.text(contract, "contract"),
    action: form.text(action, "action"),
    name: form.text(name, "name"),
    verdict: form.integer(verdict, "verdict", 0, 2) === 0 ? "accepted" : "refused",
    refusal: refusalFromCbor(refusal, form),
    bundleHash: form.hash(bundleHash, "bundle hash"),
    changesRoot: root === null ? null : form.hash(root, "changes root"),
  });
}

function checked(action: LedgerAction): LedgerAction {
  const isRefused = action.verdict === "refused";
  if (isRefused !== (action.refusal !== null)) form.fail("a refusal stands exactly where the action is refused");
  if (isRefused !== (action.changesRoot === null)) form.fail("a changes root stands exactly where it is accepted");
  return action;
}
