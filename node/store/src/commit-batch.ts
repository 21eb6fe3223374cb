import { concatBytes, encode } from "@acta/bytes";
import { actionsRoot } from "@acta/protocol";
import type { CommittedBlock, Roots } from "./block.ts";
import { encodeCommitRecord, encodeHeaderRecord, encodeResults, encodeTransactions } from "./block-records.ts";
import { actionKey, bucketEntryKey, FAMILY, familyKey, heightKey, META } from "./keys.ts";
import { encodeLastRecord, type LastRecord } from "./last-record.ts";
import type { LevelChange } from "./level.ts";
import { sealHashedValue, sealValue } from "./sealed-value.ts";
import type { HashedWrite } from "./state-values.ts";

/** What a block's batch is made of beside the block. */
export type BatchParts = {
  readonly block: CommittedBlock;
  readonly writes: readonly HashedWrite[];
  readonly roots: Roots;
  readonly logEntry: Uint8Array;
  readonly last: LastRecord;
};

/** Everything that a block leaves behind, as the changes of one batch. */
export function commitBatch(parts: BatchParts): LevelChange[] {
  return [
    ...stateChanges(parts.writes),
    ...archiveChanges(parts),
    ...identityChanges(parts.block),
    ...parts.block.execution.actions.map((action) => put(actionKey(action, parts.block.height), encode(action.index))),
    put(META.last, encodeLastRecord(parts.last)),
  ];
}

/** The state before the first block, with the genesis. */
export function genesisBatch(genesis: Uint8Array, writes: readonly HashedWrite[], last: LastRecord): LevelChange[] {
  return [...stateChanges(writes), put(META.genesis, genesis), put(META.last, encodeLastRecord(last))];
}

function stateChanges(writes: readonly HashedWrite[]): LevelChange[] {
  return writes.map(({ key, value, keyHash, valueHash }): LevelChange => {
    const stateKey = familyKey(FAMILY.state, key);
    if (value === null || valueHash === null) return { type: "del", key: stateKey };
    // The seal of a state value is over the state key, whose hash the tree needed anyway.
    return { type: "put", key: stateKey, value: sealHashedValue(keyHash, valueHash, value) };
  });
}

function archiveChanges({ block, roots, logEntry }: BatchParts): LevelChange[] {
  const { height, header, blockId, commit, transactions, execution } = block;
  const { actions } = execution;
  const headerRecord = encodeHeaderRecord({
    header,
    parts: blockId.parts,
    stateRoot: roots.stateRoot,
    actionCount: actions.length,
    actionsRoot: actionsRoot(actions),
  });
  return [
    put(heightKey(FAMILY.header, height), headerRecord),
    put(heightKey(FAMILY.commit, height), encodeCommitRecord(commit)),
    put(heightKey(FAMILY.transactions, height), encodeTransactions(transactions)),
    put(heightKey(FAMILY.results, height), encodeResults(execution)),
    put(heightKey(FAMILY.log, height), logEntry),
  ];
}

function identityChanges({ height, execution }: CommittedBlock): LevelChange[] {
  const index = execution.results.map(({ identity }, place) =>
    put(familyKey(FAMILY.identity, identity), encode([height, place])),
  );
  const buckets = Map.groupBy(execution.identities, ([bucket]) => bucket);
  for (const [bucket, spent] of buckets) {
    index.push(put(bucketEntryKey(bucket, height), concatBytes(...spent.map(([, identity]) => identity))));
  }
  return index;
}

function put(key: Uint8Array, value: Uint8Array): LevelChange {
  return { type: "put", key, value: sealValue(key, value) };
}
