import { type CborValue, concatBytes, encode, utf8Encode } from "@acta/bytes";
import { ALGORITHM, keyId, partyOf, sha256 } from "@acta/crypto";
import { assembleBlock, consensusHash, NO_BLOCK_ID, NO_COMMIT, resultsHash, voteSignBytes } from "@acta/light-client";
import { leafHash } from "@acta/merkle";
import { ed25519Signer } from "@acta/native";
import {
  chainId,
  changesRoot,
  DEFAULT_PARAMETERS,
  encodeGenesis,
  encodeOutcome,
  firstOpening,
  type LedgerAction,
  outcomesRoot,
  parseGenesis,
  resultData,
} from "@acta/protocol";
import type { CommittedBlock, ExecutedBlock, StateWrite, Store, TransactionResult } from "../src/index.ts";

/** The validator of all synthetic ledgers. */
export const signer = ed25519Signer(sha256(utf8Encode("a validator for tests")));

const party = partyOf(keyId(ALGORITHM.ed25519, signer.publicKey));

/** A genesis with that one validator; the same bytes each time. */
export const genesisBytes = genesisNamed("synthetic");

/** A genesis of another ledger. */
export const otherGenesisBytes = genesisNamed("another");

const genesis = parseGenesis(genesisBytes);
const validator = { algorithm: ALGORITHM.ed25519, publicKey: signer.publicKey, power: 1 } as const;

const REPLAY_KEY = encode([0, "replay"]);
const FIRST_BUCKET = 10;

/** State before the first block. */
export const genesisWrites: readonly StateWrite[] = [
  [encode([0, "flags"]), encode([1, true])],
  [recordKey(0, 0), recordValue("first")],
  [REPLAY_KEY, encode([FIRST_BUCKET, FIRST_BUCKET, 0])],
];

function genesisNamed(name: string): Uint8Array {
  return encodeGenesis({
    name,
    origin: "synthetic.example",
    zoneMinutes: 480,
    development: true,
    demo: true,
    time: 1_800_000_000,
    parameters: DEFAULT_PARAMETERS,
    institutions: [{ name: "Office", party, keys: [{ algorithm: ALGORITHM.ed25519, publicKey: signer.publicKey }] }],
    roles: [],
    validators: [{ algorithm: ALGORITHM.ed25519, publicKey: signer.publicKey, power: 1, institution: "Office" }],
    contracts: [],
    salt: new Uint8Array(16),
  });
}

/** How a synthetic block looks. */
export type Shape = {
  readonly transactions: number;
  readonly calls?: number;
  readonly text?: string;
  /** How many deadlines passed in it; their names are the same in every block. */
  readonly acts?: number;
};

/**
 * The block after the store's newest: a function of height, shape and the store's state alone. Each transaction writes a
 * new record, every third one also changes and removes an older one.
 */
export function nextBlock(
  store: Store,
  { transactions: count, calls = 1, text = "", acts = 0 }: Shape,
): CommittedBlock {
  const height = store.height + 1;
  const last = store.last;
  const transactions = Array.from({ length: count }, (_, index) =>
    utf8Encode(`transaction ${height}/${index} ${text}`),
  );
  const results = transactions.map((transaction, index) => resultOf(transaction, height, index, calls));
  const execution = { ...executionOf(store, height, results), ...actsOf(height, acts) };
  const seconds = genesis.time + height;
  const { header, headerHash, blockId } = assembleBlock({
    chainId: chainId(genesis.name, firstOpening(genesisBytes)),
    version: { block: 11, app: 1 },
    height,
    time: { seconds, nanoseconds: 0 },
    lastBlockId: last?.blockId ?? NO_BLOCK_ID,
    lastCommit: last?.commit ?? NO_COMMIT,
    transactions,
    validators: [validator],
    nextValidators: [validator],
    consensusHash: consensusHash({ maxBytes: 22_020_096, maxGas: -1 }),
    appHash: store.roots.appHash,
    lastResultsHash: last?.resultsHash ?? resultsHash([]),
    proposerAddress: sha256(signer.publicKey).subarray(0, 20),
  });
  const time = { seconds: seconds + 1, nanoseconds: 0 };
  const signature = signer.sign(voteSignBytes({ chainId: header.chainId, height, round: 0, blockId, time }));
  const address = header.proposerAddress;
  const commit = { height, round: 0, blockId, signatures: [{ flag: "commit", address, time, signature } as const] };
  return { height, header, headerHash, blockId, commit, transactions, execution };
}

/** Signs, records and commits the next block, as the sequencer does. */
export async function addBlock(store: Store, shape: Shape): Promise<CommittedBlock> {
  const block = nextBlock(store, shape);
  await store.recordSigned(block);
  await store.commit(block);
  return block;
}

