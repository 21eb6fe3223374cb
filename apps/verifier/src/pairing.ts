import { toHex } from "@acta/bytes";
import type { FileIdentity } from "@acta/merkle";
import type { ClaimedFile } from "@acta/protocol";

/** An original with its fingerprint. */
export type Original = FileIdentity & { readonly name: string };

/** A proof as far as pairing is concerned: its name, and the files of which it speaks. */
export type Claimant = { readonly name: string; readonly files: readonly ClaimedFile[] };

/** A proof, the original it is checked against, and others of which it speaks, too. */
export type Pair<P extends Claimant> = {
  readonly proof: P;
  readonly original: Original | undefined;
  readonly others: readonly Original[];
};

/** Which originals belong to which proof, and the originals of which no proof speaks. */
export type Pairing<P extends Claimant> = {
  readonly pairs: readonly Pair<P>[];
  readonly unmentioned: readonly Original[];
};

/**
 * Finds each proof's original: by fingerprint; failing that by name ("photo.jpg.slip" and "photo.jpg"); failing that,
 * where just one proof is left without, the original put in last: somebody wants to know whether these two fit.
 */
export function pair<P extends Claimant>(proofs: readonly P[], originals: readonly Original[]): Pairing<P> {
  const byMark = new Map(originals.map((original) => [markOf(original), original]));
  const spokenOf = proofs.map(({ files }) => files.flatMap((file) => byMark.get(markOf(file)) ?? []));
  const matched = spokenOf.map(([first]) => first);
  const marks = new Set(spokenOf.flat().map(markOf));
  const spare = originals.filter((original) => !marks.has(markOf(original)));
  const named = proofs.map(({ name }, index) => {
    return matched[index] ?? spare.find((original) => isNamedAfter(name, original.name));
  });
  const taken = new Set(named);
  const left = spare.filter((original) => !taken.has(original));
  const lonely = named.filter((original) => original === undefined).length;
  const last = lonely === 1 ? left.pop() : undefined;
  const pairs = proofs.map((proof, index) => ({
    proof,
    original: named[index] ?? last,
    others: (spokenOf[index] ?? []).slice(1),
  }));
  return { pairs, unmentioned: left };
}

/** Whether both are the same file: size, SHA-256 and chunk root. */
export function isSameFile(one: Omit<Original, "name">, other: Omit<Original, "name">): boolean {
  return markOf(one) === markOf(other);
}

// All three numbers in one text.
function markOf({ size, sha256, root }: Omit<Original, "name">): string {
  return `${size} ${toHex(sha256)} ${toHex(root)}`;
}

// Equal names get "-2" when slips are written.
function isNamedAfter(slip: string, original: string): boolean {
  return slip.replace(/\.(slip|receipt|proof)$/i, "").replace(/-\d+$/, "") === original.replace(/-\d+$/, "");
}
