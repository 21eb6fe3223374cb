import { type Language, type Say as SayWord, voiceIn } from "@acta/contract";
import zh from "./zh.json" with { type: "json" };

/** Every sentence of the page in English; `zh.json` beside this file has them in Chinese. */
export const ENGLISH = {
  "page.title": "Acta · {name}",
  "page.titleAlone": "Acta: a public record",
  "page.skip": "Skip to content",
  "page.demo": "Demo ledger",
  "page.development": "Development ledger",
  "page.language": "Language",
  "page.large": "Larger",

  "nav.label": "Main",
  "nav.home": "Home",
  "nav.deposits": "My deposits",
  "nav.check": "Check",

  "hero.title": "Facts that several institutions enter together and none can change",
  "hero.yourHalf": "The half in your hand",
  "hero.ledgerHalf": "The ledger’s half, kept by its institutions",
  "hero.sealed": "Fingerprint",
  "hero.signer": "Signer",
  "hero.time": "Time of entry",
  "hero.rule": "Rule",
  "hero.votes": "Votes",

  "drop.title": "Drop files to deposit them",
  "drop.short": "Choose files to deposit",
  "drop.over": "Let go: the files stay with you",
  "drop.lead": "Their fingerprints are computed here and entered sealed. The files themselves stay with you.",
  "drop.choose": "Choose files",
  "drop.more": "Choose more files",
  "drop.check": "Check a slip",
  "drop.counting": "{files} of {ofFiles} fingerprinted",
  "drop.bytes": "{bytes} of {ofBytes} read. The files stay with you.",
  "drop.stop": "Stop",
  "drop.readyOne": "1 fingerprint ready",
  "drop.readyMany": "{count} fingerprints ready",
  "drop.readyLead": "Nothing has been sent. Below you see what you would sign.",
  "drop.entering": "Being entered",
  "drop.enteringLead": "You may close this page: it goes on when you come back.",
  "drop.doneOne": "1 file entered",
  "drop.doneMany": "{count} files entered",
  "drop.noneDone": "No file was accepted",
  "drop.refused": "{count} refused: the reason stands beside each, below.",
  "drop.doneLead": "Save the slips below, and keep each with its file.",

  "sign.titleOne": "Deposit 1 file",
  "sign.titleMany": "Deposit {count} files under one signature",
  "sign.effect1":
    "The fingerprint of each file is entered, sealed: nobody can read it from the ledger, name and content included.",
  "sign.effect2": "You get a slip for each file. Only file and slip together prove the deposit.",
  "sign.effect3": "A deposit can be marked as withdrawn, never removed.",
  "sign.files": "Files",
  "sign.andMore": "and {count} more",
  "sign.fingerprint": "Fingerprint (SHA-256)",
  "sign.description": "Description, if you like",
  "sign.descriptionHint": "Sealed like the fingerprint; it stands in the slip.",
  "sign.document": "Description in a file, if there is one",
  "sign.documentHint":
    "A CASE/UCO document (JSON) from the device or tool that captured them. Its fingerprint is sealed, too; the document stays with you.",
  "sign.documentTaken": "Taken: {name}. Keep it beside the files.",
  "sign.documentChoose": "Choose the document",
  "sign.documentOther": "Choose another",
  "sign.documentNone": "Deposit without it",
  "sign.doOne": "Sign and deposit",
  "sign.doMany": "Sign and deposit {count} files",
  "sign.notNow": "Not now",
  "sign.once": "Once you have signed",
  "sign.onceText": "nobody, this ledger’s keepers included, can claim that these files were made or changed later.",
  "sign.who": "Who signs",
  "sign.whoText": "The key of this browser, alone.",
  "sign.unread": "Could not be read and left out: {names}",
  "sign.takenBack": "Once signed it cannot be taken back; what is entered stays.",

  "describe.tooLarge": "{name} is larger than a description can be (16 MiB). Deposit it as a file of its own.",
  "describe.notText": "{name} cannot be read as text in UTF-8. Choose the document that the tool exported as JSON.",
  "describe.broken": "{name} is not whole as JSON. Export it again.",
  "describe.brokenAt": "{name} is not whole as JSON: it breaks off in line {line}. Export it again.",
  "describe.notCase":
    "{name} is JSON, but nothing in it is of the vocabularies CASE and UCO. Deposit it as a file of its own.",

  "step.keepingLead": "A moment: nothing is sent before it is kept on this device.",
  "step.proof": "A receipt counts only when its signatures verify on this device.",
  "step.title": "Entering",
  "step.keeping": "Sealed, and what opens the seals kept on this device",
  "step.sending": "Signed once, and sent until a block has it",
  "step.proving": "Receipts verified on this device",
  "step.counted": "{done} of {count}",
  "step.done": "done",
  "step.now": "under way",
  "step.later": "next",

  "deposits.title": "My deposits",
  "deposits.empty": "No deposits from this browser yet. The first file you deposit will stand here, with its slip.",
  "deposits.file": "File",
  "deposits.entry": "Entry",
  "deposits.slip": "Slip",
  "deposits.accepted": "Entered",
  "deposits.acceptedAt": "no later than {time}, block {height}",
  "deposits.refused": "Refused",
  "deposits.undone": "Without effect",
  "deposits.undoneText": "Another call of the same transaction was refused.",
  "deposits.waiting": "Not entered yet",
  "deposits.waitingText": "Kept on this device, with what opens it.",
  "deposits.turnedAway": "Not taken",
  "deposits.turnedAwayText":
    "Nothing was entered, and sending it again does not help. Take it off this list, mend what is said, and choose the file again.",
  "deposits.forget": "Take off",
  "deposits.forgetFor": "Take off the list: {name}",
  "deposits.described": "with {name}",
  "deposits.save": "Save slip",
  "deposits.saveFor": "Save slip: {name}",
  "deposits.saveAgain": "Save again",
  "deposits.saveAgainFor": "Save again: {name}",
  "deposits.saveAll": "Save all slips ({count}) in one archive",
  "deposits.saveNew": "Save the {count} not saved yet",
  "deposits.goOn": "Send now what waits ({count})",
  "deposits.shown": "The newest {shown} of {count} are shown; saving all saves every one.",
  "deposits.elsewhere": "This browser also keeps {count} deposits of another ledger at this address.",
  "deposits.whySlip": "What a slip is for",
  "deposits.whySlipText":
    "It proves, offline and without us, that this file was entered at this time. On the ledger stands only a seal; the slip opens it.",
  "deposits.keep":
    "Save it outside the browser, beside the file: whoever clears this browser’s data loses what stands here.",
  "deposits.allSaved": "All slips are saved.",
  "deposits.zone": "Times are in this device’s zone, {zone}.",
  "deposits.verifiedHere": "Each receipt was verified on this device before it was listed.",

  "checked.title": "Checked",
  "checked.same": "Genuine, and this is the file",
  "checked.sameDescription": "Genuine, and this is its description",
  "checked.sameDescriptionText": "The file itself was not compared: put it in as well.",
  "checked.notCompared": "Genuine; the file was not compared",
  "checked.notComparedText": "Put in slip and file together to compare them.",
  "checked.valid": "Genuine",
  "checked.refused": "Genuine receipt of a refusal",
  "checked.refusedText": "It was entered, and not accepted.",
  "checked.wrongFile": "Not the same file",
  "checked.notValid": "Not valid",
  "checked.cannotTell": "Cannot be judged",
  "checked.entered": "Entered no later than {time}, block {height}.",
  "checked.with": "compared with {name}",
  "checked.under": "Under whose word",
  "checked.underText":
    "Checked on this device, under the trust file that this node gives. For a dispute use the verifier with a trust file from an office you trust.",
  "checked.more": "Open the verifier for every step",

  "trouble.noMemory": "This browser keeps nothing for this page",
  "trouble.noMemoryNext":
    "A deposit needs a place for its key and for what opens the seal. Leave the private window, or allow this site to keep data, then load the page again.",
  "trouble.memoryFull": "There is no room left on this device",
  "trouble.memoryFullNext": "Nothing was sent. Make room, then sign again.",
  "trouble.nodeAway": "The node does not answer",
  "trouble.nodeAwayNext":
    "What was signed is kept on this device and loses nothing. Check the network and go on; the page also goes on by itself when the network is back.",
  "trouble.signAgain": "Nothing was sent, and your files are still ready below: check the network, then sign again.",
  "trouble.tooMany": "More than {most} files at once",
  "trouble.tooManyNext": "Choose them in several turns.",
  "trouble.unread": "Could not be read: {names}",
  "trouble.unreadNext":
    "Folders cannot be deposited; open the folder and choose its files. A file that changed meanwhile: choose it again.",
  "trouble.nodeRefused": "The node did not take it",
  "trouble.notProved": "The node’s receipt does not verify",
  "trouble.notProvedNext":
    "What opens your deposits stays on this device. Tell the operator, or ask another node of the same ledger.",
  "trouble.unexpected": "Something failed that should not",
  "trouble.unexpectedNext":
    "What was kept stays. Load the page again; if it fails again, tell the operator these words:",
  "trouble.goOn": "Go on",

  "check.title": "Check anything",
  "check.lead":
    "Drop a slip here together with its file, or open the verifier. No account, and nothing leaves this device.",
  "check.open": "Open the verifier",
  "check.offline": "Checking needs no network",
  "check.offlineText": "Save the verifier as one web page: it goes on working when this site does not.",
  "check.save": "Save the verifier",
  "check.trust": "Save this ledger’s trust file",

  "key.title": "The key in this browser",
  "key.none": "Your first signature makes a key. It never leaves this browser.",
  "key.guarded": "The browser guards it: it signs, and no page, this one included, can read it.",
  "key.kept":
    "This browser cannot guard such a key, so it keeps its bytes: whoever can read this browser’s data could sign with it.",
  "key.party": "Known on the ledger as",
  "key.lost": "If it is lost",
  "key.lostText":
    "Saved slips stay valid without the key. Without it you can no longer withdraw a deposit or continue its custody list.",

  "limits.title": "What it does not prove",
  "limits.true": "Not that what was entered is true; only who entered it, when, and that it has not changed since.",
  "limits.other": "Not that what was not entered did not happen.",
  "limits.judge": "Not what a judge or registrar will decide.",
  "limits.privacy": "Privacy",
  "limits.privacyText":
    "Names, fingerprints and descriptions stay with you. On the ledger stand salted seals under a pseudonym. Delete slip and browser data, and nobody can open the seal any more.",

  "foot.block": "Block {height}",
  "foot.time": "Time {time}",
  "foot.away": "The node does not answer",
  "foot.stopped": "The node makes no blocks now",
  "foot.interface": "Interface for programs",
  "foot.status": "Status",
  "foot.demo": "A demo ledger, for trying things out: its entries carry no weight.",
  "foot.development": "A development ledger: its rules may still change.",
} as const;

/** The name of a sentence. */
export type Word = keyof typeof ENGLISH;

/** Says a sentence with its blanks filled. */
export type Say = SayWord<Word>;

/** The page's voice in a language. */
export function sayIn(language: Language): Say {
  return voiceIn(language, ENGLISH, zh);
}
