import { equalBytes, toHex } from "@acta/bytes";
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
  const matched = proofs.map((proof) => originals.find((original) => speaksOf(proof, original)));
  const spare = originals.filter((original) => !matched.some((other) => other && isSameFile(other, original)));
  const named = proofs.map(
    ({ name }, index) => matched[index] ?? spare.find((original) => isNamedAfter(name, original.name)),
  );
  const taken = new Set(named);
  const left = spare.filter((original) => !taken.has(original));
  const lonely = named.filter((original) => original === undefined).length;
  const pairs = proofs.map((proof, index) => {
    const original = named[index] ?? (lonely === 1 ? left[left.length - 1] : undefined);
    return { proof, original };
  });
  return { pairs, unmentioned: spare.filter((original) => !pairs.some((pair) => pair.original === original)) };
}

/** Whether a proof speaks of this very file. */
function speaksOf({ files }: Claimant, { size, sha256, root }: Original): boolean {
  return files.some((file) => file.size === size && equalBytes(file.sha256, sha256) && equalBytes(file.root, root));
}

function isSameFile(one: Original, other: Original): boolean {
  return toHex(one.sha256) === toHex(other.sha256) && one.size === other.size;
}

// Equal names get "-2" when slips are written.
function isNamedAfter(slip: string, original: string): boolean {
  return slip.replace(/\.(slip|receipt|proof)$/i, "").replace(/-\d+$/, "") === original.replace(/-\d+$/, "");
}
