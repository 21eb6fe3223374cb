import { type CborValue, encode, fromObject } from "@acta/bytes";
import { ed25519, keyId, partyOf, sha256 } from "@acta/crypto";
import {
  type AssembledBlock,
  assembleBlock,
  type Commit,
  type CommitProof,
  consensusHash,
  type Header,
  NO_BLOCK_ID,
  NO_COMMIT,
  proveCommit,
  resultLeaf,
  resultsHash,
  sortValidators,
  type Validator,
  validatorAddress,
  voteSignBytes,
} from "@acta/light-client";
import { HistoryLog, leafHash, StateTree, type TreeProof, treeProof } from "@acta/merkle";
import {
  actionsRoot,
  appHash,
  assembleTransaction,
  buildPayload,
  buildTrustFile,
  byCommit,
  chainId,
  DEFAULT_PARAMETERS,
  encodeGenesis,
  encodeOutcome,
  firstOpening,
  type LedgerAction,
  type Link,
  ledgerId,
  logEntry,
  type Outcome,
  outcomesRoot,
  type PayloadDraft,
  parseTransaction,
  resultData,
  type Signer,
  signatureOf,
  signingBytes,
  stranger,
  type Transaction,
  type Trusted,
} from "../src/index.ts";

/** A key pair of a test, the same for the same name. */
export type TestKey = { readonly secret: Uint8Array; readonly publicKey: Uint8Array; readonly id: Uint8Array };

/** Bytes that are the same for the same name. */
export function seeded(name: string, length = 32): Uint8Array {
  return sha256(encode(name)).subarray(0, length);
}

/** The key of this name. */
export function testKey(name: string): TestKey {
  const secret = seeded(`key ${name}`);
  const publicKey = ed25519.publicKey(secret);
  return { secret, publicKey, id: keyId(-19, publicKey) };
}

/** A signer with its key, as a stranger. */
export function strangerOf(key: TestKey): Signer {
  return stranger(-19, key.publicKey);
}

/** A signer that the ledger knows, by its key. */
export function registeredOf(key: TestKey): Signer {
  const roles = [["registry", "registrar"]] as const;
  return {
    kind: "registered",
    party: partyOf(key.id),
    institution: seeded("institution"),
    roles,
    mandates: [seeded("mandate", 16)],
  };
}

/** Signs a payload by keys and puts the transaction together. */
export function signedTransaction(draft: PayloadDraft, keys: readonly TestKey[]): Transaction {
  const { payloadBytes, callBytes } = buildPayload(draft);
  const signatures = keys.map(({ id, secret }) =>
    signatureOf(-19, id, ed25519.sign(secret, signingBytes(-19, id, payloadBytes))),
  );
  return parseTransaction(assembleTransaction(payloadBytes, signatures, callBytes), { maxBytes: 1e7, maxCalls: 1e5 });
}

/** A transaction and what came of its calls. */
export type Executed = { readonly transaction: Transaction; readonly outcomes: readonly Outcome[] };

/** What happens in a block of a test. */
export type TestBlock = {
  readonly executed?: readonly Executed[];
  readonly writes?: readonly (readonly [key: CborValue[], value: CborValue | null])[];
  readonly actions?: readonly LedgerAction[];
};

/** A block as the chain keeps it. */
type KeptBlock = AssembledBlock & {
  readonly commit: Commit;
  readonly actions: readonly LedgerAction[];
  readonly stateRoot: Uint8Array;
};

/** A chain of epoch 0 in memory, with validators that sign everything; every byte follows from its name. */
export class TestChain {
  readonly ledgerId: Uint8Array;
  readonly genesisBytes: Uint8Array;
  readonly id: string;
  readonly #name: string;
  readonly #keys: ReadonlyMap<Validator, TestKey>;
  readonly #validators: readonly Validator[];
  readonly #tree = StateTree.empty();
  readonly #values = new Map<string, readonly [Uint8Array, Uint8Array]>();
  readonly #log = HistoryLog.empty();
  readonly #blocks: KeptBlock[] = [];
  #results: Uint8Array[] = [];

