import { equalBytes, toHex } from "@acta/bytes";
import { decodeRecord } from "@acta/contract";
import { ALGORITHM } from "@acta/crypto";
import { institutions, recordKey } from "@acta/ledger";
import { type CommitProof, proveCommit, resultLeaf } from "@acta/light-client";
import { type ListTree, leafHash, listTree } from "@acta/merkle";
import {
  buildActed,
  buildStateProof,
  buildTrustFile,
  byCommit,
  DEFAULT_PERIOD_SECONDS,
  decodeOutcome,
  type Link,
  parseTransaction,
  type Renewal,
  receiptsOf,
  type Transaction,
  type Trusted,
} from "@acta/protocol";
import type { Store, StoredBlock } from "@acta/store";
import type { Chain } from "./sequencer/chain.ts";

/** Cuts proofs out of what is durable. */
export type Proofs = {
  /** The receipt of one call, or undefined while the header after its block is missing. Throws RangeError for no such transaction. */
  readonly receipt: (
    place: { readonly height: number; readonly index: number },
    call: number,
  ) => Uint8Array | undefined;
  /** The proof of one act of the ledger itself, or undefined while the header after its block is missing. Throws RangeError for no such act. */
  readonly acted: (place: { readonly height: number; readonly index: number }) => Uint8Array | undefined;
  /** The state proof at the newest state, once `reached` says that the header that covers it is there; undefined where it does not come. */
  readonly stateProof: (
    keys: readonly Uint8Array[],
    reached: (height: number) => Promise<boolean>,
  ) => Promise<Uint8Array | undefined>;
  readonly trustFile: (nowSeconds: number) => Uint8Array;
  /**
   * What a proof that rests on the header of `height` is renewed by (FORMATS §7): a link to the newest header with its
   * votes, or to the app hash after a height. Undefined where nothing is there yet to link to, or the height lies before.
   */
  readonly renewal: (height: number, to: number | "newest") => Renewal | undefined;
};

/** Transactions whose paths are kept at hand: receipts of one are asked for in a row. */
const REMEMBERED = 64;
/** The end of 2099: until then every suite is listed as believed in files that this release exports. */
const SUITE_UNTIL = 4_102_444_799;

/** Proofs of an embedded chain. */
export function createProofs(chain: Chain, store: Store): Proofs {
  const makers = new Map<string, (call: number) => Uint8Array>();

  function makerOf(place: {
    readonly height: number;
    readonly index: number;
  }): ((call: number) => Uint8Array) | undefined {
    const name = `${place.height}/${place.index}`;
    const known = makers.get(name);
    if (known !== undefined) return known;
    const block = store.block(place.height);
    const trusted = trustedAt(chain, store, place.height + 1);
    if (block === undefined || trusted === undefined) return undefined;
    const maker = receiptMaker(store, block, place.index, trusted);
    for (const oldest of makers.keys()) {
      if (makers.size < REMEMBERED) break;
      makers.delete(oldest);
    }
    makers.set(name, maker);
    return maker;
  }

  return {
    receipt: (place, call) => makerOf(place)?.(call),
    acted: (place) => actedProof(chain, store, place),
    async stateProof(keys, reached) {
      // The path is cut now; the header that covers it may still have to come.
      const { proof, stateRoot, height } = store.proveState(keys);
      const covering = coveringHeight(store, stateRoot, height);
      if (!(await reached(covering))) return undefined;
      const trusted = trustedAt(chain, store, covering);
      if (trusted === undefined) throw new Error(`Block ${covering} is durable and cannot be read.`);
      return buildStateProof({ tree: proof, logRoot: store.log.root(covering - 1), trusted });
    },
    trustFile: (nowSeconds) => trustFileOf(chain, store, nowSeconds),
    renewal: (height, to) => (to === "newest" ? renewalToNewest(chain, store, height) : renewalTo(store, height, to)),
  };
}

function renewalToNewest(chain: Chain, store: Store, height: number): Renewal | undefined {
  const newest = store.last;
  // A header carries the app hash after the block before it.
  const link = newest && linkBetween(store, height, newest.height - 1);
  return newest && link && { link, header: newest.header, commit: proveCommit(newest.commit, [chain.validator]) };
}

function renewalTo(store: Store, height: number, target: number): Renewal | undefined {
  const link = linkBetween(store, height, target);
  return link && { link, height: target };
}

