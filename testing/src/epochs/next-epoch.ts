import { utf8Encode } from "@acta/bytes";
import { ALGORITHM, sha256 } from "@acta/crypto";
import {
  NO_BLOCK_ID,
  NO_COMMIT,
  proveCommit,
  resultsHash,
  sortValidators,
  timeAfter,
  validatorsHash,
} from "@acta/light-client";
import { HistoryLog } from "@acta/merkle";
import { ed25519Signer } from "@acta/native";
import {
  actionsRoot,
  appHash,
  buildTrustFile,
  chainId,
  DEFAULT_PERIOD_SECONDS,
  firstOpening,
  type Genesis,
  ledgerId,
  logEntry,
  type Opening,
  parseGenesis,
  type Renewal,
} from "@acta/protocol";
import type { Store } from "@acta/store";
import type { ClosedEpoch } from "./close-epoch.ts";
import { type SignedBlock, signEmptyBlock, type VotingKey, validatorOf } from "./signed-block.ts";

/** The second epoch of a ledger, kept by several validators: what a verifier believes from now on, and its new headers. */
export type NextEpoch = {
  /** Lists both epochs; its anchor lies in the second. */
  readonly trust: Uint8Array;
  /** Leads from the header of a height in the first epoch to the newest of the second. */
  readonly renewal: (height: number) => Renewal;
};

const INSTITUTIONS = ["Registry", "Court", "Bank", "University"] as const;
const BLOCKS = 3;

/**
 * Opens the epoch after one that was closed: the ledger grows from one validator to four. The chain begins at header
 * height 1 with an empty block and the old app hash (docs/spec, 3.2); state and log go on.
 */
export function openNextEpoch(store: Store, closed: ClosedEpoch): NextEpoch {
  const keys = INSTITUTIONS.map((name): VotingKey => ed25519Signer(sha256(utf8Encode(`next epoch ${name}`))));
  const validators = sortValidators(keys.map(validatorOf));
  const genesis = parseGenesis(closed.genesisBytes);
  const opening: Opening = {
    ledgerId: ledgerId(closed.genesisBytes),
    epoch: 1,
    base: closed.lastHeight,
    lastHeader: closed.closing.headerHash,
    appHash: closed.appHash,
    // Later than the last block: a whole second, as that of every first block.
    time: closed.closing.header.time.seconds + 1,
    validatorsHash: validatorsHash(validators),
  };
  const log = logOf(store);
  const blocks = chainOf(opening, genesis.name, keys, { log, stateRoot: closed.stateRoot });
  const newest = blocks.at(-1) as SignedBlock; // there are some
  return {
    trust: trustOf(closed, opening, genesis, keys, blocks),
    renewal(height) {
      const from = store.header(height);
      if (from === undefined) throw new RangeError(`There is no block ${height}.`);
      const { actionCount, actionsRoot: root } = from;
      const size = opening.base + newest.header.height - 1;
      const link = { actionCount, actionsRoot: root, logPath: log.path(height - 1, size), stateRoot: closed.stateRoot };
      return { link, header: newest.header, commit: proveCommit(newest.commit, validators) };
    },
  };
}

/** The history log of a store, to go on with. */
function logOf(store: Store): HistoryLog {
  const log = HistoryLog.empty();
  for (let height = 1; height <= store.height; height++) {
    const header = store.header(height);
    if (header === undefined) throw new Error(`Block ${height} is durable and cannot be read.`);
    log.append(logEntry(height, header.headerHash, header.actionCount, header.actionsRoot));
  }
  return log;
}

/** The first blocks of an epoch, all of them empty; each is appended to the log. */
function chainOf(
  opening: Opening,
  name: string,
  keys: readonly VotingKey[],
  { log, stateRoot }: { readonly log: HistoryLog; readonly stateRoot: Uint8Array },
): readonly SignedBlock[] {
  const blocks: SignedBlock[] = [];
  let time = { seconds: opening.time, nanoseconds: 0 };
  for (let height = 1; height <= BLOCKS; height++) {
    const last = blocks.at(-1);
    const before = opening.base + height - 1;
    const block = signEmptyBlock(
      {
        chainId: chainId(name, opening),
        height,
        time,
        lastBlockId: last?.blockId ?? NO_BLOCK_ID,
        lastCommit: last?.commit ?? NO_COMMIT,
        appHash: appHash(opening.ledgerId, stateRoot, log.root(), before),
        lastResultsHash: resultsHash([]),
      },
      keys,
      timeAfter(time, 1_000_000),
    );
    blocks.push(block);
    log.append(logEntry(before + 1, block.headerHash, 0, actionsRoot([])));
    time = timeAfter(time, 1_000_000);
  }
  return blocks;
}

function trustOf(
  { genesisBytes, lastHeight, appHash: lastAppHash, key }: ClosedEpoch,
  { base, lastHeader, appHash: opened, time }: Opening,
  genesis: Genesis,
  keys: readonly VotingKey[],
  [first, second]: readonly SignedBlock[],
): Uint8Array {
  if (first === undefined || second === undefined) throw new Error("The epoch has no two blocks.");
  const { ledgerId: id, ...opening } = firstOpening(genesisBytes);
  const { name, origin, development, demo } = genesis;
  const named = keys.map((each, index) => ({ ...validatorOf(each), institution: INSTITUTIONS[index] ?? "" }));
  const old = [{ ...validatorOf(key), institution: genesis.validators[0]?.institution ?? "" }];
  return buildTrustFile({
    ledgerId: id,
    name,
    origin,
    development,
    demo,
    issued: first.header.time.seconds + 60,
    period: DEFAULT_PERIOD_SECONDS,
    anchor: { height: base + 1, appHash: second.header.appHash, time: first.header.time.seconds },
    epochs: [
      {
        number: 0,
        base: 0,
        lastHeader: opening.lastHeader,
        appHash: opening.appHash,
        time: opening.time,
        sets: [{ from: 1, validators: old }],
        closed: { lastHeight, lastAppHash },
      },
      {
        number: 1,
        base,
        lastHeader,
        appHash: opened,
        time,
        sets: [{ from: base + 1, validators: inOrder(named) }],
        closed: undefined,
      },
    ],
    suites: Object.values(ALGORITHM).map((algorithm) => ({ algorithm, until: 4_102_444_799 })),
  });
}

function inOrder<V extends ReturnType<typeof validatorOf>>(validators: readonly V[]): V[] {
  const sorted = sortValidators(validators);
  // Sorting returns the same objects.
  return sorted as V[];
}
