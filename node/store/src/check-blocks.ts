import { equalBytes } from "@acta/bytes";
import {
  type Commit,
  commitChecks,
  commitHash,
  encodeBlock,
  equalBlockIds,
  type Header,
  hasTwoThirds,
  LightClientError,
  NO_BLOCK_ID,
  NO_COMMIT,
  partSet,
  sortValidators,
  totalPower,
  type Validator,
  validatorsHash,
} from "@acta/light-client";
import { verifyNative } from "@acta/native";
import { appHash, changesRoot, decodeOutcome, ProtocolError, parseGenesis } from "@acta/protocol";
import type { RecordChange, StoredBlock, TransactionResult } from "./block.ts";
import { BlockArchive } from "./block-archive.ts";
import type { RecordSummary } from "./check-records.ts";
import type { Database } from "./database.ts";
import { StoreError } from "./errors.ts";
import type { Findings } from "./finding.ts";

/**
 * Checks every block: by itself, as `BlockArchive` does when it is read; by the block before it (last block id, last
 * commit, app hash, time); by the votes of its validators; and its index entries. Each block that is wrong is named by its
 * height, and does not keep the others from being checked.
 */
export async function checkBlocks(
  database: Database,
  summary: RecordSummary,
  findings: Findings,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { genesis, last, log } = summary;
  // Without them there is nothing to hold blocks against, and both are named already.
  if (genesis === undefined || last === undefined || !summary.isLogWhole || log.size !== last.height) return;
  const archive = new BlockArchive({ get: database.get, log, last: () => last });
  const chain = new ChainCheck(validatorsOf(genesis.bytes), genesis.ledgerId, summary, findings);
  let entries = 0;
  let actions = 0;
  for (let height = 1; height <= last.height; height++) {
    await findings.try(() => {
      const block = archive.block(height);
      if (block === undefined) return;
      chain.next(block);
      entries += checkIndex(archive, block, findings);
      actions += checkActionIndex(archive, block, findings);
    });
    onProgress(height, last.height);
    // Long ledgers: let others have a turn.
    if (height % BLOCKS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  if (!findings.hasDamage && entries !== summary.identities) {
    findings.damage(
      "index of transactions",
      `it has ${summary.identities} entries, the blocks ${entries} transactions`,
    );
  }
  if (!findings.hasDamage && actions !== summary.actions)
    findings.damage("index of acts", `it has ${summary.actions} entries, the blocks ${actions} acts of the ledger`);
}

const BLOCKS_AT_ONCE = 64;

function validatorsOf(genesis: Uint8Array): Validator[] {
  return sortValidators(
    parseGenesis(genesis).validators.map(({ algorithm, publicKey, power }) => ({ algorithm, publicKey, power })),
  );
}

/** Follows the chain from block to block. */
class ChainCheck {
  readonly #validators: readonly Validator[];
  readonly #ledgerId: Uint8Array;
  readonly #summary: RecordSummary;
  readonly #findings: Findings;
  #before: StoredBlock | undefined;

  constructor(validators: readonly Validator[], ledgerId: Uint8Array, summary: RecordSummary, findings: Findings) {
    this.#validators = validators;
    this.#ledgerId = ledgerId;
    this.#summary = summary;
    this.#findings = findings;
  }

  next(block: StoredBlock): void {
    const before = this.#before;
    this.#before = block;
    this.#parts(block, before);
    this.#votes(block);
    this.#changes(block);
    if (block.height === 1) this.#link(block, undefined);
    else if (before?.height === block.height - 1) this.#link(block, before);
  }

  /** What the header says of the block before it. */
  #link({ height, header }: StoredBlock, before: StoredBlock | undefined): void {
    const lastCommit = before?.commit ?? NO_COMMIT;
    this.#expect(
      equalBlockIds(header.lastBlockId, before?.blockId ?? NO_BLOCK_ID),
      height,
      "its last block id is another",
    );
    this.#expect(
      equalBytes(header.lastCommitHash, commitHash(lastCommit.signatures)),
      height,
      "its last commit hash is not that of the commit stored before it",
    );
    if (before === undefined) return;
    const logRoot = this.#summary.log.root(before.height);
    const expected = appHash(this.#ledgerId, before.stateRoot, logRoot, before.height);
    this.#expect(
      equalBytes(header.appHash, expected),
      height,
      "its app hash does not follow from state and log before it",
    );
  }

  /** The part set in the block's id, which nothing but the votes covers. */
  #parts({ height, header, transactions, blockId }: StoredBlock, before: StoredBlock | undefined): void {
    if (height > 1 && before?.height !== height - 1) return;
    const bytes = encodeBlock({ header, transactions, lastCommit: before?.commit ?? NO_COMMIT });
    const parts = partSet(bytes);
    const isSame = parts.total === blockId.parts.total && equalBytes(parts.hash, blockId.parts.hash);
    this.#expect(isSame, height, "its part set is not that of its bytes");
  }

  #votes({ height, header, commit, blockId }: StoredBlock): void {
    if (!this.#hasKnownSet(header, height)) return;
    this.#expect(equalBlockIds(commit.blockId, blockId), height, "its commit is for another block id");
    const what = faultOfVotes(commit, header, this.#validators);
    if (what !== undefined) this.#findings.damage(`commit of block ${height}`, what);
  }

  #hasKnownSet(header: Header, height: number): boolean {
    const isKnown = equalBytes(header.validatorsHash, validatorsHash(this.#validators));
    this.#expect(isKnown, height, "its validators are not those of the genesis");
    return isKnown;
  }

  #changes({ height, results, actions, actionChanges }: StoredBlock): void {
    for (const { index, changesRoot: root } of actions)
      this.#expect(
        areChangesOf(root, actionChanges[index]),
        height,
        `the record changes of act ${index} are not its own`,
      );
    for (const [index, result] of results.entries()) {
      this.#expect(
        hasItsChanges(result),
        height,
        `the record changes of transaction ${index} are not those of its outcomes`,
      );
    }
  }

  #expect(condition: boolean, height: number, what: string): void {
    if (!condition) this.#findings.damage(`block ${height}`, what);
  }
}