/** From the log entry of a block to the app hash after the block of `target`. */
function linkBetween(store: Store, height: number, target: number): Link | undefined {
  if (height < 1 || target < height || target > store.height) return undefined;
  const [from, to] = [store.header(height), store.header(target)];
  if (from === undefined || to === undefined)
    throw new Error(`Blocks ${height} and ${target} are durable and cannot be read.`);
  const { actionCount, actionsRoot } = from;
  return { actionCount, actionsRoot, logPath: store.log.path(height - 1, target), stateRoot: to.stateRoot };
}

/** The height whose header carries this state root: an empty block leaves the root alone, so its own header does. */
function coveringHeight(store: Store, stateRoot: Uint8Array, height: number): number {
  const before = store.header(height - 1);
  return before !== undefined && equalBytes(before.stateRoot, stateRoot) ? height : height + 1;
}

function trustedAt(chain: Chain, store: Store, height: number): Trusted | undefined {
  const block = height === store.last?.height ? store.last : store.block(height);
  if (block === undefined) return undefined;
  const proof: CommitProof = proveCommit(block.commit, [chain.validator]);
  return byCommit(block.header, proof);
}

function actedProof(
  chain: Chain,
  store: Store,
  { height, index }: { readonly height: number; readonly index: number },
): Uint8Array | undefined {
  const block = store.block(height);
  const trusted = trustedAt(chain, store, height + 1);
  if (block === undefined || trusted === undefined) return undefined;
  const { header, actions, stateRoot } = block;
  if (actions[index] === undefined)
    throw new RangeError(`In block ${height} the ledger did nothing of number ${index}.`);
  // The header that follows carries the app hash after the block: state root and log root at the block's own height.
  const logPath = store.log.path(height - 1, height);
  return buildActed({ header, actions, actionIndex: index, logPath, stateRoot, trusted });
}

function receiptMaker(store: Store, block: StoredBlock, index: number, trusted: Trusted): (call: number) => Uint8Array {
  const bytes = block.transactions[index];
  const result = block.results[index];
  if (bytes === undefined || result === undefined)
    throw new RangeError(`Block ${block.height} has no transaction ${index}.`);
  const transaction = parseTransaction(bytes, { maxBytes: bytes.length, maxCalls: Number.MAX_SAFE_INTEGER });
  return receiptsOf({
    transaction,
    keys: registeredKeys(store, transaction),
    outcomes: result.outcomeBytes.map(decodeOutcome),
    result: { index, tree: resultTreeOf(block) },
    trusted,
  });
}

// As long as the store keeps the block at hand: the receipts of a block are asked for one after another.
const resultTrees = new WeakMap<StoredBlock, ListTree>();

function resultTreeOf(block: StoredBlock): ListTree {
  const known = resultTrees.get(block);
  if (known !== undefined) return known;
  const tree = listTree(block.results.map(({ data }) => leafHash(resultLeaf({ code: 0, data }))));
  resultTrees.set(block, tree);
  return tree;
}

/** Public keys of the registered signers, in payload order. The state keeps every key that ever was in force. */
function registeredKeys(store: Store, { payload, signatures }: Transaction): Uint8Array[] {
  const { fields } = institutions.records.party;
  return payload.signers.flatMap((signer, index) => {
    if (signer.kind === "stranger") return [];
    const value = store.state.get(recordKey(institutions.name, "party", [signer.party]).bytes);
    const keyId = toHex(signatures[index]?.keyId ?? new Uint8Array(0));
    const key = value && decodeRecord(fields, value).values.keys.find((each) => each.keyId === keyId);
    if (!key) throw new Error(`The state no longer has the key ${keyId} that signed an entered transaction.`);
    return [key.key];
  });
}

function trustFileOf({ genesis, ledgerId, opening, validator }: Chain, store: Store, nowSeconds: number): Uint8Array {
  const anchor = store.header(store.height - 1);
  const next = store.last;
  if (anchor === undefined || next === undefined)
    throw new Error("The ledger has no two blocks yet, so nothing can be anchored.");
  const institution = genesis.validators[0]?.institution ?? "";
  return buildTrustFile({
    ledgerId,
    name: genesis.name,
    origin: genesis.origin,
    development: genesis.development,
    demo: genesis.demo,
    issued: nowSeconds,
    period: DEFAULT_PERIOD_SECONDS,
    anchor: { height: anchor.height, appHash: next.header.appHash, time: anchor.header.time.seconds },
    epochs: [
      {
        number: 0,
        base: 0,
        lastHeader: opening.lastHeader,
        appHash: opening.appHash,
        time: opening.time,
        sets: [{ from: 1, validators: [{ ...validator, institution }] }],
        closed: undefined,
      },
    ],
    suites: Object.values(ALGORITHM).map((algorithm) => ({ algorithm, until: SUITE_UNTIL })),
  });
}
