import { encode } from "@acta/bytes";
import { listRoot } from "@acta/merkle";
import type { Change } from "@acta/protocol";
import { SPACE } from "./state-key.ts";
import type { StateLayer } from "./state-layer.ts";

/** The records that a call left different, and the root over them (docs/spec, 5.3). */
export type RecordChanges = { readonly changes: readonly Change[]; readonly root: Uint8Array };

/** The changes that a layer's writes make to records. */
export function recordChanges(layer: StateLayer): RecordChanges {
  const changes: Change[] = [];
  const leaves: Uint8Array[] = [];
  for (const { key, valueHash } of layer.changes(SPACE.record)) {
    changes.push([key.elements, valueHash]);
    leaves.push(encode([key.bytes, valueHash]));
  }
  return { changes, root: listRoot(leaves) };
}
