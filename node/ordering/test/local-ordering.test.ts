import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { action, anyone, contract, ledger, record, type Time, t } from "@acta/contract";
import { asStranger, type Environment, genesisState, memoryGenesis, signTransaction, testKey } from "@acta/ledger";
import { installNative } from "@acta/native";
import { encodeGenesis, ledgerId, parseTrustFile, verifyProof } from "@acta/protocol";
import { openStore } from "@acta/store";
import { afterEach, expect, test, vi } from "vitest";
import { type Ordering, openChain, startLocalOrdering } from "../src/index.ts";

const number = t.text("Number");
const promises = { promise: record("Promise", { number }, { kept: t.flag("Kept") }) };

/** A promise that the ledger itself marks as kept when its hour has come. */
const promise = contract({
  name: "promise",
  title: "Promises",
  roles: {},
  records: promises,
  actions: {
    give: action(promises, {
      title: "Give",
      input: { number, inSeconds: t.integer("In how many seconds") },
      allow: anyone,
      refusals: { given: "It was given before." },
      schedules: { keep: { number } },
      apply({ input: { number, inSeconds }, state, block, schedule }) {
        state.promise.insert({ number }, { kept: false }, "given");
        schedule(`promise/${number}`, (block.time + inSeconds) as Time, "keep", { number });
      },
    }),
    keep: action(promises, {
      title: "Keep",
      input: { number },
      allow: ledger,
      refusals: {},
      apply({ input: { number }, state }) {
        state.promise.update({ number }, { kept: true });
      },
    }),
  },
});

const START_MS = 1_800_000_000_000;
const stranger = testKey("stranger");
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** An ordering over a folder, on a clock that the test moves; sleep is no jump, so both clocks move together. */
async function start(folder: string, clock: { ms: number }) {
  installNative();
  const { genesis, library } = memoryGenesis({ contracts: [{ contracts: [promise], wording: {} }] });
  const genesisBytes = encodeGenesis(genesis);
  const store = await openStore(folder, { createIfMissing: true });
  if (store.genesisBytes === undefined) await store.initialise(genesisBytes, genesisState(genesis, library.lookup));
  const environment: Environment = {
    ledgerId: ledgerId(genesisBytes),
    parameters: genesis.parameters,
    flags: { development: true, demo: false },
    contracts: library.lookup,
    state: store.state,
    identities: store.identities,
  };
  const ordering = await startLocalOrdering({
    chain: openChain(genesisBytes, store.header(1)?.header.appHash ?? store.roots.appHash),
    environment,
    store,
    sign: (message) => testKey("validator").sign(message),
    clock: { wallMs: () => START_MS + clock.ms, bootMs: () => clock.ms },
    log: () => undefined,
    workers: 1,
  });
  const close = async (): Promise<void> => {
    await ordering.stop();
    await store.close();
  };
  open.push(close);
  const height = (value: number) => vi.waitUntil(() => ordering.status().height >= value, { timeout: 10_000 });
  await height(2);
  return { ordering, height, environment, close: () => open.splice(open.indexOf(close), 1)[0]?.() };
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "acta-ordering-"));
  open.push(async () => rmSync(made, { recursive: true, force: true }));
  return made;
}

function give(environment: Environment, name: string, inSeconds: number, nowSeconds: number): Uint8Array {
  const input = new Map<string, string | number>([
    ["number", name],
    ["inSeconds", inSeconds],
  ]);
  return signTransaction({
    ledgerId: environment.ledgerId,
    expiry: nowSeconds + 600,
    nonce: new Uint8Array(16),
    signers: [asStranger(stranger)],
    calls: [{ contract: "promise", version: 1, action: "give", input, expects: [], blind: new Uint8Array(0) }],
  });
}

async function enter(ordering: Ordering, bytes: Uint8Array) {
  const [submission] = await ordering.submit([bytes]);
  if (submission?.status !== "admitted") throw new Error(JSON.stringify(submission));
  const place = await ordering.settled(submission.identity, 10_000);
  if (place.status !== "entered") throw new Error(place.status);
  return place;
}

