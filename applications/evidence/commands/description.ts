import { CommandError, type CommandHost, toHex, utf8Decode } from "@acta/sdk";
import { type CaseAccount, type CaseRefusal, MOST_CASE_BYTES, readCaseDocument } from "../adapters/case-document.ts";
import { type Say, sayIn } from "./words.ts";

/** The file value of a CASE/UCO document. Throws CommandError, before anything is sent, where it is none. */
export async function descriptionOf(host: CommandHost, path: string): Promise<object> {
  const read = readDescription(host, path);
  if ("refusal" in read) throw new CommandError(refusalInWords(path, read.refusal, sayIn(host)));
  const { size, sha256, root } = await host.files.hash(path, () => {});
  return { size, sha256: toHex(sha256), root: toHex(root) };
}

/** Reads a CASE/UCO document, or says why it cannot be read. */
export function readDescription(
  { files }: CommandHost,
  path: string,
): { readonly account: CaseAccount } | { readonly refusal: CaseRefusal } {
  if (files.sizeOf(path) > MOST_CASE_BYTES) return { refusal: { code: "too-large" } };
  try {
    return readCaseDocument(utf8Decode(files.read(path)));
  } catch (error) {
    if (error instanceof Error && error.name === "BytesError") return { refusal: { code: "not-text" } };
    throw error;
  }
}

function refusalInWords(path: string, { code, line }: CaseRefusal, say: Say): string {
  switch (code) {
    case "too-large":
      return say("describe.tooLarge", { path, most: MOST_CASE_BYTES >> 20 });
    case "not-text":
      return say("describe.notText", { path });
    case "not-json":
      return line === undefined ? say("describe.notJson", { path }) : say("describe.brokenAt", { path, line });
    case "not-case":
      return say("describe.notCase", { path });
    default:
      return code satisfies never;
  }
}
