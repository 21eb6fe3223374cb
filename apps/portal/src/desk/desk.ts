import type { Language } from "@acta/protocol";
import { type NodeClient, type RandomBytes, type StatusAnswer, toHex } from "@acta/sdk";
import { type Checked, checkFiles, partProofs } from "./check-files.ts";
import { type DeviceKey, deviceKey, knownKey } from "./device-key.ts";
import { type Counted, fingerprint, type GivenFile, type PreparedFile } from "./fingerprint.ts";
import type { Memory, StoredDeposit } from "./memory.ts";
import { sealDeposits } from "./seal-deposits.ts";
import { type Stage, sendWaiting, waiting } from "./send-waiting.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

/** What the page is at. */
export type Work =
  | { readonly kind: "idle" }
  | { readonly kind: "fingerprinting"; readonly counted: Counted }
  | { readonly kind: "ready"; readonly files: readonly PreparedFile[]; readonly unread: readonly string[] }
  | { readonly kind: "entering"; readonly stage: { readonly kind: "keeping"; readonly count: number } | Stage };

/** All that the page shows; a new object after every change. */
export type DeskState = {
  readonly status: StatusAnswer | undefined;
  readonly key: { readonly kind: DeviceKey["kind"]; readonly party: string } | undefined;
  readonly work: Work;
  /** This ledger's deposits, newest first. */
  readonly deposits: readonly StoredDeposit[];
  /** Deposits that this browser made on other ledgers at this address. */
  readonly elsewhere: number;
  /** How many deposits the last signature made; 0 before the first. */
  readonly justEntered: number;
  readonly checked: readonly Checked[];
  readonly trouble: Trouble | undefined;
};

