import { type CommandHost, type Say as SayWord, voiceIn } from "@acta/sdk";
import zh from "./zh.json" with { type: "json" };

/** What the verbs of evidence say, in English; `zh.json` has it in Chinese, and the help of each verb by its name. */
export const ENGLISH = {
  "name.files": "Name at least one file: acta evidence deposit FILE… --key FILE --out DIR",
  "name.slips": "Name at least one slip: acta evidence {action} SLIP",
  "name.slip": "Name one slip: acta evidence report SLIP --trust FILE --out FILE.html",
  "name.folder": "Name the folder: acta evidence resume DIR",
  "name.out": "Say where the report goes (--out FILE.html), or ask for plain text (--text).",
  "absent.folder": "There is no folder {folder}.",
  "present.report": "{path} is there already. Choose another name: a report is not overwritten.",
  "slip.noDeposit": "{slip} is no slip of a deposit.",
  "slip.onlyProof": "{slip} is a proof, but no slip.",
  "slip.ofAnother": "{slip} is the slip of {contract}.{action}. Name the slip of the deposit itself.",
  "slip.description":
    "{name} is not the deposited file, but its description. Name it with --description, and the file with --file.",
  "describe.tooLarge":
    "{path} is larger than a description can be ({most} MiB). Deposit it as a file of its own. Nothing was sent.",
  "describe.notText":
    "{path} is no text in UTF-8. --description names a CASE/UCO document in JSON; for words use --about. Nothing was sent.",
  "describe.notJson": "{path} is not whole as JSON. Export it again. Nothing was sent.",
  "describe.brokenAt": "{path} is not whole as JSON: it breaks off in line {line}. Export it again. Nothing was sent.",
  "describe.notCase":
    "{path} is JSON, but nothing in it is of the vocabularies CASE and UCO. Deposit it as a file of its own. Nothing was sent.",
  "done.accepted": "{count} accepted.",
  "done.acceptedBefore": "{count} accepted, {skipped} done before.",
  "done.refused": "Refused: {file}: {sentence} ({reason})",
  "done.refusedByCode": "Refused: {file}: ({reason})",
  "done.more": "… and {count} more refused: see verdicts.csv.",
  "progress.bytes": "bytes fingerprinted",
  "progress.order": "bytes of the order fingerprinted",
  "progress.hashed": "bytes hashed of {name}",
} as const;

/** Says a sentence with its blanks filled. */
export type Say = SayWord<keyof typeof ENGLISH>;

/** The verbs' voice in the person's language. */
export function sayIn({ language }: Pick<CommandHost, "language">): Say {
  return voiceIn(language, ENGLISH, zh);
}
