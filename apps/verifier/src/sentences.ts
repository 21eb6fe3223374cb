import type { Language } from "@acta/contract";
import { explain } from "@acta/protocol";
import { counted, momentOf } from "@acta/ui";
import type { CheckedProof } from "./check-proof.ts";
import { signOf } from "./picture.ts";
import { type Say, sayIn } from "./words.ts";

/** Whether the file was compared, beside the word "valid"; elsewhere the word says it all. */
export function qualifierOf({ verdict, others }: CheckedProof, say: Say): string | undefined {
  if (verdict.reason !== "valid") return undefined;
  if (verdict.file === "not-asked") return say("verdict.notCompared");
  if (verdict.file !== "same") return undefined;
  const { length: all } = verdict.files ?? [];
  if (all === 1) return say("verdict.fileSame");
  const count = 1 + others.length;
  return count === all ? say("verdict.filesSame", { count }) : say("verdict.someSame", { count, all });
}

/** The verdict in one or two sentences. */
export function sentenceOf(checked: CheckedProof, language: Language): string {
  const { verdict, original, withoutFile } = checked;
  const say = sayIn(language);
  if (verdict.reason === "valid") return validSentence(checked, language);
  const [claimed] = verdict.files ?? [];
  if (verdict.reason !== "wrong-file" || !claimed || !original) return explain(verdict.reason, language).meaning;
  const difference =
    claimed.size === original.size
      ? say("say.differsContent")
      : say("say.differsSize", { claimed: counted(claimed.size), given: counted(original.size) });
  if (withoutFile?.verdict !== "valid") return difference;
  return [difference, say("say.slipValid")].join(language === "zh" ? "" : " ");
}

function validSentence({ verdict, original, others }: CheckedProof, language: Language): string {
  const say = sayIn(language);
  const { outcome, ledgerAction, noLaterThan, asOf, kind, file } = verdict;
  const height = counted(asOf?.height ?? verdict.height ?? 0);
  if (kind === "acted") return say(ledgerAction?.verdict === "refused" ? "say.actedRefused" : "say.acted", { height });
  if (kind === "state")
    return asOf?.time
      ? say("say.stateTime", { height, time: momentOf(asOf.time, language).local })
      : say("say.state", { height });
  const time = noLaterThan ? momentOf(noLaterThan, language).local : "";
  if (outcome?.verdict === "undone") return say("say.undone");
  if (outcome?.verdict === "refused") return say("say.refused", { time });
  if (file === "same" && (verdict.files?.length ?? 0) > 1) {
    const names = [original, ...others].map((each) => each?.name ?? "").join(language === "zh" ? "、" : ", ");
    return say("say.sameFiles", { names, time });
  }
  if (file === "same") return say("say.sameFile", { time });
  return say(file === "not-asked" ? "say.notCompared" : "say.accepted", { time });
}

/** What the reader does now, most urgent first. */
export function nextOf({ verdict }: CheckedProof, language: Language): string[] {
  const say = sayIn(language);
  const { remedy } = explain(verdict.reason, language);
  switch (signOf(verdict)) {
    case "valid":
      if (verdict.file === "not-asked") return [say("next.compare")];
      return [say(verdict.demo ? "next.demo" : "next.valid")];
    case "refused":
      return [say(verdict.kind === "acted" ? "next.actedRefused" : "next.refused")];
    case "undone":
      return [say("next.undone")];
    case "differs":
      return [say("next.differs")];
    case "altered":
      return [remedy, say("next.noRely")];
    case "noTrust":
    case "badTrust":
      return [say("trust.noneNext")];
    case "noFile":
      return [remedy];
    default:
      return [remedy, say("next.neither")];
  }
}
