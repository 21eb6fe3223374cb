import { equalBytes, toHex } from "@acta/bytes";
import { decodeRecord } from "@acta/contract";
import { admissionDesk, type Environment, nextDue, operation, recordKey, selectTransactions } from "@acta/ledger";
import { type Time, tombstoneValidator, validatorsHash } from "@acta/light-client";
import type { Transaction } from "@acta/protocol";
import { type Store, StoreError } from "@acta/store";
import { admitAll, type Desk } from "./admission/admission.ts";
import { createPool } from "./admission/pool.ts";
import { startSignatureWorkers } from "./admission/signature-workers.ts";
import { type BlockListeners, createBlockListeners } from "./block-listeners.ts";
import type { Ordering, OrderingStatus, Submission, Whereabouts } from "./ordering.ts";
import { createProofs } from "./proofs.ts";
import type { Chain } from "./sequencer/chain.ts";
import { laterTime, type MachineClock, msOfTime, timeOfMs, watchClock } from "./sequencer/clock.ts";
import { commitBlock, finishSignedBlock, tipOf } from "./sequencer/commit-block.ts";
import { needsWake, nextStep, type Step } from "./sequencer/pace.ts";
import { type Candidate, nextBlockTime, produceBlock, type SignVote } from "./sequencer/produce-block.ts";
import { createSignal } from "./signal.ts";

/** Writes one line of the node's log. */
export type Log = (message: string, details?: Readonly<Record<string, string | number>>) => void;

const DISK_RETRY_MS = 1000;
/** How often an idle loop looks at the clock. */
const CLOCK_WATCH_MS = 1000;
/** How long a state proof waits for the header that covers it. */
const PROOF_WAIT_MS = 5000;
/** Transactions left out that are remembered, so that whoever waits is told why. */
const LEFT_OUT_REMEMBERED = 10_000;

/** When the same bytes may be sent again. A chain that has ended takes nothing any more; who asks in an hour finds the next one's node. */
const RETRY_AFTER_SECONDS = { "clock-stopped": 10, "disk-full": 10, "epoch-ended": 3600, stopping: 2 } as const;

/** What the local ordering is given. */
export type LocalOrderingPowers = {
  readonly chain: Chain;
  readonly environment: Environment;
  readonly store: Store;
  readonly sign: SignVote;
  readonly clock: MachineClock;
  readonly log: Log;
  readonly workers?: number;
  readonly limits?: Partial<OrderingLimits>;
};

/** Sizes that bound the memory and the blocks of a node. */
export type OrderingLimits = {
  readonly poolBytes: number;
  /** Calls of all transactions that wait. */
  readonly poolCalls: number;
  readonly blockBytes: number;
  /** Calls in one block; a transaction that has more goes alone. */
  readonly blockCalls: number;
};

export const DEFAULT_LIMITS: OrderingLimits = {
  poolBytes: 128 * 1024 * 1024,
  poolCalls: 100_000,
  blockBytes: 8 * 1024 * 1024,
  // A third of a second of execution, so that what comes meanwhile does not wait long.
  blockCalls: 4000,
};

/**
 * Keeps a ledger on this node alone: admits, orders, executes, and signs each height once.
 *
 * Everything that answers reads what is durable. The loop makes one block at a time; a vote leaves it only after the
 * block's batch and the signed height are on disk.
 */