/** The powers of the page. */
export type DeskWorld = {
  readonly memory: () => Promise<Memory>;
  readonly nodeIn: (language: Language) => NodeClient;
  readonly random: RandomBytes;
  readonly nowMs: () => number;
  /** Runs work while no other window of this browser does. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
};

/** The page without its looks: takes files, seals, signs, sends, and keeps everything that must not be lost. */
export type Desk = {
  readonly state: () => DeskState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads what the browser keeps, and goes on with what an interruption left. */
  readonly begin: () => Promise<void>;
  readonly take: (files: readonly GivenFile[]) => Promise<void>;
  /** Stops fingerprinting, or puts the prepared files aside. */
  readonly setAside: () => void;
  readonly sign: (description: string) => Promise<void>;
  /** Sends what waits. */
  readonly goOn: () => Promise<void>;
  readonly markSaved: (deposits: readonly string[]) => Promise<void>;
  readonly refreshStatus: () => Promise<void>;
  readonly speak: (language: Language) => void;
};

/** Files that one choice may have. */
export const MOST_FILES = 5000;

/** The desk over the world's powers. */
export function createDesk(world: DeskWorld): Desk {
  const listeners = new Set<() => void>();
  let language: Language = "zh";
  let memory: Memory | undefined;
  let isStopped = false;
  let state: DeskState = {
    status: undefined,
    key: undefined,
    work: { kind: "idle" },
    deposits: [],
    elsewhere: 0,
    justEntered: 0,
    checked: [],
    trouble: undefined,
  };

  function show(change: Partial<DeskState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  const node = (): NodeClient => world.nodeIn(language);

  async function statusNow(): Promise<StatusAnswer> {
    const status = await node().status();
    show({ status });
    return status;
  }

  async function memoryNow(): Promise<Memory> {
    memory ??= await world.memory();
    return memory;
  }

  async function keyNow(): Promise<DeviceKey> {
    const key = await deviceKey(await memoryNow(), world.random);
    showKey(key);
    return key;
  }

  function showKey({ kind, acting }: DeviceKey): void {
    show({ key: { kind, party: toHex(acting.party) } });
  }

  async function showDeposits(ledgerId: string): Promise<void> {
    const all = await (await memoryNow()).deposits();
    const own = all.filter((each) => each.ledgerId === ledgerId);
    const deposits = own.toSorted((a, b) => b.addedAt - a.addedAt || a.call - b.call);
    show({ deposits, elsewhere: all.length - own.length });
  }

  // Whatever fails, the page says it, and nothing that was kept is lost.
  async function attempt(work: () => Promise<void>): Promise<void> {
    show({ trouble: undefined });
    try {
      await work();
    } catch (error) {
      show({ trouble: troubleOf(error), work: state.work.kind === "ready" ? state.work : { kind: "idle" } });
    }
  }

  async function send(ledgerId: string): Promise<void> {
    const opened = await memoryNow();
    try {
      await sendWaiting({
        memory: opened,
        node: node(),
        nodeIn: world.nodeIn,
        ledgerId,
        key: async () => (await keyNow()).acting,
        random: world.random,
        onStage: (stage) => show({ work: { kind: "entering", stage } }),
      });
    } finally {
      await showDeposits(ledgerId);
    }
    show({ work: { kind: "idle" } });
    await statusNow();
  }

  async function goOn(): Promise<void> {
    const before = state.work;
    await attempt(async () => {
      const { ledgerId } = await statusNow();
      await showDeposits(ledgerId);
      await world.alone(async () => {
        const count = (await waiting({ memory: await memoryNow(), ledgerId })).length;
        if (count > 0) await send(ledgerId);
      });
    });
    // What was prepared meanwhile is still to be signed for.
    if (before.kind === "ready") show({ work: before });
  }

  async function prepare(given: readonly GivenFile[]) {
    isStopped = false;
    const done = await fingerprint(given, (counted) => {
      show({ work: { kind: "fingerprinting", counted } });
      return !isStopped;
    });
    if (done === undefined) show({ work: { kind: "idle" } });
    return done;
  }

  async function check(proofs: readonly GivenFile[], others: readonly GivenFile[]): Promise<void> {
    const originals = await prepare(others);
    if (originals === undefined) return;
    const { nowSeconds } = await statusNow();
    const checked = await checkFiles(proofs, originals.files, await node().trustFile(), nowSeconds);
    show({ checked, work: { kind: "idle" } });
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async begin() {
      try {
        const known = await knownKey(await memoryNow());
        if (known !== undefined) showKey(known);
      } catch {
        return show({ trouble: { kind: "no-memory" } });
      }
      await goOn();
    },
    async take(given) {
      if (given.length === 0 || state.work.kind === "entering" || state.work.kind === "fingerprinting") return;
      if (given.length > MOST_FILES) return show({ trouble: { kind: "too-many", most: MOST_FILES } });
      await attempt(async () => {
        show({ checked: [] });
        const { proofs, others } = await partProofs(given);
        if (proofs.length > 0) return check(proofs, others);
        const earlier = state.work.kind === "ready" ? state.work.files : [];
        const done = await prepare(given);
        if (done === undefined) return;
        const files = [...earlier, ...done.files];
        show({ work: files.length === 0 ? { kind: "idle" } : { kind: "ready", files, unread: done.unread } });
        if (files.length === 0) show({ trouble: { kind: "unread", names: done.unread } });
      });
    },
    setAside() {
      isStopped = true;
      if (state.work.kind === "ready") show({ work: { kind: "idle" } });
    },
    async sign(description) {
      if (state.work.kind !== "ready") return;
      const ready = state.work;
      const { files } = ready;
      let isKept = false;
      await attempt(async () => {
        const { ledgerId, nowSeconds } = await statusNow();
        await world.alone(async () => {
          const { acting } = await keyNow();
          show({ work: { kind: "entering", stage: { kind: "keeping", count: files.length } } });
          const made = { ledgerId, nowSeconds, key: acting, random: world.random, nowMs: world.nowMs() };
          await (await memoryNow()).write(await sealDeposits(files, description, made));
          isKept = true;
          await send(ledgerId);
          show({ justEntered: files.length });
        });
      });
      // Nothing was kept, so nothing was sent: the files are still to be signed for.
      if (!isKept) show({ work: ready });
    },
    goOn,
    async markSaved(saved) {
      const changed = state.deposits.filter(({ deposit }) => saved.includes(deposit));
      const deposits = changed.map((each) => ({ ...each, isSaved: true }));
      await (await memoryNow()).write({ deposits });
      const byNumber = new Map(deposits.map((each) => [each.deposit, each]));
      show({ deposits: state.deposits.map((each) => byNumber.get(each.deposit) ?? each) });
    },
    async refreshStatus() {
      try {
        await statusNow();
      } catch {
        show({ status: undefined });
      }
    },
    speak(chosen) {
      language = chosen;
    },
  };
}