/** The identity of a synthetic transaction. */
export const identityOf = (transaction: Uint8Array): Uint8Array => sha256(transaction);

/** The state key of a synthetic record. */
export function recordKey(height: number, index: number): Uint8Array {
  return encode([2, "synthetic", "record", `${height}/${index}`]);
}

/** The value bytes of a synthetic record. */
export function recordValue(text: string): Uint8Array {
  return encode([1, new Map<string, CborValue>([["text", text]])]);
}

function resultOf(transaction: Uint8Array, height: number, index: number, calls: number): TransactionResult {
  const identity = identityOf(transaction);
  const signaturesHash = sha256(identity);
  const key = [2, "synthetic", "record", `${height}/${index}`];
  const changes = Array.from({ length: calls }, (_, call) =>
    call === 0 ? [[key, sha256(textOf(height, index))] as const] : [],
  );
  const outcomeBytes = changes.map((ofCall, call) =>
    encodeOutcome({
      index: call,
      callHash: leafHash(concatBytes(transaction, Uint8Array.of(call))),
      verdict: "accepted",
      refusal: null,
      bundleHash: sha256(identity),
      changesRoot: changesRoot(ofCall),
    }),
  );
  const root = outcomesRoot(outcomeBytes);
  return {
    identity,
    signaturesHash,
    outcomeBytes,
    outcomesRoot: root,
    data: resultData(identity, signaturesHash, root),
    changes,
  };
}

/** Acts that each say that they removed a record. */
function actsOf(height: number, count: number): Pick<ExecutedBlock, "actions" | "actionChanges"> {
  const actionChanges = Array.from({ length: count }, (_, index) => [
    [[2, "synthetic", "lapsed", `${height}/${index}`], null] as const,
  ]);
  const actions = actionChanges.map((changes, index): LedgerAction => {
    const [due, bundleHash] = [genesis.time, sha256(Uint8Array.of(index))];
    const common = { index, due, contract: "synthetic", action: "lapse", name: `deadline/${index}`, bundleHash };
    return { ...common, verdict: "accepted", refusal: null, changesRoot: changesRoot(changes) };
  });
  return { actions, actionChanges };
}

const textOf = (height: number, index: number) => recordValue(`record ${height}/${index} `.repeat(3));

function executionOf(
  store: Store,
  height: number,
  results: readonly TransactionResult[],
): Omit<ExecutedBlock, "actions" | "actionChanges"> {
  const writes = new Map<string, StateWrite>();
  const write = (key: Uint8Array, value: Uint8Array | null) =>
    writes.set(Buffer.from(key).toString("hex"), [key, value]);
  for (const index of results.keys()) {
    write(recordKey(height, index), textOf(height, index));
    if (index % 3 !== 0) continue;
    if (store.state.get(recordKey(height - 2, index)))
      write(recordKey(height - 2, index), recordValue(`changed ${height}`));
    if (store.state.get(recordKey(height - 5, index))) write(recordKey(height - 5, index), null);
  }
  const bucket = Math.floor(height / 4) + FIRST_BUCKET;
  const identities = results.map(({ identity }) => [bucket, identity] as const);
  const droppedBuckets: number[] = [];
  const old = encode([8, bucket - 3]);
  if (store.state.get(old)) {
    droppedBuckets.push(bucket - 3);
    write(old, null);
  }
  if (results.length > 0) write(encode([8, bucket]), bucketValue(store, bucket, results));
  // First bucket that may be open, last that ever was: docs/spec/06-state.md.
  if (results.length > 0) write(REPLAY_KEY, encode([Math.max(FIRST_BUCKET, bucket - 2), bucket, 0]));
  return { results, writes: [...writes.values()], identities, droppedBuckets };
}

function bucketValue(store: Store, bucket: number, results: readonly TransactionResult[]): Uint8Array {
  const before = store.state.get(encode([8, bucket]));
  let [count, digest] = before ? readBucket(before) : [0, new Uint8Array(32) as Uint8Array];
  for (const { identity } of results) {
    count++;
    digest = sha256(concatBytes(digest, identity));
  }
  return encode([count, digest]);
}

function readBucket(value: Uint8Array): [number, Uint8Array] {
  // [count, digest], each below 2^16 entries in tests: 82, count, 58 20, digest.
  const digest = value.subarray(value.length - 32);
  const head = value[1] ?? 0;
  if (head < 24) return [head, digest];
  return [head === 24 ? (value[2] ?? 0) : (value[2] ?? 0) * 256 + (value[3] ?? 0), digest];
}
