import { equalBytes, toHex } from "@acta/bytes";
import type { IdentityReader, StateReader } from "@acta/ledger";
import { headerHash, resultsHash } from "@acta/light-client";
import { HistoryLog, leafHash, type StateTree, type TreeProof, treeProof } from "@acta/merkle";
import { actionsRoot, appHash, ledgerId, logEntry } from "@acta/protocol";
import { findActions, type PlaceRange } from "./action-index.ts";
import type {
  CommittedBlock,
  ExecutedBlock,
  LastBlock,
  Roots,
  StateWrite,
  StoredBlock,
  StoredHeader,
} from "./block.ts";
import { BlockArchive, type Place } from "./block-archive.ts";
import { decodeCommitRecord } from "./block-records.ts";
import { commitBatch, genesisBatch } from "./commit-batch.ts";
import type { Database } from "./database.ts";
import { damaged, StoreError } from "./errors.ts";
import { actionRange, bucketRange, type DeadlineName, FAMILY, familyKey, heightKey, META } from "./keys.ts";
import { decodeLastRecord, type LastRecord } from "./last-record.ts";
import type { LevelChange } from "./level.ts";
import type { OpenBuckets } from "./open-buckets.ts";
import type { QuickFiles } from "./quick/quick-files.ts";
import { pairsOf } from "./quick/quick-format.ts";
import type { SignedBlock, SignGuard } from "./sign-guard.ts";
import type { Contents } from "./start.ts";
import { type HashedWrite, hashWrites, StateValues } from "./state-values.ts";
import type { TableWatch } from "./table-watch.ts";

/** A block's execution under its header: what state root and log entry follow from. */
export type Staging = {
  readonly height: number;
  readonly headerHash: Uint8Array;
  readonly execution: ExecutedBlock;
};

/** What a store is opened with beside its directory. */
export type StoreParts = {
  readonly database: Database;
  readonly guard: SignGuard;
  readonly contents: Contents;
  readonly quick: QuickFiles;
  readonly tables: TableWatch;
  /** Most bytes of state values kept at hand. */
  readonly cacheBytes: number;
  /** Called when the genesis is durable. */
  readonly onGenesis: (ledgerId: Uint8Array) => Promise<void>;
};

/**
 * One ledger's blocks and state on disk. Reads answer from the newest durable block, are synchronous, and check what they
 * give out; all throw StoreError `damaged` rather than serve what was not written. One writer, one commit at a time.
 *
 * Made by `openStore`. All methods may be passed on without their object.
 */
export class Store {
  /** The state after the newest block. */
  readonly state: StateReader;
  /** Transactions of class one that were entered and have not expired. */
  readonly identities: IdentityReader;
  /** The state tree after the newest block. Do not write to it: `stage` and `commit` do. */
  readonly tree: StateTree;
  /** The history log after the newest block. Do not append to it. */
  readonly log: HistoryLog;
  /** The block of a height, checked against log, header and the next header; undefined beyond the newest. */
  readonly block: (height: number) => StoredBlock | undefined;
  /** The header of a height with its roots, checked against the log; undefined beyond the newest. */
  readonly header: (height: number) => StoredHeader | undefined;
  /** Where a transaction was entered, or undefined. */
  readonly findTransaction: (identity: Uint8Array) => Place | undefined;
  /** Where a deadline of a contract passed, the earliest first: at most `most` places from the height `from` on. */
  readonly findActions: (deadline: DeadlineName, range: Pick<PlaceRange, "from" | "most">) => Promise<readonly Place[]>;
  /** Reads the values of keys (CBOR [space, …]) into memory, off the main thread, before a block needs them. */
  readonly prefetch: (keys: readonly Uint8Array[]) => Promise<void>;

  /** Rejects with StoreError `damaged` where damage is found behind the open store: stop then. Never resolves. */
  readonly failed: Promise<never>;

  readonly #database: Database;
  readonly #guard: SignGuard;
  readonly #values: StateValues;
  readonly #archive: BlockArchive;
  readonly #buckets: OpenBuckets;
  readonly #quick: QuickFiles;
  readonly #tables: TableWatch;
  readonly #onGenesis: (ledgerId: Uint8Array) => Promise<void>;
  #genesis: Contents["genesis"];
  #record: LastRecord | undefined;
  #last: LastBlock | undefined;
  #staged: StagedBlock | undefined;
  #isWriting = false;
  #isClosed = false;