  constructor(name: string, validatorCount: number, demo = false) {
    const keys = Array.from({ length: validatorCount }, (_, index) => testKey(`${name} validator ${index}`));
    const validators = keys.map(({ publicKey }): Validator => ({ algorithm: -19, publicKey, power: 10 }));
    this.#keys = new Map(validators.map((validator, index) => [validator, keys[index] as TestKey]));
    this.#validators = sortValidators(validators);
    this.#name = name;
    this.genesisBytes = encodeGenesis({
      name,
      origin: `${name}.example`,
      zoneMinutes: 480,
      development: true,
      demo,
      time: START,
      parameters: DEFAULT_PARAMETERS,
      institutions: [
        {
          name: "Registry",
          party: partyOf(testKey("registry").id),
          keys: [{ algorithm: -19, publicKey: testKey("registry").publicKey }],
        },
      ],
      roles: [{ institution: "Registry", contract: "registry", role: "registrar" }],
      validators: validators.map(({ publicKey, power }) => ({
        algorithm: -19,
        publicKey,
        power,
        institution: "Registry",
      })),
      contracts: [{ name: "registry", bundleHash: seeded("bundle") }],
      salt: seeded(`${name} salt`, 16),
    });
    this.ledgerId = ledgerId(this.genesisBytes);
    this.id = chainId(name, firstOpening(this.genesisBytes));
  }

  /** The height of the newest block. */
  get height(): number {
    return this.#blocks.length;
  }

  /** Adds a block and returns its height. */
  add(block: TestBlock = {}): number {
    const { executed = [], writes = [], actions = [] } = block;
    const assembled = this.#assemble(executed.map(({ transaction }) => transaction.bytes));
    this.#write(writes);
    this.#log.append(logEntry(this.height + 1, assembled.headerHash, actions.length, actionsRoot(actions)));
    this.#results = executed.map(dataOf);
    this.#blocks.push({ ...assembled, commit: this.#commit(assembled), actions, stateRoot: this.#tree.root });
    return this.height;
  }

  header(height: number): Header {
    return this.#block(height).header;
  }

  commitProof(height: number): CommitProof {
    return proveCommit(this.#block(height).commit, this.#validators);
  }

  /** Belief in a header by its votes. */
  trusted(height: number): Trusted {
    return byCommit(this.header(height), this.commitProof(height));
  }

  /** Proves the header of a height by the app hash after another. */
  link(height: number, by: number): Link {
    const { actions } = this.#block(height);
    return { actionCount: actions.length, actionsRoot: actionsRoot(actions), ...this.restOf(height, by) };
  }

  /** The log path of a height to the app hash after another, and the state root there. */
  restOf(height: number, by: number): { logPath: Uint8Array; stateRoot: Uint8Array } {
    return { logPath: this.#log.path(height - 1, by), stateRoot: this.#block(by).stateRoot };
  }

  logRoot(height: number): Uint8Array {
    return this.#log.root(height);
  }

  appHash(height: number): Uint8Array {
    return appHash(
      this.ledgerId,
      height === 0 ? StateTree.empty().root : this.#block(height).stateRoot,
      this.logRoot(height),
      height,
    );
  }

  /** Proves keys in the newest state. */
  prove(keys: readonly CborValue[][]): TreeProof {
    return treeProof(
      this.#tree,
      keys.map((key) => [encode(key), this.#values.get(String(encode(key)))?.[1] ?? null]),
    );
  }

  /** The trust file with its anchor at a height. */
  trust(
    anchor: number,
    change: { readonly suites?: readonly { algorithm: number; until: number }[]; readonly demo?: boolean } = {},
  ): Uint8Array {
    const opening = firstOpening(this.genesisBytes);
    const validators = this.#validators.map((validator) => ({
      ...validator,
      algorithm: -19 as const,
      institution: "Registry",
    }));
    return buildTrustFile({
      ledgerId: this.ledgerId,
      name: this.#name,
      origin: `${this.#name}.example`,
      development: true,
      demo: change.demo ?? false,
      issued: NOW,
      period: 15_552_000,
      anchor: { height: anchor, appHash: this.appHash(anchor), time: this.header(anchor).time.seconds },
      epochs: [{ ...opening, number: 0, sets: [{ from: 1, validators }], closed: undefined }].map(
        ({ number, base, lastHeader, appHash, time, sets, closed }) => ({
          number,
          base,
          lastHeader,
          appHash,
          time,
          sets,
          closed,
        }),
      ),
      suites: change.suites ?? [{ algorithm: -19, until: 2_208_988_800 }],
    });
  }

  #block(height: number): KeptBlock {
    const block = this.#blocks[height - 1];
    if (block === undefined) throw new RangeError(`no block ${height}`);
    return block;
  }

