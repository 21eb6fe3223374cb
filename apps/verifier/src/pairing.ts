import { toHex } from "@acta/bytes";
import type { FileIdentity } from "@acta/merkle";
import type { ClaimedFile } from "@acta/protocol";

/** An original with its fingerprint. */
export type Original = FileIdentity & { readonly name: string };

/** A proof as far as pairing is concerned: its name, and the files of which it speaks. */
export type Claimant = { readonly name: string; readonly files: readonly ClaimedFile[] };

/** Which original belongs to which proof, and the originals of which no proof speaks. */
export type Pairing<P extends Claimant> = {
  readonly pairs: readonly { readonly proof: P; readonly original: Original | undefined }[];
  readonly unmentioned: readonly Original[];
};

/**
 * Finds each proof's original: by fingerprint; failing that by name ("photo.jpg.slip" and "photo.jpg"); failing that,
 * where just one proof is left without, the original put in last: somebody wants to know whether these two fit.
 */
export function pair<P extends Claimant>(proofs: readonly P[], originals: readonly Original[]): Pairing<P> {
  const byMark = new Map(originals.map((original) => [markOf(original), original]));
  const matched = proofs.map(({ files }) => find(files, (file) => byMark.get(markOf(file))));
  const marks = new Set(matched.map((original) => original && markOf(original)));
  const spare = originals.filter((original) => !marks.has(markOf(original)));
  const named = proofs.map(({ name }, index) => {
    return matched[index] ?? spare.find((original) => isNamedAfter(name, original.name));
  });
  const taken = new Set(named);
  const left = spare.filter((original) => !taken.has(original));
  const lonely = named.filter((original) => original === undefined).length;
  const last = lonely === 1 ? left.pop() : undefined;
  const pairs = proofs.map((proof, index) => ({ proof, original: named[index] ?? last }));
  return { pairs, unmentioned: left };
}

// All three numbers in one text.
function markOf({ size, sha256, root }: Omit<Original, "name">): string {
  return `${size} ${toHex(sha256)} ${toHex(root)}`;
}

function find<T, R>(list: readonly T[], look: (each: T) => R | undefined): R | undefined {
  for (const each of list) {
    const found = look(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

// Equal names get "-2" when slips are written.
function isNamedAfter(slip: string, original: string): boolean {
  return slip.replace(/\.(slip|receipt|proof)$/i, "").replace(/-\d+$/, "") === original.replace(/-\d+$/, "");
}
