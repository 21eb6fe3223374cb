import { decodeRecord, type Language, say as sayWording, wordingKeys } from "@acta/contract";
import { evidence } from "../evidence.ts";
import wording from "../zh.json" with { type: "json" };
import type { DepositFacts, RecordFacts } from "./facts.ts";
import type { Fact, Section } from "./model.ts";
import { civilTime, momentInWords, secondsInWords } from "./moments.ts";
import { counted, shortened } from "./numbers.ts";
import type { Say } from "./words.ts";

type Proved = Extract<RecordFacts, { kind: "proved" }>;

/** How many entries a deposit's custody list has, from the record's stored bytes. Throws ContractError. */
export function custodyEntriesOf(deposit: Uint8Array): number {
  return Number(readDeposit(deposit).custodyEntries);
}

/** What happened after the deposit, as far as a node was asked and its answers are proved. */
export function custodySection(deposit: DepositFacts, records: RecordFacts, say: Say, language: Language): Section {
  const section = { kind: "facts", title: say("custody.title") } as const;
  switch (records.kind) {
    case "not-asked":
      return { ...section, says: [say("custody.notAsked")] };
    case "no-answer":
      return { ...section, says: [say("custody.noAnswer", records)] };
    case "not-proved":
      return { ...section, says: [say("custody.notProved", records)] };
    case "absent":
      return { ...section, says: [say("custody.absent", { height: counted(records.height) })] };
    case "proved":
      return { ...section, ...provedCustody(deposit, records, say, language) };
    default:
      return records satisfies never;
  }
}

function provedCustody(
  deposit: DepositFacts,
  records: Proved,
  say: Say,
  language: Language,
): Omit<Section, "kind" | "title"> {
  const proof = proofSentences(records, say, language);
  const kept = readDeposit(records.deposit);
  if (!isOf(kept, deposit)) return { says: [say("custody.another")], proof };
  const entries = Number(kept.custodyEntries);
  return {
    facts: [
      { label: say("custody.status"), value: label(`deposit.fields.status:${kept.status}`, language) },
      { label: say("custody.hold"), value: holdInWords(kept, say, language) },
      entriesFact(entries, records.custody.length, say),
    ],
    ...(records.custody.length > 0 && { table: custodyTable(records.custody, say, language) }),
    proof: entries === 0 ? proof : [...proof, say("custody.proofStated")],
  };
}

/** Parties of the custody list in full, for the numbers at the end; none where its records are not proved or another's. */
export function custodyNumbers(deposit: DepositFacts | undefined, records: RecordFacts, say: Say): Fact[] {
  if (deposit === undefined || records.kind !== "proved") return [];
  const kept = readDeposit(records.deposit);
  if (!isOf(kept, deposit)) return [];
  const courts = [...new Set([kept.hold?.court, kept.release?.court])];
  return [
    ...courts.flatMap((court) => (court === undefined ? [] : [{ label: say("hashes.court"), value: court }])),
    ...records.custody.flatMap(([number, bytes]) => {
      const { handedTo } = decodeRecord(evidence.records.custody.fields, bytes).values;
      return handedTo === undefined ? [] : [{ label: say("hashes.handedTo", { number }), value: handedTo }];
    }),
  ];
}

// Whoever deposited first has the number: a refused deposit's number may be another's.
function isOf({ depositor, file }: ReturnType<typeof readDeposit>, deposit: DepositFacts): boolean {
  return depositor === deposit.signers[0]?.party && file === deposit.commitment;
}

function proofSentences({ height, time, node }: Proved, say: Say, language: Language): string[] {
  const moment = time === undefined ? [] : [say("custody.proofTime", { time: momentInWords(time, language).local })];
  return [say("custody.proof", { height: counted(height) }), ...moment, say("custody.proofNode", { node })];
}

function entriesFact(entries: number, shown: number, say: Say): Fact {
  const word = entries === 0 ? "custody.none" : shown < entries ? "custody.some" : "custody.count";
  return { label: say("custody.entries"), value: say(word, { count: counted(entries), shown }) };
}

function holdInWords({ hold, release }: ReturnType<typeof readDeposit>, say: Say, language: Language): string {
  if (hold) return say("custody.held", { court: shortened(hold.court), time: secondsInWords(hold.since, language) });
  if (release)
    return say("custody.released", { court: shortened(release.court), time: secondsInWords(release.at, language) });
  return say("custody.notHeld");
}

function custodyTable(custody: Proved["custody"], say: Say, language: Language): NonNullable<Section["table"]> {
  const rows = custody.map(([number, bytes]) => {
    const { event, statedAt, enteredAt, handedTo, note } = decodeRecord(evidence.records.custody.fields, bytes).values;
    return [
      String(number),
      label(`custody.fields.event:${event}`, language),
      civilTime(statedAt, language),
      civilTime(enteredAt, language),
      handedTo === undefined ? "—" : shortened(handedTo),
      note === undefined ? "—" : say("custody.sealed"),
    ];
  });
  const head = ["numberHead", "eventHead", "statedHead", "enteredHead", "toHead", "noteHead"] as const;
  return { head: head.map((word) => say(`custody.${word}`)), rows };
}

function readDeposit(bytes: Uint8Array) {
  return decodeRecord(evidence.records.deposit.fields, bytes).values;
}

const LABELS = wordingKeys(evidence);

function label(place: string, language: Language): string {
  const key = `evidence.records.${place}`;
  return sayWording(language, wording, key, LABELS.get(key) ?? place);
}