  #assemble(transactions: readonly Uint8Array[]): AssembledBlock {
    const height = this.height + 1;
    const last = this.#blocks.at(-1);
    return assembleBlock({
      chainId: this.id,
      version: { block: 11, app: 1 },
      height,
      time: { seconds: START + 2 * (height - 1), nanoseconds: height === 1 ? 0 : 1_000 + height },
      lastBlockId: last?.blockId ?? NO_BLOCK_ID,
      lastCommit: last?.commit ?? NO_COMMIT,
      transactions,
      validators: this.#validators,
      nextValidators: this.#validators,
      consensusHash: consensusHash({ maxBytes: 4_194_304, maxGas: -1 }),
      appHash: this.appHash(height - 1),
      lastResultsHash: resultsHash(this.#results.map((data) => ({ code: 0, data }))),
      proposerAddress: validatorAddress(this.#validators[0] as Validator),
    });
  }

  #write(writes: readonly (readonly [key: CborValue[], value: CborValue | null])[]): void {
    const changes = writes.map(([key, value]) => {
      const [keyBytes, valueBytes] = [encode(key), value === null ? null : encode(value)];
      if (valueBytes === null) this.#values.delete(String(keyBytes));
      else this.#values.set(String(keyBytes), [keyBytes, valueBytes]);
      return [sha256(keyBytes), valueBytes && sha256(valueBytes)] as const;
    });
    this.#tree.update(changes);
    this.#tree.commit();
  }

  #commit({ header, blockId }: AssembledBlock): Commit {
    const { height, chainId: chain } = header;
    const signatures = this.#validators.map((validator, index) => {
      const time = { seconds: header.time.seconds + 1, nanoseconds: 7 * index };
      const message = voteSignBytes({ chainId: chain, height, round: 0, blockId, time });
      const { secret } = this.#keys.get(validator) as TestKey; // every validator was made with its key
      return {
        flag: "commit" as const,
        address: validatorAddress(validator),
        time,
        signature: ed25519.sign(secret, message),
      };
    });
    return { height, round: 0, blockId, signatures };
  }
}

/** Time of a test chain's first block. */
export const START = 1_800_000_000;
/** When its trust files are issued, and tests look at the clock. */
export const NOW = START + 3_600;

/** The data of a transaction's result. */
export function dataOf({ transaction, outcomes }: Executed): Uint8Array {
  return resultData(transaction.identity, transaction.signaturesHash, outcomesRoot(outcomes.map(encodeOutcome)));
}

/** The leaf hashes of a block's results. */
export function resultLeaves(executed: readonly Executed[]): Uint8Array[] {
  return executed.map((each) => leafHash(resultLeaf({ code: 0, data: dataOf(each) })));
}

/** Executes a transaction: every call accepted, except those that `refused` names. */
export function execute(transaction: Transaction, refused: readonly number[] = []): Executed {
  const outcomes = transaction.callHashes.map((callHash, index): Outcome => {
    if (!refused.includes(index))
      return {
        index,
        callHash,
        verdict: "accepted",
        refusal: null,
        bundleHash: seeded("bundle"),
        changesRoot: seeded(`changes ${index}`),
      };
    const refusal = { contract: "registry", code: "already-entered", blanks: fromObject({ title: "x" }) };
    return { index, callHash, verdict: "refused", refusal, bundleHash: seeded("bundle"), changesRoot: null };
  });
  return { transaction, outcomes };
}
