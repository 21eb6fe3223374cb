import { type CborMap, type CborValue, toHex } from "@acta/bytes";
import type { Language } from "@acta/contract";
import type { ClaimedFile, Disclosure, ProvedRecord, Verdict, VerifiedSigner } from "@acta/protocol";
import { counted, dayAndTime, grouped, momentOf } from "@acta/ui";
import type { CheckedProof } from "./check-proof.ts";
import { type Law, lawOf, refusalInWords } from "./law.ts";
import { isSameFile, type Original } from "./pairing.ts";
import { inBrief, isSealed, shortened } from "./values.ts";
import { type Say, sayIn } from "./words.ts";

/** One thing a proof says: what it is about, what it says, and what is to be added. */
export type Fact = { readonly label: string; readonly value: string; readonly note?: string; readonly isHex?: boolean };

/** What a proof says, for people; nothing where it is not whole in itself. */
export function factsOf(checked: CheckedProof, language: Language): Fact[] {
  const say = sayIn(language);
  const { verdict } = checked;
  return [
    ...actFacts(verdict, say, language),
    ...timeFacts(verdict, say, language),
    ...fileFacts(checked, say, language),
    ...inputFacts(verdict, say, language),
    ...recordFacts(verdict.records ?? [], say),
    ...(verdict.signers ?? []).map((signer) => signerFact(signer, say)),
    ...ledgerFacts(checked, say),
  ];
}

function actFacts({ contract, version, action, outcome, ledgerAction }: Verdict, say: Say, language: Language): Fact[] {
  if (contract === undefined || action === undefined) return [];
  const decided = outcome ?? ledgerAction;
  const law = lawOf(contract, action, decided, language);
  const code = `${contract}.${action}`;
  const note = version === undefined ? undefined : say("fact.version", { version });
  const what = law ? { value: law.title, note: [code, note].join(" · ") } : { value: code, ...(note && { note }) };
  return [
    { label: say("fact.what"), ...what },
    ...(ledgerAction ? [{ label: say("fact.deadline"), value: ledgerAction.name }] : []),
    ...outcomeFacts(action, decided, say, language),
  ];
}

function outcomeFacts(
  action: string,
  judged: Pick<NonNullable<Verdict["outcome"]>, "verdict" | "refusal" | "bundleHash"> | undefined,
  say: Say,
  language: Language,
): Fact[] {
  if (judged === undefined) return [];
  const { verdict, refusal } = judged;
  const fact: Fact = { label: say("fact.outcome"), value: say(`fact.${verdict}`) };
  if (refusal === null) return [fact];
  const code = `${refusal.contract} / ${refusal.code}`;
  const words = refusalInWords(refusal, action, judged, language);
  return [fact, { label: say("fact.reason"), value: words, ...(words !== code && { note: code }) }];
}

function fileFacts({ verdict, original, others }: CheckedProof, say: Say, language: Language): Fact[] {
  const { files = [], file, contract, action, outcome } = verdict;
  const given = file === "not-asked" || original === undefined ? others : [original, ...others];
  const law = lawOf(contract, action, outcome, language);
  const facts = files.map((claimed): Fact => {
    // Where a proof speaks of one file only, "file" says it all.
    const label = files.length > 1 ? (law?.field(String(claimed.path[0])) ?? claimed.path.join(".")) : say("fact.file");
    const same = given.find((each) => isSameFile(each, claimed));
    const compared = say(same ? "fact.sameAs" : "fact.notCompared", { name: same?.name ?? "" });
    return {
      label,
      value: sizeOf(claimed, say),
      note: [hashOf(claimed), ...(files.length > 1 ? [compared] : [])].join(" · "),
    };
  });
  if (files.length > 1 && file !== "different") return facts;
  const word = file === "same" ? "fact.same" : file === "different" ? "fact.different" : "fact.notCompared";
  return facts.length === 0
    ? []
    : [...facts, ...yours(given[0], say), { label: say("fact.compared"), value: say(word) }];
}

function yours(original: Original | undefined, say: Say): Fact[] {
  if (original === undefined) return [];
  return [
    { label: say("fact.yourFile"), value: original.name, note: [sizeOf(original, say), hashOf(original)].join(" · ") },
  ];
}

function sizeOf({ size }: Pick<ClaimedFile, "size">, say: Say): string {
  return say("files.bytes", { count: counted(size) });
}

