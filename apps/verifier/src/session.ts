import { type CheckClock, type CheckedProof, checkProof, claimsOf, type ProofFile } from "./check-proof.ts";
import { hashFile } from "./hashing.ts";
import { type Original, pair } from "./pairing.ts";
import { MOST_PROOF_BYTES, sortFile } from "./sort-file.ts";
import { type Trust, trustFrom } from "./trust.ts";

/** What is being done, and how much of it: files, megabytes or proofs. */
export type Work = {
  readonly stage: "reading" | "hashing" | "checking";
  readonly name: string;
  readonly done: number;
  readonly total: number;
};

/** Something about a file that was put in that the reader has to know. */
export type Notice = { readonly about: "pending" | "unreadable" | "cancelled" | "badTrust"; readonly name: string };

/** All that was put in, and what came of it. */
export type Findings = {
  readonly trust: Trust | undefined;
  readonly originals: readonly Original[];
  readonly checked: readonly CheckedProof[];
  readonly unmentioned: readonly Original[];
  readonly notices: readonly Notice[];
};

/** What the session needs of the world. */
export type SessionWorld = {
  readonly trust: Trust | undefined;
  readonly clock: () => CheckClock;
  readonly onWork: (work: Work) => void;
  /** Ends when the browser has had its turn. */
  readonly breathe: () => Promise<void>;
};

/** Collects what is put in and checks it anew as a whole: order does not matter. One `add` at a time. */
export type Session = {
  add(files: readonly File[]): Promise<Findings>;
  /** Stops hashing; what has not been hashed is left out, and a notice says so. */
  cancel(): void;
};

/** Begins with nothing but the trust file that the page was given. */
export function startSession({ trust: given, clock, onWork, breathe }: SessionWorld): Session {
  const proofs = new Map<string, ProofFile>();
  const originals: Original[] = [];
  let trust = given;
  let isCancelled = false;

  async function take(file: File, notices: Notice[]): Promise<File | undefined> {
    const { name } = file;
    const head = new Uint8Array(await file.slice(0, 64).arrayBuffer());
    const kind = file.size > MOST_PROOF_BYTES ? "original" : sortFile(name, head);
    if (kind === "original") return file;
    if (kind === "pending") {
      notices.push({ about: "pending", name });
      return undefined;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (kind === "proof") addProof(proofs, { name, bytes });
    else if (!takeTrust(name, bytes)) notices.push({ about: "badTrust", name });
    return undefined;
  }

  // A damaged trust file never takes the place of a whole one.
  function takeTrust(name: string, bytes: Uint8Array): boolean {
    const put = trustFrom({ kind: "dropped", name }, bytes);
    if (put.file === undefined && trust?.file !== undefined) return false;
    trust = put;
    return true;
  }

  async function hash(file: File): Promise<void> {
    const total = file.size;
    let reported = 0;
    const fingerprint = await hashFile(file, (done) => {
      // Not at every slice: what is shown has to be read.
      if (done - reported >= REPORT_BYTES || done === total) {
        reported = done;
        onWork({ stage: "hashing", name: file.name, done, total });
      }
      return !isCancelled;
    });
    if (fingerprint) originals.push({ name: file.name, ...fingerprint });
  }

  async function checkAll(): Promise<Pick<Findings, "checked" | "unmentioned">> {
    const claimants = [...proofs.values()].map((proof) => ({ name: proof.name, proof, files: claimsOf(proof, trust) }));
    const { pairs, unmentioned } = pair(claimants, originals);
    const checked: CheckedProof[] = [];
    for (const { proof, original, others } of pairs) {
      checked.push(await checkProof({ proof: proof.proof, original, others }, trust, clock()));
      if (checked.length % 20 !== 0) continue;
      onWork({ stage: "checking", name: proof.name, done: checked.length, total: pairs.length });
      await breathe();
    }
    return { checked, unmentioned };
  }

  return {
    async add(files) {
      isCancelled = false;
      const notices: Notice[] = [];
      const toHash: File[] = [];
      for (const [index, file] of files.entries()) {
        try {
          const original = await take(file, notices);
          if (original) toHash.push(original);
        } catch {
          notices.push({ about: "unreadable", name: file.name });
        }
        if (index % 20 === 0) onWork({ stage: "reading", name: file.name, done: index + 1, total: files.length });
      }
      for (const file of toHash) {
        try {
          if (!isCancelled) await hash(file);
        } catch {
          notices.push({ about: "unreadable", name: file.name });
          continue;
        }
        if (isCancelled) notices.push({ about: "cancelled", name: file.name });
      }
      const { checked, unmentioned } = await checkAll();
      return { trust, originals, checked, unmentioned, notices };
    },
    cancel() {
      isCancelled = true;
    },
  };
}

const REPORT_BYTES = 8 << 20;

// The same name with other bytes is another proof; the same bytes under the same name are the same.
function addProof(proofs: Map<string, ProofFile>, proof: ProofFile): void {
  proofs.set(
    `${proof.name} ${proof.bytes.length} ${proof.bytes.reduce((sum, byte) => (sum * 31 + byte) | 0, 0)}`,
    proof,
  );
}
