import { toHex } from "@acta/bytes";
import { identityOf, parseTransaction } from "@acta/protocol";
import { type NodeClient, SdkError, type SubmissionAnswer } from "@acta/sdk";
import { expect, test } from "vitest";
import { memoryInMemory } from "../test/memory-in-memory.ts";
import { createDesk, type Desk } from "./desk.ts";
import type { Memory } from "./memory.ts";

const LIMITS = { maxBytes: 2 << 20, maxCalls: 10_000 };
const away = (): never => {
  throw new SdkError("node-away", "No node answers.");
};

/** A node that answers submissions as told, and is away for everything that follows. */
function nodeThat(submit: (bytes: Uint8Array) => SubmissionAnswer | Promise<SubmissionAnswer>): NodeClient {
  const flags = { development: true, demo: true };
  return {
    status: async () => ({
      ledgerId: "11".repeat(32),
      name: "demo",
      chainId: "demo-1",
      height: 7,
      nowSeconds: 1_800_000_000,
      state: "running",
      flags,
    }),
    submit: async (list) => Promise.all(list.map(submit)),
    transaction: async () => undefined,
    receipt: away,
    receipts: away,
    trustFile: away,
    record: away,
    stateProof: away,
    stateProofOf: away,
    actions: away,
    findActions: away,
    actionProof: away,
    totalProof: away,
    get: away,
  };
}

let drawn = 0;

function deskOver(memory: Memory, node: NodeClient): Desk {
  return createDesk({
    memory: async () => memory,
    nodeIn: () => node,
    random: (length) => new Uint8Array(length).fill(++drawn),
    nowMs: () => 1_800_000_000_000,
    alone: (work) => work(),
  });
}

const files = [new File(["one"], "a.txt"), new File(["two"], "b.txt")];

test("what opens the seals is kept before the first byte leaves, and the same bytes go out after a reload", async () => {
  const memory = memoryInMemory();
  const sent: Uint8Array[] = [];
  const node = nodeThat(async (bytes) => {
    sent.push(bytes);
    expect(await memory.deposits()).toHaveLength(2);
    return away();
  });
  const desk = deskOver(memory, node);
  await desk.begin();
  await desk.take(files);
  expect(sent).toHaveLength(0);
  await desk.sign("described");
  expect(desk.state().trouble).toEqual({ kind: "node-away" });
  expect(desk.state().deposits.map(({ name, result }) => [name, result])).toEqual([
    ["a.txt", undefined],
    ["b.txt", undefined],
  ]);
  await deskOver(memory, node).begin();
  expect(sent).toHaveLength(2);
  expect(toHex(sent[1] ?? new Uint8Array())).toBe(toHex(sent[0] ?? new Uint8Array()));
  const { calls, signatures } = parseTransaction(sent[0] ?? new Uint8Array(), LIMITS);
  expect([calls.length, signatures.length]).toEqual([2, 1]);
});

test("what expired is signed anew with the same commitments, and the old bytes are forgotten", async () => {
  const memory = memoryInMemory();
  const sent: Uint8Array[] = [];
  const node = nodeThat((bytes) => {
    sent.push(bytes);
    return sent.length === 1 ? { status: "inadmissible", code: "expired" } : away();
  });
  const desk = deskOver(memory, node);
  await desk.take(files);
  await desk.sign("");
  const [first, second] = sent.map((bytes) => parseTransaction(bytes, LIMITS));
  expect(second?.calls.map(({ input }) => input)).toEqual(first?.calls.map(({ input }) => input));
  const identity = toHex(identityOf(second?.payloadBytes ?? new Uint8Array()));
  expect((await memory.transactions()).map((each) => each.identity)).toEqual([identity]);
  expect(desk.state().deposits.every(({ transaction }) => transaction === identity)).toBe(true);
});

test("where nothing could be kept nothing is sent, and the files stay ready", async () => {
  const memory = memoryInMemory();
  const full: Memory = { ...memory, write: () => Promise.reject(new DOMException("full", "QuotaExceededError")) };
  const desk = deskOver(full, nodeThat(away));
  await desk.take(files);
  await desk.sign("");
  expect(desk.state().trouble).toEqual({ kind: "memory-full" });
  expect(desk.state().work).toMatchObject({ kind: "ready" });
});

test("files can be put aside before they are signed for, and too many at once are refused", async () => {
  const desk = deskOver(memoryInMemory(), nodeThat(away));
  await desk.take(files);
  desk.setAside();
  expect(desk.state().work).toEqual({ kind: "idle" });
  await desk.take(Array.from({ length: 5001 }, () => new File([], "x")));
  expect(desk.state().trouble).toEqual({ kind: "too-many", most: 5000 });
});

test("what the node turns away for good is kept with its reason, waits no longer, and the rest goes on", async () => {
  const memory = memoryInMemory();
  const refusal = { status: "inadmissible", code: "wrong-signature", message: "No.", remedy: "Sign anew." } as const;
  const desk = deskOver(
    memory,
    nodeThat(() => refusal),
  );
  await desk.take(files);
  await desk.sign("");
  expect(desk.state().trouble).toBeUndefined();
  expect(desk.state().justEntered).toEqual({ accepted: 0, refused: 2 });
  const turnedAway = { code: "wrong-signature", en: "No. Sign anew.", zh: "No.Sign anew." };
  expect(desk.state().deposits.map((each) => each.turnedAway)).toEqual([turnedAway, turnedAway]);
  expect(await memory.transactions()).toEqual([]);
  const [first] = desk.state().deposits;
  await desk.forget([first?.deposit ?? ""]);
  expect(desk.state().deposits).toHaveLength(1);
  expect(await memory.deposits()).toHaveLength(1);
});

test("what was entered before is not given up, whatever the node says of the bytes", async () => {
  const memory = memoryInMemory();
  const desk = deskOver(
    memory,
    nodeThat(() => ({ status: "inadmissible", code: "replayed", message: "Before." })),
  );
  await desk.take(files);
  await desk.sign("");
  expect(desk.state().trouble).toEqual({ kind: "node-refused", words: "Before." });
  expect(await memory.transactions()).toHaveLength(1);
});

test("a document that describes the files is sealed with each, and one that says nothing is refused by name", async () => {
  const memory = memoryInMemory();
  const sent: Uint8Array[] = [];
  const node = nodeThat((bytes) => {
    sent.push(bytes);
    return away();
  });
  const desk = deskOver(memory, node);
  await desk.take(files);
  await desk.describe(new File(['{"a":\n'], "broken.json"));
  expect(desk.state().work).toMatchObject({ description: { kind: "refused", name: "broken.json" } });
  await desk.sign("");
  expect(sent).toHaveLength(0);
  const type = "https://ontology.unifiedcyberontology.org/uco/observable/Device";
  await desk.describe(new File([JSON.stringify({ "@type": type })], "case.json"));
  await desk.sign("");
  const { calls } = parseTransaction(sent[0] ?? new Uint8Array(), LIMITS);
  expect(calls.map(({ input }) => input.has("descriptionFile"))).toEqual([true, true]);
  expect(desk.state().deposits.map(({ description }) => description)).toEqual(["case.json", "case.json"]);
});

test("the browser guards the key where it can", async () => {
  const memory = memoryInMemory();
  const desk = deskOver(memory, nodeThat(away));
  await desk.take(files);
  await desk.sign("");
  const key = await memory.key();
  expect(key?.kind).toBe("guarded");
  expect(key?.kind === "guarded" && key.privateKey.extractable).toBe(false);
  expect(desk.state().key?.kind).toBe("guarded");
});
