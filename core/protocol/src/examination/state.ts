import { type CborValue, decode, equalBytes } from "@acta/bytes";
import type { Time } from "@acta/light-client";
import { MerkleError, type TreeProof, treeProofRoot } from "@acta/merkle";
import { appHash } from "../app-hash.ts";
import type { StateProof } from "../state-proof.ts";
import type { ProofContent, ProvedRecord } from "../verdict.ts";
import { type Belief, type Findings, NotValid } from "./belief.ts";
import { examineTrusted, listedTarget, targetOf } from "./trusted.ts";

/** Examines a state proof: the tree's root and the log's root make the app hash that it rests on. Throws NotValid. */
export function examineState(proof: StateProof, belief: Belief, findings: Findings): ProofContent {
  const stateRoot = rootOf(proof.tree);
  const { target, time } = restOf(proof, belief, findings);
  if (target?.appHash) {
    const expected = appHash(belief.trust.ledgerId, stateRoot, proof.logRoot, target.height);
    if (!equalBytes(expected, target.appHash)) throw new NotValid("wrong-state", `height ${target.height}`);
  }
  const asOf = target && { height: target.height, ...(time && { time }) };
  return { records: proof.tree.entries.map(recordOf), ...(asOf && { asOf, height: asOf.height }) };
}

function restOf({ trusted }: StateProof, belief: Belief, findings: Findings) {
  if (typeof trusted !== "number") {
    const first = examineTrusted(trusted, belief, findings);
    return { target: targetOf(first), time: first.header.time };
  }
  const { anchor } = belief.trust;
  const time: Time | undefined = trusted === anchor.height ? { seconds: anchor.time, nanoseconds: 0 } : undefined;
  return { target: listedTarget(trusted, belief, findings), time };
}

function rootOf(tree: TreeProof): Uint8Array {
  try {
    return treeProofRoot(tree);
  } catch (error) {
    if (error instanceof MerkleError) throw new NotValid("wrong-state", error.message);
    throw error;
  }
}

function recordOf([keyBytes, valueBytes]: readonly [Uint8Array, Uint8Array | null]): ProvedRecord {
  const key = readable(keyBytes);
  const value = valueBytes === null ? undefined : readable(valueBytes);
  return { keyBytes, valueBytes, ...(key !== undefined && { key }), ...(value !== undefined && { value }) };
}

/** What bytes decode to is the reader's business: they may be anything. */
function readable(bytes: Uint8Array): CborValue | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}
