import type { Language } from "@acta/contract";
import { explain, type Reason } from "@acta/protocol";
import { counted } from "@acta/ui";
import type { CheckedProof } from "./check-proof.ts";
import { type Say, sayIn } from "./words.ts";

/** A step of the proof: what it says, and whether it holds, does not, or was not judged. */
export type Step = { readonly state: "done" | "failed" | "open"; readonly text: string };

/** How it was checked, in one sentence. */
export function howOf(checked: CheckedProof, say: Say): string {
  const { verdict } = checked;
  const height = counted(verdict.height ?? verdict.asOf?.height ?? 0);
  if (isUnchecked(verdict.reason)) return say("proof.howNothing");
  if (verdict.verdict === "valid")
    return say(verdict.basis === "fresh" ? "proof.howFresh" : "proof.howRenewed", { height });
  if (verdict.reason === "wrong-file" || verdict.reason === "no-file") return say("proof.howFile");
  return say(isWhole(checked) ? "proof.howOpen" : "proof.howNot");
}

/** What even a valid proof does not prove; nothing where the proof is not whole. */
export function notProvedOf(checked: CheckedProof, say: Say): string[] {
  const { verdict } = checked;
  if (!isWhole(checked)) return [];
  // Nobody signs what the ledger does by itself.
  if (verdict.kind === "acted") return [say("proof.notAfter")];
  if (verdict.kind === "state") return [say("proof.notState"), say("proof.notPerson")];
  const about = (verdict.files ?? []).length > 0 ? [say("proof.notFile")] : [];
  return [...about, say("proof.notPerson"), say("proof.notAfter")];
}

/** The steps of the check. Where it stopped at damage, only that is judged; where the end is in doubt, the rest holds. */
export function stepsOf(checked: CheckedProof, language: Language): Step[] {
  const { verdict } = checked;
  const say = sayIn(language);
  const done = (text: string): Step => ({ state: "done", text });
  if (verdict.verdict === "valid") return [...bodySteps(checked, say), ...endSteps(checked, say)].map(done);
  const { meaning } = explain(verdict.reason, language);
  const stopped: Step = { state: isFailure(verdict) ? "failed" : "open", text: meaning };
  return isWhole(checked) ? [...bodySteps(checked, say).map(done), stopped] : [stopped];
}

/** Whether the proof is whole in itself, and only its end, its file or its ledger is not what was asked for. */
export function isWhole({ verdict }: CheckedProof): boolean {
  return verdict.height !== undefined || verdict.asOf !== undefined || verdict.transaction !== undefined;
}

function bodySteps({ verdict, signatures }: CheckedProof, say: Say): string[] {
  const { disclosures = [], kind } = verdict;
  return [
    say("step.form"),
    ...(kind === "receipt" || kind === "slip" ? [signaturesStep(signatures, say), say("step.call")] : []),
    ...(kind === "state" ? [say("step.state")] : []),
    ...(kind === "acted" ? [say("step.acted")] : []),
    ...(disclosures.length > 0 ? [say("step.opened", { count: disclosures.length })] : []),
  ];
}

function endSteps({ verdict: { basis, file }, votes }: CheckedProof, say: Say): string[] {
  return [
    ...(basis === "renewed" ? [say("step.links")] : []),
    ...(votes > 0 ? [say("step.votes", { count: votes })] : []),
    say("step.trust"),
    ...(file === "same" ? [say("step.file")] : []),
  ];
}

function signaturesStep(count: number, say: Say): string {
  if (count === 0) return say("step.noSignatures");
  return count === 1 ? say("step.oneSignature") : say("step.signatures", { count });
}

// Of another ledger or version: as far as can be told, nothing is wrong with the proof.
function isFailure({ verdict, reason }: CheckedProof["verdict"]): boolean {
  return verdict === "not-valid" && reason !== "unknown-ledger" && reason !== "unknown-version";
}

function isUnchecked(reason: Reason): boolean {
  return reason === "no-trust-file" || reason === "trust-file-malformed";
}
