import { type Language, type Say as SayWord, voiceIn } from "@acta/contract";
import zh from "./zh.json" with { type: "json" };

/** Every sentence of the report in English; `zh.json` beside this file has them in Chinese. */
export const ENGLISH = {
  "report.title": "Report on a deposit",
  "report.of": "Slip {name}",
  "report.demo": "DEMO LEDGER: for trying out. Its clock can be moved, and nothing on it has legal effect.",
  "report.development": "DEVELOPMENT LEDGER: for trying out, without legal effect.",
  "report.made": "Made {time} by the clock of the machine that made it",
  "report.pages": "page {page} of {pages}",
  "report.foot": "This report says what was found. The slip and the original file are the evidence: keep both.",

  "verdict.same": "The same, byte for byte",
  "verdict.valid": "Valid; file not compared",
  "verdict.refused": "Refused by the ledger",
  "verdict.undone": "Not in effect",
  "verdict.differs": "Not the same file",
  "verdict.noFile": "Nothing about this file",
  "verdict.unknownLedger": "Unknown ledger",
  "verdict.notValid": "Not valid",
  "verdict.unproved": "Unproved: renew",
  "verdict.cannotTell": "Cannot tell",

  "say.same": "The file {name} is, byte for byte, the one that was deposited no later than {time}.",
  "say.valid": "A file was deposited no later than {time}. The file itself was not compared for this report.",
  "say.refused": "The slip is genuine, but the ledger did not accept the deposit: no later than {time} it was refused.",
  "say.undone":
    "The slip is genuine, but the deposit did not take effect: another call of the same transaction was refused.",

  "tally.left": "The half in hand",
  "tally.right": "The ledger’s half",
  "tally.help": "Drawn from the first 16 digits of the fingerprint. A help only: the words decide.",

  "deposited.title": "What was deposited",
  "deposited.claimed": "What the slip says (not proved)",
  "deposited.number": "Number",
  "deposited.file": "File",
  "deposited.fileOf": "{size} bytes, SHA-256 {hash}",
  "deposited.notOpened": "sealed; this slip does not open it",
  "deposited.description": "Description",
  "deposited.device": "Device and place, as the depositor states them",
  "deposited.compared": "Compared",
  "deposited.same": "{name}: size, SHA-256 and chunk root are the same",
  "deposited.different": "{name}: another file, {size} bytes, SHA-256 {hash}",
  "deposited.notCompared": "no file was given for comparison",
  "deposited.proofSealed":
    "The ledger has no file: the entry is a salted commitment to its fingerprint, from which the file cannot be read. What this slip opens fits that commitment.",
  "deposited.proofFile": "The comparison covers every byte: one changed byte gives another fingerprint.",
  "deposited.proofNoFile": "To compare, make the report again and name the file: --file FILE.",
  "deposited.proofClaimed": "This check did not prove these statements. Do not rely on them.",

  "when.title": "When, by whom, and what came of it",
  "when.time": "Entered no later than",
  "when.block": "block {height}",
  "when.depositor": "Signed by",
  "when.party": "party {party}",
  "when.outcome": "Outcome",
  "when.accepted": "accepted",
  "when.refused": "refused: {reason}",
  "when.undone": "not in effect",
  "when.proofTime": "The time stands in the header of the next block, which proves this one.",
  "when.proofFresh":
    "Keepers with more than two thirds of the power voted for that header; every vote counted was verified.",
  "when.proofRenewed":
    "That header leads through the ledger’s log to a block that is believed; every step was verified.",
  "when.proofKey": "The signature was verified. The party follows from the signing key itself.",
  "when.proofLedger": "The signature was verified. That the key was this party’s is the ledger’s word.",
  "when.proofAccepted": "The signature was accepted by the ledger at that time; this report does not verify it anew.",

  "custody.title": "Afterwards: custody, holds, withdrawal",
  "custody.notAsked":
    "Not asked. What happened to the deposit after it was entered stands in records of the ledger: make the report again with --node.",
  "custody.noAnswer": "Asked, but no node answered at {node}.",
  "custody.notProved": "Asked, but the answer of {node} is not proved: {meaning}",
  "custody.absent": "In block {height} the ledger had no deposit of this number.",
  "custody.another": "The deposit that the ledger keeps under this number is another one, not that of this slip.",
  "custody.status": "Status",
  "custody.hold": "Held",
  "custody.held": "by court {court} since {time}",
  "custody.notHeld": "no court holds it",
  "custody.released": "not held; released by court {court} on {time}",
  "custody.entries": "Custody list",
  "custody.none": "no entries",
  "custody.count": "{count} entries",
  "custody.some": "{count} entries; the first {shown} are shown",
  "custody.numberHead": "No.",
  "custody.eventHead": "What happened",
  "custody.statedHead": "When, as stated (UTC+8)",
  "custody.enteredHead": "Entered (UTC+8)",
  "custody.toHead": "Handed to",
  "custody.noteHead": "Note",
  "custody.sealed": "sealed",
  "custody.proof": "Proved by state proofs, as of block {height}. Later changes do not show here.",
  "custody.proofTime": "That block’s time: {time}.",
  "custody.proofStated":
    "Events and the times stated are the depositor’s own statements; the times of entry are the ledger’s.",
  "custody.proofNode": "The node that was asked, {node}, is not believed: its answers were verified.",

  "account.title": "What the description says; not proved by the ledger",
  "account.notGiven":
    "A description was deposited with the file. To see here what it says, make the report again and name it: --description FILE.",
  "account.notDeposited":
    "No description was deposited with this file, or this slip does not open it: {name} is not read.",
  "account.different": "{name} is not the description that was deposited. It is not read.",
  "account.unreadable":
    "{name} is the description that was deposited. It is no CASE/UCO document that this program can read: read it by other means.",
  "account.document": "Document",
  "account.case": "Case",
  "account.names": "Deposited file",
  "account.namesIt": "the document names its SHA-256",
  "account.namesNot": "the document does not name its SHA-256; whether it speaks of this file is for its author to say",
  "account.device": "Device",
  "account.serial": "serial number {serial}",
  "account.clock": "its clock showed {time}",
  "account.tool": "Tool",
  "account.maker": "by {maker}",
  "account.act": "Act “{name}”",
  "account.noTime": "no time stated",
  "account.by": "by {names}",
  "account.with": "with {names}",
  "account.at": "at {names}",
  "account.took": "in: {names}",
  "account.gave": "out: {names}",
  "account.andMore": " and {count} more",
  "account.traces": "Also listed",
  "account.some": "The first {count} of each kind are shown; the document has the rest.",
  "account.proofSame":
    "The ledger has a commitment to this document’s fingerprint, and the document in hand is the same, byte for byte: it said this when the deposit was entered.",
  "account.proofSays":
    "Every statement is its author’s, in the author’s own words. The ledger neither read nor examined them: device, tool, person and time are for other evidence.",
  "account.proofTimes": "Times that the document states are given in UTC+8.",

  "court.title": "The court’s four questions",
  "court.shown": "What the proof shows",
  "court.open": "What it cannot show, and whom to ask",
  "court.nothing": "As long as the slip is not proved, it answers none of them: platform, neutrality, system, process.",

  "platform.title": "1. Platform: who keeps the ledger?",
  "platform.one":
    "By the trust file, the ledger “{ledger}” is kept by one institution, {keepers}. It alone votes for blocks.",
  "platform.many":
    "By the trust file, the ledger “{ledger}” is kept by {count} institutions: {keepers}. A block needs more than two thirds of their power.",
  "platform.fixed": "Its identity follows from its first document; no later document can take its place.",
  "platform.open":
    "Whether the keeper may offer this service and is on file with its authority: ask the keeper for its filing. That “{keepers}” is who it says: compare the fingerprint of the trust file with the keeper’s own.",

  "neutrality.title": "2. Neutrality: could the keeper favour a side?",
  "neutrality.signed":
    "The call was signed with the key named below. Whoever does not hold that key, the keeper included, can neither make this signature nor change what was signed.",
  "neutrality.bound":
    "The entry is bound into a block, the block into every later state of the ledger. A changed entry no longer leads to what was voted for.",
  "neutrality.sealed": "The entry holds a commitment, not the file: from it the keeper cannot tell what the file says.",
  "neutrality.openOne":
    "A sole keeper can refuse or delay an entry, sets the time of blocks, and could keep a second history for others; no outside witness has cosigned this block.",
  "neutrality.openMany":
    "More than two thirds of the keepers acting together could refuse or delay entries, set the time, or keep a second history.",
  "neutrality.open": "Whether a party is related to the keeper: ask both.",

  "system.title": "3. System: is it sound?",
  "system.offline":
    "What this report calls verified was verified by this program alone, on this machine, against the trust file; no word of the platform was relied on.",
  "system.methods":
    "SHA-256 for fingerprints and trees, and published signature algorithms. The format is published too: any other program can repeat the check.",
  "system.rules": "The outcome names the rules that it was decided by: the bundle hash below.",
  "system.openRules":
    "That the keeper’s program followed those rules: whoever replays the ledger’s entries by them can tell.",
  "system.open":
    "Whether the machines of the keeper and of the depositor were clean, guarded and in order: logs, audits and the operators answer that, not a proof.",

  "process.title": "4. Process: how did it come about?",
  "process.fingerprint": "The slip names the file by size, SHA-256, and the root over its pieces of 1 MiB.",
  "process.compared": "The same was computed from the file in hand, and is equal.",
  "process.notCompared": "It was not computed anew: no file was given.",
  "process.seal": "Fingerprint and salt, both in the slip, give the commitment that stands in the call.",
  "process.sign": "The call was signed; the signature names this ledger and this call, and no other.",
  "process.enter": "The call was entered in block {height} and {outcome}; the next header carries that result.",
  "process.check": "Every step that the slip shows was computed again for this report, and all of them fit.",
  "process.open":
    "How the file came into being and was captured before the fingerprint was taken: ask the depositor, and examine the device.",

  "limits.title": "What is NOT proved",
  "limits.true": "That what the file shows is true. Proved is that it existed, not that it is right.",
  "limits.made": "When the file was made. It may be much older than its deposit.",
  "limits.person": "Which person stands behind the key. That needs a certificate, a passport, or an admission.",
  "limits.right": "That the depositor obtained the file lawfully, or is its author.",
  "limits.device":
    "Device, place, and every time before entry: these are statements of the depositor, by clocks of its own.",
  "limits.account": "That what the description says is so. It was fixed, not examined.",
  "limits.lost":
    "What this slip does not open. Whoever loses the opened values cannot open the commitment any more; nobody else can.",
  "limits.complete": "That there are no other deposits, of this file or of others that contradict it.",
  "limits.later": "What happened after the block named: a withdrawal, a hold, a correction.",
  "limits.since":
    "What happened after the deposit was entered: a withdrawal, a hold, a correction. No node was asked, or none gave a proof.",
  "limits.operator":
    "That the time is independent. This ledger has one keeper: it alone orders blocks, by its own clock.",
  "limits.keepers": "That the time is exact. It comes from the clocks of the keepers, and is as good as they are.",
  "limits.trust":
    "Anything, if the trust file is false. Whoever gave it decides what is believed: compare its fingerprint.",
  "limits.demo": "Anything in law: this is a ledger for trying out.",
  "limits.altered":
    "Anything that the slip says. Nor is it proved that nothing was deposited: another copy of the slip may be whole.",
  "limits.nothing":
    "Anything that the slip says. It may be false altogether; it may also be genuine and need another file, clock or trust file.",

  "again.title": "Check it yourself",
  "again.text":
    "No account and no permission is needed. Save the verifier page (verifier.html) from an institution you trust, open it without a network, and drop slip, original file and trust file on it.",
  "again.command": "Or, on the command line: acta verify {slip} --file FILE --trust FILE",
  "again.proof": "Another program, written from the published specification, must come to the same verdict.",

  "hashes.title": "Numbers in full",
  "hashes.file": "SHA-256 of the deposited file",
  "hashes.root": "Root of its pieces",
  "hashes.descriptionFile": "SHA-256 of its description",
  "hashes.commitment": "Commitment on the ledger",
  "hashes.given": "SHA-256 of the compared file",
  "hashes.transaction": "Transaction",
  "hashes.party": "Party",
  "hashes.key": "Key",
  "hashes.court": "Court",
  "hashes.handedTo": "Handed to, entry {number}",
  "hashes.bundle": "Rules that decided (bundle, version {version})",
  "hashes.ledger": "Ledger",
  "hashes.trust": "Fingerprint of the trust file",
  "hashes.slip": "SHA-256 of the slip",
  "hashes.reason": "Verdict’s reason",
} as const;

/** The name of a sentence. */
export type Word = keyof typeof ENGLISH;

/** Says a sentence with its blanks filled. */
export type Say = SayWord<Word>;

/** The report's sentences in one language. */
export function sayIn(language: Language): Say {
  return voiceIn(language, ENGLISH, zh);
}
