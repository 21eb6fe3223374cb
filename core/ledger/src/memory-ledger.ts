import { uint64 } from "@acta/bytes";
import {
  type ContractDefinition,
  decodeRecord,
  type ErasedValues,
  encodeInput,
  encodeKey,
  type Seal,
  type TotalValue,
} from "@acta/contract";
import { tagged, verifySignature } from "@acta/crypto";
import { HistoryLog, StateTree } from "@acta/merkle";
import {
  actionsRoot,
  appHash,
  type Call,
  type Expectation,
  encodeGenesis,
  ledgerId,
  logEntry,
  type Mode,
  type Outcome,
  ProtocolError,
  parseGenesis,
  parseTransaction,
  type Signer,
  type Transaction,
} from "@acta/protocol";
import { admit } from "./admit.ts";
import { getDefinition } from "./contracts-in-force.ts";
import { type DryRun, dryRun } from "./dry-run.ts";
import type { BlockTime, ContractLookup, Environment } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { type BlockExecution, executeBlock } from "./execute-block.ts";
import { genesisState } from "./genesis.ts";
import type { InadmissibleCode } from "./inadmissible.ts";
import { type MemoryGenesis, memoryGenesis } from "./memory-genesis.ts";
import { MemoryState } from "./memory-state.ts";
import { type Moment, readRecordAt } from "./record-reading.ts";
import { type SignerWithKey, signTransaction } from "./sign-transaction.ts";
import { recordKey } from "./state-key.ts";
import { readTotal } from "./total-reading.ts";

/** A transaction to be made on a ledger in memory; what is left out is chosen, the same way on every run. */
export type MemoryTransaction = {
  readonly signers: readonly SignerWithKey[];
  readonly calls: readonly Call[];
  readonly mode?: Mode;
  /** Seconds since 1970; by default ten minutes after the last block. */
  readonly expiry?: number;
  readonly nonce?: Uint8Array;
};

/** What an admissible transaction was read as, or why it is none. */
export type Examination = { readonly transaction: Transaction } | { readonly inadmissible: InadmissibleCode };

/** Where a block of a ledger in memory stands; by default one second after the last, under an invented header hash. */
export type MemoryBlock = { readonly time?: BlockTime; readonly headerHash?: Uint8Array };

/**
 * A whole ledger in memory, for tests and trials: the state machine with its state tree and history log, but no
 * consensus, no headers and nothing durable. Two of them that are given the same blocks have the same app hash.
 */
export class MemoryLedger {
  readonly genesisBytes: Uint8Array;
  readonly environment: Environment;
  readonly #state = new MemoryState();
  readonly #tree = StateTree.empty();
  readonly #log = HistoryLog.empty();
  #height = 0;
  #time: BlockTime;
  #made = 0;

  /** A ledger at height 0, from its parts or from the bytes of a genesis. The same parts give the same ledger. */
  constructor(parts: MemoryGenesis | RecordedGenesis = {}) {
    const { genesisBytes, contracts } = "genesisBytes" in parts ? parts : recorded(parts);
    const genesis = parseGenesis(genesisBytes);
    this.genesisBytes = genesisBytes;
    this.#time = { seconds: genesis.time, nanoseconds: 0 };
    this.environment = {
      ledgerId: ledgerId(genesisBytes),
      parameters: genesis.parameters,
      flags: { development: genesis.development, demo: genesis.demo },
      contracts,
      state: this.#state,
      identities: this.#state,
    };
    this.#keep(genesisState(genesis, contracts));
  }

  /** The height of the last block; 0 before the first. */
  get height(): number {
    return this.#height;
  }

  /** The time of the last block, whole seconds. */
  get time(): number {
    return this.#time.seconds;
  }

  get stateRoot(): Uint8Array {
    return this.#tree.root;
  }

