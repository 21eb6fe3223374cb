import { toHex } from "@acta/bytes";
import type { Language } from "@acta/contract";
import type { CheckedProof } from "./check-proof.ts";
import { type Fact, factsOf } from "./facts.ts";
import { numbersOf } from "./numbers.ts";
import { SIGNS, type Sign, signOf } from "./picture.ts";
import { howOf, isWhole, notProvedOf, type Step, stepsOf } from "./reasoning.ts";
import { nextOf, qualifierOf, sentenceOf } from "./sentences.ts";
import { sayIn } from "./words.ts";

/** A verdict as people see it, on the page and in the report: words and numbers only. */
export type View = {
  readonly name: string;
  readonly kind: string;
  readonly sign: Sign;
  readonly word: string;
  /** What is added to the word: whether the file was compared. */
  readonly qualifier: string | undefined;
  /** Both together. */
  readonly heading: string;
  readonly sentence: string;
  readonly next: readonly string[];
  readonly factsTitle: string;
  readonly facts: readonly Fact[];
  readonly how: string;
  readonly notProved: readonly string[];
  readonly steps: readonly Step[];
  readonly numbers: readonly Fact[];
  /** For engineers, in English. */
  readonly detail: string | undefined;
  /** The fingerprints of which the two halves are drawn, hex. */
  readonly halves: readonly [left: string, right: string];
  readonly isDemo: boolean;
};

/** Puts a checked proof into words. */
export function viewOf(checked: CheckedProof, language: Language): View {
  const say = sayIn(language);
  const { verdict, proof } = checked;
  const proved = checked.withoutFile ?? verdict;
  const sign = SIGNS[signOf(verdict)];
  const [word, qualifier] = [say(sign.word), qualifierOf(checked, say)];
  return {
    name: proof.name,
    kind: say(`kind.${verdict.kind ?? "unknown"}`),
    sign,
    word,
    qualifier,
    heading: qualifier === undefined ? word : [word, qualifier].join(language === "zh" ? "，" : "; "),
    sentence: sentenceOf(checked, language),
    next: nextOf(checked, language),
    factsTitle: say(proved.verdict === "valid" ? "fact.title" : "fact.claims"),
    facts: factsOf(checked, language),
    how: howOf(checked, say),
    notProved: notProvedOf(checked, say),
    steps: stepsOf(checked, language),
    numbers: numbersOf(checked, say),
    detail: verdict.detail,
    halves: halvesOf(checked),
    isDemo: verdict.demo && isWhole(checked) && verdict.reason !== "unknown-ledger",
  };
}

function halvesOf({ verdict, original, fingerprint }: CheckedProof): [string, string] {
  const claimed = verdict.files?.[0]?.sha256 ?? verdict.transaction;
  const right = claimed ? toHex(claimed) : fingerprint;
  return [original && verdict.file === "different" ? toHex(original.sha256) : right, right];
}