test("an idle ledger rests; work after a pause gets a wake block before it and a proof block after it", async () => {
  const clock = { ms: 0 };
  const { ordering, height, environment } = await start(folder(), clock);
  clock.ms += 60_000;
  const { height: entered } = await enter(ordering, give(environment, "a", 5000, ordering.status().now.seconds));
  await height(entered + 1);
  expect(entered).toBe(4);
  const [opening, wake, work, proof] = [2, 3, 4, 5].map((at) => ordering.block(at));
  expect(wake?.transactions).toEqual([]);
  expect(wake?.header.time.seconds).toBe(opening === undefined ? 0 : START_MS / 1000);
  expect(work?.header.time.seconds).toBe(START_MS / 1000 + 60);
  expect(proof?.transactions).toEqual([]);
  expect(ordering.status().height).toBe(5);
});

test("while a wake block is made, now is already the time that it brings", async () => {
  const clock = { ms: 0 };
  const { ordering, environment } = await start(folder(), clock);
  clock.ms += 60_000;
  const entered = enter(ordering, give(environment, "a", 5000, ordering.status().now.seconds));
  const seen = new Set<number>();
  while (ordering.status().height < 4) {
    seen.add(ordering.status().now.seconds);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await entered;
  expect([...seen]).toEqual([START_MS / 1000 + 60]);
});

test("a receipt proves, and a deadline makes a block of its own", async () => {
  const clock = { ms: 0 };
  const { ordering, height, environment } = await start(folder(), clock);
  const place = await enter(ordering, give(environment, "a", 5000, ordering.status().now.seconds));
  await height(place.height + 1);
  const trust = parseTrustFile(ordering.trustFile());
  const receipt = ordering.receipt(place, 0) ?? new Uint8Array(0);
  const now = START_MS / 1000 + 10;
  expect(verifyProof(receipt, trust, { now })).toMatchObject({ verdict: "valid", outcome: { verdict: "accepted" } });
  const before = ordering.status().height;
  clock.ms += 5_010_000;
  await height(before + 2);
  const acted = [before + 1, before + 2, before + 3].flatMap((at) => ordering.block(at)?.actions ?? []);
  expect(acted).toMatchObject([{ contract: "promise", action: "keep", name: "promise/a", verdict: "accepted" }]);
});

test("after a restart the ledger goes on where it was, and knows what was entered", async () => {
  const clock = { ms: 0 };
  const place = folder();
  const first = await start(place, clock);
  const bytes = give(first.environment, "a", 5000, first.ordering.status().now.seconds);
  const entered = await enter(first.ordering, bytes);
  await first.height(entered.height + 1);
  const { appHash, height } = first.ordering.status();
  await first.close();
  const second = await start(place, clock);
  expect(second.ordering.status()).toMatchObject({ appHash, height });
  expect(await second.ordering.submit([bytes])).toMatchObject([
    { status: "entered", height: entered.height, index: 0 },
  ]);
});

test("what was refused of a large request is not kept in memory for the sake of what was admitted", async () => {
  const { ordering, environment } = await start(folder(), { ms: 0 });
  const good = give(environment, "a", 5000, ordering.status().now.seconds);
  const request = new Uint8Array(1 << 20);
  request.set(good);
  const parts = [request.subarray(0, good.length), request.subarray(good.length)];
  const submissions = await ordering.submit(parts);
  expect(submissions.map(({ status }) => status)).toEqual(["admitted", "inadmissible"]);
  const place = await ordering.settled((submissions[0] as { identity: Uint8Array }).identity, 10_000);
  const [kept] = ordering.block((place as { height: number }).height)?.transactions ?? [];
  expect(kept).toEqual(good);
  expect(kept?.buffer.byteLength).toBe(good.length);
});