  /** The app hash after the last block (FORMATS §5). */
  get appHash(): Uint8Array {
    return appHash(this.environment.ledgerId, this.stateRoot, this.#log.root(), this.#height);
  }

  /** Every key with its value, in no order that means anything. */
  entries(): (readonly [key: Uint8Array, value: Uint8Array])[] {
    return this.#state.entries();
  }

  /** A call of an action, its input given as values; sealed ones need `seal`, or a commitment in their place. */
  call(contract: string, action: string, given: ErasedValues, options: CallOptions = {}): Call {
    const definition = this.#definition(contract);
    const { input } = definition.actions[action] ?? missing(`${contract} has no action ${action}`);
    const { version = definition.version, expects = [], blind = new Uint8Array(0) } = options;
    return { contract, version, action, input: encodeInput(input, given, options.seal), expects, blind };
  }

  /** The bytes of a transaction, signed. Several calls get blinds, if they have none. */
  sign(made: MemoryTransaction): Uint8Array {
    const number = this.#made++;
    const invented = (what: number): Uint8Array =>
      tagged("acta/test-nonce", uint64(number), uint64(what)).subarray(0, 16);
    const isSingle = made.calls.length === 1;
    const calls = made.calls.map((call, index) =>
      isSingle || call.blind.length > 0 ? call : { ...call, blind: invented(index + 1) },
    );
    const { nonce = invented(0), expiry = this.time + 600, mode = "each", signers } = made;
    return signTransaction({ ledgerId: this.environment.ledgerId, expiry, nonce, mode, calls, signers });
  }

  /** Reads a transaction for this ledger; throws ProtocolError. */
  read(bytes: Uint8Array): Transaction {
    const { ledgerId, parameters } = this.environment;
    return parseTransaction(bytes, {
      maxBytes: parameters.maxTransactionBytes,
      maxCalls: parameters.maxCalls,
      ledgerId,
    });
  }

  /** Reads and examines a transaction, signatures included, for a block one second from now or at `now` (seconds). */
  examine(bytes: Uint8Array, now: number = this.time + 1): Examination {
    try {
      const transaction = this.read(bytes);
      const admission = admit(this.environment, transaction, now);
      if ("inadmissible" in admission) return admission;
      return admission.checks.every(verifySignature) ? { transaction } : { inadmissible: "wrong-signature" };
    } catch (error) {
      if (error instanceof ProtocolError) return { inadmissible: error.code };
      throw error;
    }
  }

  /** Executes and keeps a block. Each transaction must be admissible: throws LedgerError `block-inadmissible`. */
  execute(transactions: readonly Uint8Array[], block: MemoryBlock = {}): BlockExecution {
    const time = block.time ?? { seconds: this.time + 1, nanoseconds: 0 };
    const read = transactions.map((bytes) => this.#getAdmissible(bytes, time.seconds));
    const height = this.#height + 1;
    const execution = executeBlock(this.environment, { height, time, transactions: read });
    this.#keep(execution.writes);
    this.#state.keepIdentities(execution);
    const headerHash = block.headerHash ?? tagged("acta/test-header", uint64(height), this.appHash);
    this.#log.append(logEntry(height, headerHash, execution.actions.length, actionsRoot(execution.actions)));
    this.#height = height;
    this.#time = time;
    return execution;
  }

  /** Signs a transaction, executes a block of it alone, and gives its outcomes. */
  submit(made: MemoryTransaction): readonly Outcome[] {
    const { results } = this.execute([this.sign(made)]);
    return results[0]?.outcomes ?? [];
  }

  /** The values of a record, or undefined where there is none. */
  record(contract: string, name: string, key: ErasedValues): ErasedValues | undefined {
    const specification = this.#definition(contract).records[name] ?? missing(`${contract} has no record ${name}`);
    const value = this.#state.get(recordKey(contract, name, encodeKey(specification.key, key)).bytes);
    return value && decodeRecord(specification.fields, value).values;
  }

  /** A record as it was at a moment, with the keys that show it; see `recordKeys`. */
  recordAsOf(contract: string, record: string, key: ErasedValues, moment: Moment): ReturnType<typeof readRecordAt> {
    return readRecordAt(this.#state, { definition: this.#definition(contract), record, key, moment });
  }

  /** A total under a path, as it stands or stood at the end of a past day; see `totalKeys`. */
  total(contract: string, name: string, path = "", day?: number): TotalValue {
    return readTotal(this.#state, { definition: this.#definition(contract), name, path, day }).value;
  }

  /** What a call would come to in a block one second from now. */
  dryRun(signers: readonly Signer[], call: Call): DryRun {
    const place = { height: this.#height + 1, time: { seconds: this.time + 1, nanoseconds: 0 } };
    return dryRun(this.environment, place, signers, call);
  }

  #definition(contract: string): ContractDefinition {
    const bundle = this.#state.bundleHash(contract) ?? missing(`there is no contract ${contract}`);
    return getDefinition(this.environment.contracts, contract, bundle);
  }

  #getAdmissible(bytes: Uint8Array, now: number): Transaction {
    const examination = this.examine(bytes, now);
    if ("transaction" in examination) return examination.transaction;
    throw new LedgerError("block-inadmissible", `A transaction is inadmissible (${examination.inadmissible}).`);
  }

  #keep(writes: readonly (readonly [key: Uint8Array, value: Uint8Array | null, hashes?: unknown])[]): void {
    this.#tree.update(this.#state.keep(writes));
    this.#tree.commit();
  }
}

/** A genesis in its bytes, and the code of the contracts that it lists. */
export type RecordedGenesis = { readonly genesisBytes: Uint8Array; readonly contracts: ContractLookup };

function recorded(parts: MemoryGenesis): RecordedGenesis {
  const { genesis, library } = memoryGenesis(parts);
  return { genesisBytes: encodeGenesis(genesis), contracts: library.lookup };
}

/** What a call says beside its input. */
export type CallOptions = {
  readonly version?: number;
  readonly expects?: readonly Expectation[];
  readonly blind?: Uint8Array;
  readonly seal?: Seal;
};

function missing(what: string): never {
  throw new LedgerError("wrong-use", `On this ledger ${what}.`);
}
