import { type Say, voiceIn } from "@acta/contract";
import type { CommandHost } from "../command.ts";
import zh from "./zh.json" with { type: "json" };

const ENGLISH = {
  "outbox.otherLedger":
    "{folder} holds slips of another ledger ({kept}…) than the node's ({name}, {id}…). Name another folder with --out.",
  "outbox.expired":
    "{path} expired before it was entered. Run the deposit again with the same files and --key: it signs the same commitments anew.",
  "outbox.otherKey": "{path} was signed with another key. Name that key with --key.",
  "outbox.notProved":
    "The node's receipt for {subject} does not verify ({reason}). Its disclosures stay in {path}; ask another node.",
  "outbox.kept": "disclosures kept on disk",
  "outbox.verified": "slips verified and kept",
} as const;

/** What the outbox tells the person, in the person's language. */
export function sayIn({ language }: Pick<CommandHost, "language">): Say<keyof typeof ENGLISH> {
  return voiceIn(language, ENGLISH, zh);
}