function hashOf({ sha256 }: Pick<ClaimedFile, "sha256">): string {
  return `SHA-256 ${shortened(toHex(sha256))}`;
}

function inputFacts(verdict: Verdict, say: Say, language: Language): Fact[] {
  const { input, disclosures = [], contract, action, outcome } = verdict;
  const law = lawOf(contract, action, outcome, language);
  const entries: [CborValue, CborValue][] = input ? [...(input as CborMap)] : []; // a Map of names
  const place = (name: CborValue): number => law?.order.indexOf(String(name)) ?? 0;
  entries.sort(([one], [other]) => place(one) - place(other));
  return entries.flatMap(([key, value]) => inputFact(String(key), value, disclosures, law, say, language));
}

function inputFact(
  name: string,
  value: CborValue,
  disclosures: readonly Disclosure[],
  law: Law | undefined,
  say: Say,
  language: Language,
): Fact[] {
  const label = law?.field(name) ?? name;
  const opened = disclosures.filter(({ path }) => path[0] === name);
  if (opened.length > 0)
    // A file's numbers stand among the files already.
    return opened
      .filter((each) => !isFile(each.value))
      .map((each) => ({
        label: each.path.length > 1 ? each.path.join(".") : label,
        value: inBrief(each.value),
        note: say("fact.opened"),
      }));
  if (isSealed(value)) return [{ label, value: say("fact.sealed") }];
  return [{ label, ...plainValue(name, value, law, say, language) }];
}

function plainValue(
  name: string,
  value: CborValue,
  law: Law | undefined,
  say: Say,
  language: Language,
): Omit<Fact, "label"> {
  if (typeof value === "boolean") return { value: say(value ? "fact.yes" : "fact.no") };
  if (law?.kind(name) === "time" && typeof value === "number") return { value: dayAndTime(value, language) };
  if (law?.kind(name) === "choice") return { value: law.choice(name, String(value)) ?? String(value) };
  if (value instanceof Uint8Array && value.length <= 16) return { value: grouped(toHex(value)), isHex: true };
  return { value: inBrief(value, say("fact.sealedBriefly")), ...(value instanceof Uint8Array && { isHex: true }) };
}

function isFile(value: CborValue): boolean {
  return value instanceof Map && value.size === 3 && value.has("size") && value.has("sha256") && value.has("root");
}

function recordFacts(records: readonly ProvedRecord[], say: Say): Fact[] {
  return records.map(({ key, keyBytes, value, valueBytes }) => ({
    label: say("fact.record"),
    value: valueBytes === null ? say("fact.absent") : inBrief(value ?? valueBytes),
    note: inBrief(key ?? keyBytes),
  }));
}

function timeFacts({ noLaterThan, asOf, height, ledgerAction }: Verdict, say: Say, language: Language): Fact[] {
  const due: Fact[] = ledgerAction ? [{ label: say("fact.due"), value: dayAndTime(ledgerAction.due, language) }] : [];
  const block = (at: number): string => say("trust.block", { height: counted(at) });
  if (noLaterThan) {
    const { local, utc } = momentOf(noLaterThan, language);
    const place = height === undefined ? [] : [block(height)];
    return [...due, { label: say("fact.noLaterThan"), value: local, note: [utc, ...place].join(" · ") }];
  }
  if (asOf === undefined) return due;
  if (asOf.time === undefined) return [...due, { label: say("fact.asOf"), value: block(asOf.height) }];
  const { local, utc } = momentOf(asOf.time, language);
  return [...due, { label: say("fact.asOf"), value: local, note: `${utc} · ${block(asOf.height)}` }];
}

function signerFact({ party, proved, signature }: VerifiedSigner, say: Say): Fact {
  const word = signature === "accepted-by-ledger" ? "fact.acceptedByLedger" : proved ? "fact.byKey" : "fact.byLedger";
  return { label: say("fact.signedBy"), value: shortened(toHex(party)), note: say(word), isHex: true };
}

function ledgerFacts({ verdict, trust }: CheckedProof, say: Say): Fact[] {
  if (verdict.reason === "unknown-ledger" && verdict.ledgerId)
    return [{ label: say("fact.otherLedger"), value: shortened(toHex(verdict.ledgerId)), isHex: true }];
  if (verdict.verdict === "not-valid" && verdict.reason !== "wrong-file") return [];
  return trust?.file
    ? [{ label: say("fact.ledger"), value: trust.file.name, note: shortened(toHex(trust.file.ledgerId)) }]
    : [];
}
