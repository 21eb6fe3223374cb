import type { Language } from "@acta/protocol";
import { type NodeClient, type RandomBytes, type StatusAnswer, toHex } from "@acta/sdk";
import { type Checked, checkFiles, partProofs } from "./check-files.ts";
import { readDescription } from "./description.ts";
import { type DeviceKey, deviceKey, knownKey } from "./device-key.ts";
import { fingerprint, type GivenFile } from "./fingerprint.ts";
import type { Memory } from "./memory.ts";
import { sealDeposits } from "./seal-deposits.ts";
import { type Stage, sendWaiting, waiting } from "./send-waiting.ts";
import type { DeskState, Work } from "./state.ts";
import { troubleOf } from "./trouble.ts";

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
  /** Takes the document that describes the prepared files, or puts it away. */
  readonly describe: (document: GivenFile | undefined) => Promise<void>;
  readonly sign: (description: string) => Promise<void>;
  /** Sends what waits. */
  readonly goOn: () => Promise<void>;
  /** Takes deposits off the list that the node turned away: nothing of them was entered. */
  readonly forget: (deposits: readonly string[]) => Promise<void>;
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
  /** Files that came while others were under way. */
  let later: readonly GivenFile[] = [];
  let shownAt = 0;
  let state: DeskState = {
    status: undefined,
    key: undefined,
    work: { kind: "idle" },
    deposits: [],
    elsewhere: 0,
    justEntered: undefined,
    checked: [],
    trouble: undefined,
  };

  function show(change: Partial<DeskState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  /** Counts under way are shown ten times a second: drawing each would take longer than the work. */
  function showPaced(work: Work): void {
    if (state.work.kind === work.kind && world.nowMs() - shownAt < 100) return;
    shownAt = world.nowMs();
    show({ work });
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
    const deposits = [...own].sort((a, b) => b.addedAt - a.addedAt || a.call - b.call);
    show({ deposits, elsewhere: all.length - own.length });
  }

  function countOf(numbers: readonly string[]): { readonly accepted: number; readonly refused: number } {
    const own = new Set(numbers);
    const results = state.deposits.filter(({ deposit }) => own.has(deposit));
    const accepted = results.filter(({ result }) => result?.verdict === "accepted").length;
    return { accepted, refused: results.length - accepted };
  }

  // Whatever fails, the page says it, and nothing that was kept is lost.
  async function attempt(work: () => Promise<void>, otherwise: () => Work = () => ({ kind: "idle" })): Promise<void> {
    show({ trouble: undefined });
    try {
      await work();
    } catch (error) {
      show({ trouble: troubleOf(error), work: otherwise() });
    }
  }

  function showStage(stage: Stage): void {
    const isNew = state.work.kind !== "entering" || state.work.stage.kind !== stage.kind;
    if (isNew) show({ work: { kind: "entering", stage } });
    else showPaced({ kind: "entering", stage });
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
        onStage: (stage) => showStage(stage),
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
    await takeLater();
  }

  /** Undefined where somebody stopped it. */
  async function prepare(given: readonly GivenFile[]) {
    isStopped = false;
    return fingerprint(given, (counted) => {
      showPaced({ kind: "fingerprinting", counted });
      return !isStopped;
    });
  }

  async function gather(given: readonly GivenFile[], before: Work): Promise<void> {
    const done = await prepare(given);
    if (done === undefined) return show({ work: before });
    const ready = before.kind === "ready" ? before : { kind: "ready" as const, files: [] };
    const files = [...ready.files, ...done.files];
    if (files.length > 0) return show({ work: { ...ready, files, unread: done.unread } });
    show({ work: before, trouble: { kind: "unread", names: done.unread } });
  }

  async function check(proofs: readonly GivenFile[], others: readonly GivenFile[]): Promise<readonly Checked[]> {
    const originals = await prepare(others);
    if (originals === undefined) return [];
    const { nowSeconds } = await statusNow();
    return checkFiles(proofs, originals.files, await node().trustFile(), nowSeconds);
  }

  async function take(given: readonly GivenFile[]): Promise<void> {
    if (given.length === 0) return;
    if (given.length > MOST_FILES) return show({ trouble: { kind: "too-many", most: MOST_FILES } });
    if (state.work.kind === "entering" || state.work.kind === "fingerprinting") {
      later = [...later, ...given];
      return;
    }
    const before = state.work;
    const ofBytes = given.reduce((sum, { size }) => sum + size, 0);
    const counted = { files: 0, ofFiles: given.length, bytes: 0, ofBytes };
    show({ checked: [], work: { kind: "fingerprinting", counted } });
    await attempt(
      async () => {
        const { proofs, others } = await partProofs(given);
        if (proofs.length === 0) return gather(given, before);
        const checked = await check(proofs, others);
        show({ checked, work: before });
      },
      () => before,
    );
    await takeLater();
  }

  // Also after a failure: what somebody dropped is never silently forgotten.
  async function takeLater(): Promise<void> {
    const given = later;
    later = [];
    await take(given);
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
    take,
    setAside() {
      isStopped = true;
      if (state.work.kind === "ready") show({ work: { kind: "idle" } });
    },
    async describe(document) {
      const description = document && (await readDescription(document));
      if (state.work.kind !== "ready") return;
      const { kind, files, unread } = state.work;
      show({ work: { kind, files, unread, ...(description && { description }) } });
    },
    async sign(words) {
      if (state.work.kind !== "ready" || state.work.description?.kind === "refused") return;
      const ready = state.work;
      const { files, description } = ready;
      const described = { words, ...(description?.kind === "taken" && { document: description.file }) };
      let isKept = false;
      const onSealed = async (done: number): Promise<void> => {
        show({ work: { kind: "entering", stage: { kind: "keeping", done, count: files.length } } });
        await new Promise((drawn) => setTimeout(drawn));
      };
      show({ justEntered: undefined });
      await onSealed(0);
      await attempt(
        async () => {
          const { ledgerId, nowSeconds } = await statusNow();
          await world.alone(async () => {
            const { acting } = await keyNow();
            const made = { ledgerId, nowSeconds, key: acting, random: world.random, nowMs: world.nowMs(), onSealed };
            const sealed = await sealDeposits(files, described, made);
            await (await memoryNow()).write(sealed);
            isKept = true;
            await showDeposits(ledgerId);
            await send(ledgerId);
            show({ justEntered: countOf(sealed.deposits.map(({ deposit }) => deposit)) });
          });
        },
        // Nothing kept means that nothing was sent: the files are still to be signed for.
        () => (isKept ? { kind: "idle" } : ready),
      );
      await takeLater();
    },
    goOn,
    async forget(forgotten) {
      await (await memoryNow()).write({ forgotten });
      show({ deposits: state.deposits.filter(({ deposit }) => !forgotten.includes(deposit)) });
    },
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
