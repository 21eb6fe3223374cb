import {
  type CaseRefusal,
  MOST_CASE_BYTES,
  readCaseDocument,
} from "@acta/applications/evidence/adapters/case-document.ts";
import { fingerprint, type GivenFile, type PreparedFile } from "./fingerprint.ts";

/** A document that shall describe the files: taken with its fingerprint, or refused with the reason. */
export type Describing =
  | { readonly kind: "taken"; readonly file: PreparedFile }
  | { readonly kind: "refused"; readonly name: string; readonly refusal: CaseRefusal };

/** Reads a CASE/UCO document and fingerprints it. Its content stays where it is. */
export async function readDescription(file: GivenFile): Promise<Describing> {
  const refused = (refusal: CaseRefusal): Describing => ({ kind: "refused", name: file.name, refusal });
  if (file.size > MOST_CASE_BYTES) return refused({ code: "too-large" });
  const text = await textOf(file);
  if (text === undefined) return refused({ code: "not-text" });
  const read = readCaseDocument(text);
  if ("refusal" in read) return refused(read.refusal);
  const [prepared] = (await fingerprint([file], () => true))?.files ?? [];
  return prepared === undefined ? refused({ code: "not-text" }) : { kind: "taken", file: prepared };
}

async function textOf(file: GivenFile): Promise<string | undefined> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    // No UTF-8, a folder, or a file that changed meanwhile.
    return undefined;
  }
}
