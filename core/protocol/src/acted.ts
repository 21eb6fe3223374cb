import { type CborValue, encode } from "@acta/bytes";
import { type Header, headerToCbor } from "@acta/light-client";
import { leafHash, listPath } from "@acta/merkle";
import { ProtocolError } from "./errors.ts";
import { formOf } from "./form.ts";
import { encodeLedgerAction, type LedgerAction, ledgerActionFromCbor, ledgerActionToCbor } from "./ledger-action.ts";
import { readHeader, type Trusted, trustedOrHeightFromCbor, trustedOrHeightToCbor } from "./trusted.ts";

/** A proof of what the ledger did by itself in a block. FORMATS §7. */
export type Acted = {
  /** Of the block in which it acted. */
  readonly header: Header;
  readonly action: LedgerAction;
  readonly actionCount: number;
  readonly actionsPath: Uint8Array;
  /** From the block's log entry to the log's root in the app hash that the proof rests on. */
  readonly logPath: Uint8Array;
  readonly stateRoot: Uint8Array;
  /** A later header, or a height of the trust file. */
  readonly trusted: Trusted | number;
};

export const ACTED = "acta/acted/1";

/** Builds the proof of one action out of all actions of its block. */
export function buildActed(
  draft: Pick<Acted, "header" | "logPath" | "stateRoot" | "trusted"> & {
    readonly actions: readonly LedgerAction[];
    readonly actionIndex: number;
  },
): Uint8Array {
  const action = draft.actions[draft.actionIndex];
  if (action === undefined) throw new ProtocolError("cannot-build", `no action ${draft.actionIndex}`);
  const leaves = draft.actions.map((each) => leafHash(encodeLedgerAction(each)));
  const actionsPath = listPath(leaves, draft.actionIndex);
  return encode(actedToCbor({ ...draft, action, actionCount: leaves.length, actionsPath }));
}

/** The proof as it stands in a file. */
export function actedToCbor(acted: Acted): CborValue {
  return [
    ACTED,
    headerToCbor(acted.header),
    ledgerActionToCbor(acted.action),
    acted.actionCount,
    acted.actionsPath,
    acted.logPath,
    acted.stateRoot,
    trustedOrHeightToCbor(acted.trusted),
  ];
}

const form = formOf("malformed-proof");

/** Reads the proof; throws {@link ProtocolError}. */
export function actedFromCbor(value: CborValue | undefined): Acted {
  const [tag, header, action, count, actionsPath, logPath, stateRoot, trusted] = form.tuple(value, "acted", 8);
  if (tag !== ACTED) throw new ProtocolError("unknown-version", "acted");
  return {
    header: readHeader(header),
    action: ledgerActionFromCbor(action),
    actionCount: form.count(count, "number of actions"),
    actionsPath: form.bytes(actionsPath, "actions path"),
    logPath: form.bytes(logPath, "log path"),
    stateRoot: form.hash(stateRoot, "state root"),
    trusted: trustedOrHeightFromCbor(trusted),
  };
}
