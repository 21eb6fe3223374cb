import type { CborValue } from "@acta/bytes";
import { leafHash } from "@acta/merkle";
import { type Call, encodeCall, type Outcome, type Signer } from "@acta/protocol";
import { type BlockPlace, openBlock } from "./block-draft.ts";
import type { Environment } from "./environment.ts";
import { executeInto, outcomeOf } from "./execute-transaction.ts";
import { Signing } from "./signing.ts";
import { SPACE } from "./state-key.ts";
import { StateLayer } from "./state-layer.ts";

/** What a call would come to now. Nothing is promised: the state may change before it is entered. */
export type DryRun = {
  readonly outcome: Outcome;
  /** The records it would leave different, in the order of their keys' encoding; value bytes or null on either side. */
  readonly records: readonly {
    readonly key: readonly CborValue[];
    readonly before: Uint8Array | null;
    readonly after: Uint8Array | null;
  }[];
};

/**
 * Executes a call as if these signers had signed it alone, in a block at this place. Nothing is kept. Where the payload's
 * nonce is known already, signatures of tag offices are verified too.
 */
export function dryRun(
  environment: Environment,
  place: BlockPlace,
  signers: readonly Signer[],
  call: Call,
  nonce?: Uint8Array,
): DryRun {
  const draft = openBlock(environment, place);
  const layer = new StateLayer(draft.state);
  const end = executeInto(draft, new Signing(signers, { nonce }), call, layer);
  const outcome = outcomeOf(end, 0, leafHash(encodeCall(call)));
  const records = layer.changes(SPACE.record).map(({ key, value }) => ({
    key: key.elements,
    before: draft.before.get(key) ?? null,
    after: value,
  }));
  return { outcome, records };
}