export async function startLocalOrdering(powers: LocalOrderingPowers): Promise<Ordering> {
  const { chain, environment, store, clock, log } = powers;
  const limits = { ...DEFAULT_LIMITS, ...powers.limits };
  const pool = createPool({ bytes: limits.poolBytes, calls: limits.poolCalls });
  const verifier = startSignatureWorkers(powers.workers ?? 2);
  const listeners = createBlockListeners((error) => log("a listener failed", { error: String(error) }));
  const guard = watchClock(clock);
  const work = createSignal();
  const leftOut = new Map<string, string>();
  const proofs = createProofs(chain, store);
  await finishSignedBlock(environment, store);
  let tip = tipOf(store);
  let needsProof = enteredSomething(store);
  /** The step that made the newest block, or the rest after it. */
  let before: Step | undefined;
  let state: OrderingStatus["state"] = hasEnded(chain, store) ? "epoch-ended" : "running";

  /** Wall clock and, on a demo ledger, the offset that its state keeps. */
  const clockTime = (): Time => timeOfMs(clock.wallMs() + demoOffsetSeconds(environment) * 1000);
  const idleMs = (): number => msOfTime(clockTime()) - msOfTime(nextBlockTime(chain, tip));
  const now = (): Time => {
    const next = nextBlockTime(chain, tip);
    return needsWake({ idleMs: idleMs(), before }) ? laterTime(clockTime(), next) : next;
  };

  async function makeBlock(transactions: readonly Transaction[]): Promise<void> {
    const candidate = produceBlock(chain, environment, tip, transactions, clockTime(), powers.sign);
    await commitUntilDurable(candidate);
    tip = tipOf(store);
    const { results, actions, writes } = candidate.execution;
    needsProof = results.length + actions.length + writes.length > 0;
    pool.remove(transactions);
    if (confirmsClock(transactions, candidate)) guard.confirm();
    listeners.tell({
      height: candidate.height,
      header: candidate.header,
      transactions: transactions.length,
      actions: actions.length,
    });
  }

  /** Repeats the same block until the disk takes it: another block of this height is never made. */
  async function commitUntilDurable(candidate: Candidate): Promise<void> {
    for (;;) {
      try {
        await commitBlock(store, candidate);
        if (state === "disk-full") log("the disk takes blocks again", { height: candidate.height });
        if (state === "disk-full") state = "running";
        return;
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== "disk-full" || state === "stopping") throw error;
        if (state !== "disk-full")
          log("the disk is full: nothing is entered until there is room", { height: candidate.height });
        state = "disk-full";
        await sleep(DISK_RETRY_MS);
      }
    }
  }

  /** Transactions for the next block: admissible at its time. Those that no longer are leave the pool. */
  function choose(): readonly Transaction[] {
    const waiting = pool.peek({
      bytes: Math.min(limits.blockBytes, environment.parameters.maxBlockBytes),
      calls: limits.blockCalls,
      ...(state === "clock-stopped" ? { only: isClockConfirmation } : {}),
    });
    const { admissible, inadmissible } = selectTransactions(environment, waiting, nextBlockTime(chain, tip).seconds);
    pool.remove(inadmissible.map(({ transaction }) => transaction));
    for (const { transaction, code } of inadmissible) leaveOut(leftOut, toHex(transaction.identity), code);
    return admissible;
  }

  function decide(): Step {
    return nextStep({ height: tip?.height ?? 0, waiting: waitingWork(), needsProof, idleMs: idleMs(), before });
  }

  async function run(): Promise<void> {
    while (state !== "stopping") {
      watchTheClock();
      const step = state === "epoch-ended" ? "rest" : decide();
      if (step === "rest") await work.wait(CLOCK_WATCH_MS);
      else await makeBlock(step === "work" ? choose() : []);
      // Not before it is durable: until then the ledger's now goes by the newest block.
      before = step;
    }
  }

  /** Transactions that may go into a block now; where there are none, 1 for deadlines that have passed. */
  function waitingWork(): number {
    if (state === "clock-stopped") return pool.some(isClockConfirmation) ? 1 : 0;
    if (pool.count() > 0) return pool.count();
    const due = nextDue(environment);
    return due !== undefined && due <= clockTime().seconds ? 1 : 0;
  }

  function watchTheClock(): void {
    const jump = guard.jump();
    if (jump !== undefined && state === "running") {
      state = "clock-stopped";
      log("the wall clock jumped: no blocks until the operator confirms the clock", { milliseconds: jump });
    }
    if (jump === undefined && state === "clock-stopped") state = "running";
  }

  function openDesk(): Desk {
    watchTheClock();
    return { admission: admissionDesk(environment, now().seconds), unavailable };
  }

  function unavailable(transaction: Transaction): Extract<Submission, { status: "unavailable" }> | undefined {
    // Without room a verdict on the signatures would be for nothing.
    if (state === "running")
      return pool.isFull() ? { status: "unavailable", code: "busy", retryAfterSeconds: 1 } : undefined;
    if (state === "clock-stopped" && isClockConfirmation(transaction)) return undefined;
    return { status: "unavailable", code: state, retryAfterSeconds: RETRY_AFTER_SECONDS[state] };
  }

  function whereabouts(identity: Uint8Array): Whereabouts {
    const place = store.findTransaction(identity);
    if (place !== undefined) return { status: "entered", ...place };
    if (pool.has(identity)) return { status: "admitted" };
    const code = leftOut.get(toHex(identity));
    return code === undefined ? { status: "unknown" } : { status: "left-out", code };
  }

  async function reached(height: number, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    while (store.height < height && performance.now() < deadline) {
      await nextBlock(listeners, deadline - performance.now());
    }
    return store.height >= height;
  }

  const failed = Promise.withResolvers<never>();
  // Whoever starts the ordering decides what a failure means; unheard it must not end the process by itself.
  failed.promise.catch(() => undefined);
  const running = run().catch((error: unknown) => {
    state = "stopping";
    failed.reject(error);
  });
  const admission = {
    limits: {
      ...environment.parameters,
      maxBytes: environment.parameters.maxTransactionBytes,
      ledgerId: chain.ledgerId,
    },
    openDesk,
    findEntered: store.findTransaction,
    verifier,
    pool,
  };

  return {
    async submit(transactions, takeShare = () => undefined) {
      const submissions = await admitAll(admission, transactions, takeShare);
      work.ring();
      return submissions;
    },
    status: () => ({
      state,
      ledgerId: chain.ledgerId,
      name: chain.genesis.name,
      chainId: chain.chainId,
      height: tip?.height ?? 0,
      time: store.last?.header.time ?? nextBlockTime(chain, undefined),
      now: now(),
      appHash: tip?.appHash ?? chain.firstAppHash,
      waiting: { count: pool.count(), bytes: pool.bytes() },
      flags: { development: chain.genesis.development, demo: chain.genesis.demo },
    }),
    whereabouts,
    async settled(identity, timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const place = whereabouts(identity);
        const left = deadline - performance.now();
        if (place.status === "entered" || place.status === "left-out" || left <= 0) return place;
        await nextBlock(listeners, left);
      }
    },
    reached,
    block: (height) => store.block(height),
    receipt: proofs.receipt,
    acted: proofs.acted,
    findActions: store.findActions,
    async stateProof(keys) {
      return proofs.stateProof(keys, (height) => reached(height, PROOF_WAIT_MS));
    },
    trustFile: () => proofs.trustFile(Math.floor(clock.wallMs() / 1000)),
    renewal: proofs.renewal,
    onBlock: listeners.add,
    stateKeys: () => store.tree.size,
    signatureCpuMicroseconds: verifier.cpuMicroseconds,
    failed: failed.promise,
    async stop() {
      state = "stopping";
      work.ring();
      await running;
      await verifier.close();
    },
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Resolves after the next block, or after `timeoutMs`. */
function nextBlock(listeners: BlockListeners, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(done, timeoutMs);
    const unsubscribe = listeners.add(done);
  });
}

