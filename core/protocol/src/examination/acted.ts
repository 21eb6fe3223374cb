import { leafHash, rootFromPath } from "@acta/merkle";
import type { Acted } from "../acted.ts";
import { encodeLedgerAction } from "../ledger-action.ts";
import type { ProofContent } from "../verdict.ts";
import { type Belief, type Findings, NotValid, placeHeader } from "./belief.ts";
import { examineLink, examineTrusted, listedTarget, targetOf } from "./trusted.ts";

/** Examines a proof of an act: the action leads to its block's log entry, and that to a later app hash. */
export function examineActed(acted: Acted, belief: Belief, findings: Findings): ProofContent {
  const { action, actionCount, actionsPath, logPath, stateRoot, trusted } = acted;
  const leaf = leafHash(encodeLedgerAction(action));
  const actionsRoot = rootFromPath(leaf, action.index, actionCount, actionsPath);
  if (actionsRoot === undefined) throw new NotValid("wrong-action", `action ${action.index} of ${actionCount}`);
  const { place, hash, header } = placeHeader(acted.header, belief, findings);
  const target =
    typeof trusted === "number"
      ? listedTarget(trusted, belief, findings)
      : targetOf(examineTrusted(trusted, belief, findings));
  if (place && target) {
    const link = { actionCount, actionsRoot, logPath, stateRoot };
    examineLink(link, { height: place.height, hash }, target, belief, "wrong-action");
  }
  const asOf = place && { height: place.height, time: header.time };
  return {
    ledgerAction: action,
    contract: action.contract,
    action: action.action,
    ...(asOf && { asOf, height: asOf.height }),
  };
}