  constructor({ database, guard, contents, quick, tables, cacheBytes, onGenesis }: StoreParts) {
    this.#database = database;
    this.#guard = guard;
    this.#quick = quick;
    this.#tables = tables;
    this.failed = tables.failed;
    this.#onGenesis = onGenesis;
    this.tree = contents.tree;
    this.log = contents.log;
    this.#buckets = contents.buckets;
    this.#genesis = contents.genesis;
    this.#record = contents.last;
    this.#values = new StateValues(this.tree, { get: database.getSealed, getMany: database.getManySealed }, cacheBytes);
    this.#archive = new BlockArchive({ get: database.get, log: this.log, last: () => this.#getRecord() });
    this.state = { get: this.#values.get, find: this.#values.find };
    this.identities = { has: this.#buckets.has };
    this.block = this.#archive.block;
    this.header = this.#archive.header;
    this.findTransaction = this.#find;
    this.findActions = this.#findActions;
    this.prefetch = this.#values.prefetch;
    this.#last = this.#readLast();
  }

  /** The genesis bytes, or undefined before `initialise`. */
  get genesisBytes(): Uint8Array | undefined {
    return this.#genesis?.bytes;
  }

  /** The height of the newest block; 0 before the first. */
  get height(): number {
    return this.#record?.height ?? 0;
  }

  /** The newest block with what the next one needs, or undefined before the first. */
  get last(): LastBlock | undefined {
    return this.#last;
  }

  /** State root, log root and app hash after the newest block, after the genesis before the first. */
  get roots(): Roots {
    const { stateRoot, logRoot, appHash: hash } = this.#getRecord();
    return { stateRoot, logRoot, appHash: hash };
  }

  /** Stores the genesis and the state before the first block. Throws StoreError `out-of-order` when there is one. */
  readonly initialise = async (genesis: Uint8Array, writes: readonly StateWrite[]): Promise<void> => {
    if (this.#record !== undefined)
      throw outOfOrder("genesis", "the store has one already", "Open an empty directory.");
    const ledger = ledgerId(genesis);
    const hashed = hashWrites(writes);
    const stateRoot = this.#stageTree(hashed);
    const logRoot = this.log.root();
    const none = new Uint8Array(0);
    const record: LastRecord = {
      height: 0,
      headerHash: none,
      stateRoot,
      logRoot,
      appHash: appHash(ledger, stateRoot, logRoot, 0),
      resultsHash: resultsHash([]),
      isSigned: false,
    };
    await this.#write(genesisBatch(genesis, hashed, record), "genesis", () => {
      this.tree.commit();
      this.#values.applied(hashed);
      this.#genesis = { bytes: genesis, ledgerId: ledger };
      this.#record = record;
    });
    this.#quick.rewrite(ledger, 0, this.tree, this.log);
    await this.#onGenesis(ledger);
  };

  /**
   * The roots after a block that follows the newest, before it is committed: `commit` of the same execution then spares
   * the work. Staging another block, or a failed commit, forgets it.
   */
  readonly stage = ({ height, headerHash: hash, execution }: Staging): Roots => {
    const record = this.#getRecord();
    if (height !== record.height + 1) {
      throw outOfOrder(`block ${height}`, `the newest block is ${record.height}`, "Stage the one that follows it.");
    }
    const writes = hashWrites(execution.writes);
    const stateRoot = this.#stageTree(writes);
    const entry = logEntry(height, hash, execution.actions.length, actionsRoot(execution.actions));
    const log = HistoryLog.from(this.log.edge());
    log.append(entry);
    const logRoot = log.root();
    const roots = { stateRoot, logRoot, appHash: appHash(this.#getGenesis().ledgerId, stateRoot, logRoot, height) };
    this.#staged = { execution, headerHash: hash, writes, entry, roots };
    return roots;
  };

  /**
   * Makes a block durable: one batch, on the disk when it resolves, and then seen by all reads at once.
   *
   * Throws StoreError `out-of-order` for a block that does not follow, is not the one that was signed, or has other roots
   * than its execution gives; `disk-full` or `io` where the disk refused: then nothing has changed, reads go on, and the
   * same block may be committed later.
   */
  readonly commit = async (block: CommittedBlock): Promise<void> => {
    this.#tables.assertWhole();
    this.#assertFollows(block);
    if (this.#database.mustReopen) await this.#reopenFor(block);
    const staged = this.#stagedFor(block);
    const record = this.#recordOf(block, staged);
    const batch = commitBatch({
      block,
      writes: staged.writes,
      roots: staged.roots,
      logEntry: staged.entry,
      last: record,
    });
    await this.#write(batch, `block ${block.height}`, () => this.#apply(block, staged, record));
    for (const bucket of block.execution.droppedBuckets) await this.#database.clear(bucketRange(bucket));
  };

  /** The newest block that this node voted for, or undefined. */
  readonly lastSigned = (): SignedBlock | undefined => this.#guard.last;

  /**
   * Makes a vote durable with the whole block that it is for. Only when this has resolved may anyone see the signature;
   * commit the block then. The same block again changes nothing.
   *
   * Throws StoreError `out-of-order` for a height that is not the next or was signed for another block, `disk-full` or
   * `io` where it could not be written: then the signature must not be shown, and the same block may be recorded later.
   */
  readonly recordSigned = async (block: SignedBlock): Promise<void> => {
    const where = `signature of block ${block.height}`;
    if (block.height !== this.height + 1) {
      throw outOfOrder(where, `the newest block is ${this.height}`, "Sign the one that follows it.");
    }
    if (!equalBytes(headerHash(block.header), block.commit.blockId.hash)) {
      throw outOfOrder(where, "the commit is for another header", "Record the vote for the block beside it.");
    }
    await this.#guard.record(block);
  };

  /**
   * The block that was signed but not committed, after a crash or a full disk: exactly this one must be executed and
   * committed, and no other of its height ever signed. Undefined when there is none.
   */
  readonly pendingCandidate = (): SignedBlock | undefined =>
    this.#guard.last?.height === this.height + 1 ? this.#guard.last : undefined;

  /** Proves presence or absence of state keys (CBOR [space, …]) after the newest block, with their values. */
  readonly proveState = (
    keys: readonly Uint8Array[],
  ): Roots & { readonly height: number; readonly proof: TreeProof } => {
    const proof = treeProof(
      this.tree,
      keys.map((key) => [key, this.state.get(key) ?? null] as const),
    );
    return { ...this.roots, height: this.height, proof };
  };

  /** Closes the database and lets go of its lock. A commit that is under way is waited for by its caller. */
  readonly close = async (): Promise<void> => {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#tables.close();
    await this.#quick.close();
    await this.#database.close();
    await this.#guard.close();
  };

  // Nothing but whole tables says that no entry of an index is missing.
  readonly #find = (identity: Uint8Array): Place | undefined => {
    const place = this.#archive.find(identity);
    if (place === undefined) this.#tables.assertAbsent(familyKey(FAMILY.identity, identity));
    return place;
  };

  readonly #findActions: Store["findActions"] = async (deadline, range) => {
    const { gte, lt } = actionRange(deadline, range.from);
    this.#tables.assertAbsent(gte, lt);
    return findActions(this.#database, this.#archive, deadline, { ...range, to: this.height });
  };

  #apply(block: CommittedBlock, { writes, entry, roots }: StagedBlock, record: LastRecord): void {
    const { height, header, headerHash: hash, blockId, commit, transactions, execution } = block;
    this.tree.commit();
    this.log.append(entry);
    this.#values.applied(writes);
    this.#quick.append({ height, logLeaf: leafHash(entry), pairs: pairsOf(writes) });
    for (const [bucket, identity] of execution.identities) this.#buckets.add(bucket, identity);
    for (const bucket of execution.droppedBuckets) this.#buckets.drop(bucket);
    this.#staged = undefined;
    this.#record = record;
    this.#last = { ...roots, height, header, headerHash: hash, blockId, commit, resultsHash: record.resultsHash };
    const { results, actions, actionChanges } = execution;
    const { stateRoot } = roots;
    const root = actionsRoot(actions);
    this.#archive.keep({
      height,
      header,
      headerHash: hash,
      blockId,
      commit,
      transactions,
      results,
      actions,
      actionChanges,
      actionsRoot: root,
      stateRoot,
    });
  }