/** Whether the newest header announces the tombstone set (docs/spec, 3.3): then nobody may sign a block after it. */
function hasEnded({ chainId }: Chain, { last }: Store): boolean {
  return (
    last !== undefined && equalBytes(last.header.nextValidatorsHash, validatorsHash([tombstoneValidator(chainId)]))
  );
}

/** Whether the newest block left something that the next header has to prove. */
function enteredSomething(store: Store): boolean {
  const block = store.block(store.height);
  return block !== undefined && block.results.length + block.actions.length > 0;
}

function leaveOut(leftOut: Map<string, string>, identity: string, code: string): void {
  leftOut.set(identity, code);
  for (const oldest of leftOut.keys()) {
    if (leftOut.size <= LEFT_OUT_REMEMBERED) return;
    leftOut.delete(oldest);
  }
}

function isClockConfirmation({ calls }: Transaction): boolean {
  return calls.length === 1 && calls[0]?.contract === operation.name && calls[0].action === "confirmClock";
}

function confirmsClock(transactions: readonly Transaction[], { execution }: Candidate): boolean {
  return transactions.some(
    (transaction, index) =>
      isClockConfirmation(transaction) && execution.results[index]?.outcomes[0]?.verdict === "accepted",
  );
}

const CLOCK_KEY = recordKey(operation.name, "clock", []).bytes;

/** Seconds that a demo ledger's clock is ahead of the world; 0 on any other. */
function demoOffsetSeconds({ flags, state }: Environment): number {
  const value = flags.demo ? state.get(CLOCK_KEY) : undefined;
  return value === undefined ? 0 : Number(decodeRecord(operation.records.clock.fields, value).values.offset);
}
