import { CommandError, type CommandHost, toHex, utf8Decode } from "@acta/sdk";
import { type CaseAccount, type CaseRefusal, MOST_CASE_BYTES, readCaseDocument } from "../adapters/case-document.ts";

/** The file value of a CASE/UCO document. Throws CommandError, before anything is sent, where it is none. */
export async function descriptionOf(host: CommandHost, path: string): Promise<object> {
  const read = readDescription(host, path);
  if ("refusal" in read) throw new CommandError(refusalInWords(path, read.refusal));
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

function refusalInWords(path: string, { code, line }: CaseRefusal): string {
  switch (code) {
    case "too-large":
      return `${path} is larger than a description can be (${MOST_CASE_BYTES >> 20} MiB). Deposit it as a file of its own. Nothing was sent.`;
    case "not-text":
      return `${path} is no text in UTF-8. --description names a CASE/UCO document in JSON; for words use --about. Nothing was sent.`;
    case "not-json":
      return `${path} is not whole as JSON${line === undefined ? "" : `: it breaks off in line ${line}`}. Export it again. Nothing was sent.`;
    case "not-case":
      return `${path} is JSON, but nothing in it is of the vocabularies CASE and UCO. Deposit it as a file of its own. Nothing was sent.`;
    default:
      return code satisfies never;
  }
}