  async #write(changes: LevelChange[], where: string, apply: () => void): Promise<void> {
    if (this.#isWriting) throw outOfOrder(where, "another block is being written", "Commit one block at a time.");
    this.#isWriting = true;
    this.#values.beginWrites();
    try {
      await this.#database.write(changes, where, apply);
    } catch (error) {
      this.#forgetStaged();
      throw error;
    } finally {
      this.#isWriting = false;
    }
  }

  // The failed batch may lie in the log whole after all: then only the very same block may follow.
  async #reopenFor(block: CommittedBlock): Promise<void> {
    const bytes = block.transactions.reduce((sum, { length }) => sum + length, 0);
    await this.#database.reopen(ROOM_FACTOR * bytes + LEAST_ROOM, `block ${block.height}`);
    const value = this.#database.get(META.last);
    const found = value && decodeLastRecord(value);
    if (found === undefined) throw damaged("record of the last block", "it is gone");
    const isUnchanged = found.height === this.height;
    const isSame = found.height === block.height && equalBytes(found.headerHash, block.headerHash);
    if (isUnchanged || isSame) return;
    const what = `another block ${found.height} was written although its commit seemed to fail`;
    throw outOfOrder(`block ${block.height}`, what, "Stop the node and start it again.");
  }

  #stagedFor(block: CommittedBlock): StagedBlock {
    const { height, headerHash: hash, execution } = block;
    let staged = this.#staged;
    if (staged?.execution !== execution || !equalBytes(staged.headerHash, hash)) {
      this.stage({ height, headerHash: hash, execution });
      staged = this.#staged;
    }
    if (staged === undefined) throw new Error("A block was staged and is not there."); // stage() sets it
    this.#assertRoots(block, staged.roots);
    return staged;
  }

  #recordOf({ height, headerHash: hash, execution }: CommittedBlock, { roots }: StagedBlock): LastRecord {
    return {
      ...roots,
      height,
      headerHash: hash,
      resultsHash: resultsHash(execution.results.map(({ data }) => ({ code: 0, data }))),
      isSigned: this.#guard.last?.height === height,
    };
  }

  #assertFollows({ height, header, headerHash: hash, commit }: CommittedBlock): void {
    const where = `block ${height}`;
    if (height !== this.height + 1) {
      throw outOfOrder(where, `the newest block is ${this.height}`, "Commit the one that follows it.");
    }
    if (!equalBytes(headerHash(header), hash) || !equalBytes(commit.blockId.hash, hash)) {
      throw outOfOrder(
        where,
        "its header, hash and commit do not belong together",
        "Commit a block as it was voted for.",
      );
    }
    if (!equalBytes(header.appHash, this.#getRecord().appHash)) {
      throw outOfOrder(where, "its header has another app hash than the newest block left", "Build it on that block.");
    }
    const signed = this.#guard.last;
    if (signed?.height !== height || equalBytes(signed.headerHash, hash)) return;
    throw outOfOrder(where, "another block of this height was signed", "Commit the signed one: pendingCandidate.");
  }

  #assertRoots(block: CommittedBlock, roots: Roots): void {
    for (const name of ["stateRoot", "logRoot", "appHash"] as const) {
      const given = block[name];
      if (given === undefined || equalBytes(given, roots[name])) continue;
      const what = `its ${name} is ${toHex(given)}, but its execution gives ${toHex(roots[name])}`;
      throw outOfOrder(`block ${block.height}`, what, "This is a fault of the state machine: stop the node.");
    }
  }

  #stageTree(writes: readonly HashedWrite[]): Uint8Array {
    this.#forgetStaged();
    return this.tree.update(writes.map(({ keyHash, valueHash }) => [keyHash, valueHash] as const));
  }

  #forgetStaged(): void {
    this.tree.rollback();
    this.#staged = undefined;
  }

  #readLast(): LastBlock | undefined {
    if (this.#record === undefined || this.#record.height === 0) return undefined;
    const { height, resultsHash: results, stateRoot, logRoot, appHash: hash } = this.#record;
    const header = this.#archive.header(height);
    const commit = this.#database.get(heightKey(FAMILY.commit, height));
    if (header === undefined || commit === undefined) throw damaged(`block ${height}`, "its header or commit is gone");
    if (!equalBytes(header.headerHash, this.#record.headerHash)) {
      throw damaged(`header of block ${height}`, "it is not the one recorded as the last");
    }
    const block = { height, header: header.header, headerHash: header.headerHash, blockId: header.blockId };
    return { ...block, commit: decodeCommitRecord(commit), resultsHash: results, stateRoot, logRoot, appHash: hash };
  }

  #getRecord(): LastRecord {
    if (this.#record !== undefined) return this.#record;
    throw outOfOrder("store", "it has no genesis yet", "Call initialise first.");
  }

  #getGenesis(): NonNullable<Contents["genesis"]> {
    if (this.#genesis !== undefined) return this.#genesis;
    throw outOfOrder("store", "it has no genesis yet", "Call initialise first.");
  }
}

type StagedBlock = {
  readonly execution: ExecutedBlock;
  readonly headerHash: Uint8Array;
  readonly writes: readonly HashedWrite[];
  readonly entry: Uint8Array;
  readonly roots: Roots;
};

// Outcomes, state and indexes beside the transactions, roughly.
const ROOM_FACTOR = 4;
const LEAST_ROOM = 1 << 20;

function outOfOrder(where: string, what: string, remedy: string): StoreError {
  return new StoreError("out-of-order", { where, what, remedy });
}
