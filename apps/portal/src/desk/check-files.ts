import type { Verdict } from "@acta/protocol";
import { checkSlip } from "./check-slip.ts";
import type { GivenFile, PreparedFile } from "./fingerprint.ts";

/** A proof that was checked on the spot, and the file it was compared with. */
export type Checked = {
  readonly name: string;
  readonly verdict: Verdict;
  readonly original: string | undefined;
  /** Where the compared file stands in the proof, such as `file`; undefined where it does not. */
  readonly place: string | undefined;
};

/** No proof is larger, in bytes; a larger file is an original. */
const MOST_PROOF_BYTES = 8 << 20;

/** Parts given files into proofs and others by their first bytes: a proof is a list that begins with `acta/…`. */
export async function partProofs(
  given: readonly GivenFile[],
): Promise<{ readonly proofs: readonly GivenFile[]; readonly others: readonly GivenFile[] }> {
  const [proofs, others]: [GivenFile[], GivenFile[]] = [[], []];
  for (const file of given) ((await isProof(file)) ? proofs : others).push(file);
  return { proofs, others };
}

async function isProof(file: GivenFile): Promise<boolean> {
  if (file.size > MOST_PROOF_BYTES) return false;
  // What cannot be read here is said when it is fingerprinted.
  const start = await file
    .slice(0, 7)
    .text()
    .catch(() => "");
  return start.endsWith("acta/") || /\.slip$/i.test(file.name);
}

/** Checks proofs under a trust file, each against the file that it speaks of, or else the first one given. */
export async function checkFiles(
  proofs: readonly GivenFile[],
  originals: readonly PreparedFile[],
  trust: Uint8Array,
  now: number,
): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (const { name, bytes } of await Promise.all(proofs.map(read))) {
    const claimed = (await checkSlip(bytes, trust, now)).files ?? [];
    // The file before the document that describes it: a proof names them in this order.
    const found = claimed.flatMap(({ sha256, path }) => {
      const original = originals.find(({ identity }) => String(identity.sha256) === String(sha256));
      return original ? [{ original, place: path.join(".") }] : [];
    })[0];
    const { original = originals[0], place } = found ?? {};
    const verdict = await checkSlip(bytes, trust, now, original?.identity);
    checked.push({ name, verdict, original: original?.name, place });
  }
  return checked;
}

async function read(file: GivenFile): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