/** What is wrong with the votes of a commit, or undefined. */
function faultOfVotes(
  commit: Commit,
  { chainId, height }: Header,
  validators: readonly Validator[],
): string | undefined {
  if (commit.height !== height) return "it is for another height";
  try {
    const checks = commitChecks(commit, chainId, validators);
    if (!checks.every(verifyNative)) return "a vote's signature is wrong";
  } catch (error) {
    if (error instanceof LightClientError) return error.message;
    throw error;
  }
  const voted = validators.filter((_, index) => commit.signatures[index]?.flag === "commit");
  return hasTwoThirds(totalPower(voted), totalPower(validators)) ? undefined : "its votes are no quorum";
}

function hasItsChanges({ outcomeBytes, changes }: TransactionResult): boolean {
  return outcomeBytes.every((bytes, index) => {
    try {
      return areChangesOf(decodeOutcome(bytes).changesRoot, changes[index]);
    } catch (error) {
      if (error instanceof ProtocolError) return false;
      throw error;
    }
  });
}

function areChangesOf(root: Uint8Array | null, changes: readonly RecordChange[] = []): boolean {
  return root === null ? changes.length === 0 : equalBytes(root, changesRoot(changes));
}

/** Checks the index entries of a block's transactions and gives their number. */
function checkIndex(archive: BlockArchive, { height, results }: StoredBlock, findings: Findings): number {
  for (const [index, { identity }] of results.entries()) {
    const place = refusedIn(findings, () => archive.find(identity));
    if (place?.height === height && place.index === index) continue;
    findings.damage(`block ${height}, transaction ${index}`, "the index of transactions does not lead to it");
  }
  return results.length;
}

/** Checks the index entries of what the ledger did by itself in a block, and gives their number. */
function checkActionIndex(archive: BlockArchive, { height, actions }: StoredBlock, findings: Findings): number {
  for (const action of actions) {
    if (refusedIn(findings, () => archive.findAction(action, height)) === action.index) continue;
    findings.damage(`block ${height}, act ${action.index}`, "the index of acts does not lead to it");
  }
  return actions.length;
}

/** What an index gives; undefined where it refuses, which is a finding. */
function refusedIn<T>(findings: Findings, find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    findings.refused(error);
    return undefined;
  }
}
