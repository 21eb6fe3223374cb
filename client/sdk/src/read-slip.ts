import { parseProof, type Receipt } from "@acta/protocol";
import { CommandError } from "./command.ts";

/** What a slip or receipt says, without believing any of it. Throws CommandError where the bytes are neither. */
export function readSlip(bytes: Uint8Array): Receipt {
  const proof = parseProof(bytes);
  if (proof.kind === "slip") return proof.slip.receipt;
  if (proof.kind === "receipt") return proof.receipt;
  throw new CommandError("This is a proof, but not a slip or receipt of a call.");
}
