import { toHex } from "@acta/bytes";
import type { Store } from "@acta/store";
import { afterEach, expect, test } from "vitest";
import { postMany, postOne, settled, statusOf } from "../src/http.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { depositCall, type SampleLedger, signSample } from "../src/sample-ledger.ts";
import { type InProcessNode, startInProcess, type Tampering, withMethods } from "./in-process-node.ts";

const random = randomNumbers(3);
let node: InProcessNode | undefined;

let openGate = (): void => undefined;

afterEach(async () => {
  openGate();
  await node?.close();
  node = undefined;
});

async function start(tampering: Tampering): Promise<InProcessNode> {
  node = await startInProcess(tampering);
  return node;
}

/** A store whose commits wait while the gate is shut. */
function gated() {
  let open = Promise.resolve();
  const wrapStore = (store: Store): Store =>
    withMethods(store, {
      commit: async (block) => {
        await open;
        await store.commit(block);
      },
    });
  return {
    wrapStore,
    shut: () => {
      open = new Promise((resolve) => {
        openGate = resolve;
      });
    },
    lift: () => openGate(),
  };
}

async function deposits(
  ledger: SampleLedger,
  url: string,
  count: number,
  signer = ledger.depositor,
): Promise<Uint8Array[]> {
  const { nowSeconds } = await statusOf(url);
  return Array.from({ length: count }, () =>
    signSample(ledger, {
      signers: [signer],
      calls: [depositCall(randomBytes(random, 16))],
      expiry: nowSeconds + 600,
      nonce: randomBytes(random, 16),
    }),
  );
}

test("a full pool says busy and when to come back; the same bytes are taken later", async () => {
  const gate = gated();
  const { url, ledger } = await start({ limits: { poolCalls: 3 }, wrapStore: gate.wrapStore });
  const made = await deposits(ledger, url, 5);
  gate.shut();
  const { json } = await postMany(url, made);
  const statuses = json.submissions.map((each: { status: string }) => each.status);
  expect(statuses).toEqual(["admitted", "admitted", "admitted", "unavailable", "unavailable"]);
  expect(json.submissions[4]).toMatchObject({
    code: "busy",
    message: expect.stringMatching(/./),
    remedy: expect.stringMatching(/./),
  });

  const [, , , , late] = made as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const refused = await postOne(url, late, { "accept-language": "zh-CN" });
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(refused.json.error.code).toBe("busy");
  expect(refused.json.error.message).toMatch(/[一-龥]/);

  gate.lift();
  const first = await settled(url, json.submissions[0].identity);
  expect(first.json.status).toBe("entered");
  const taken = await postOne(url, late);
  expect(taken.json.submissions[0].status).toBe("admitted");
  expect((await settled(url, taken.json.submissions[0].identity)).json.status).toBe("entered");
});

test("a node that is busy still says what it has and where the ledger is", async () => {
  const gate = gated();
  const { url, ledger } = await start({ limits: { poolCalls: 1 }, wrapStore: gate.wrapStore });
  const [one, two] = (await deposits(ledger, url, 2)) as [Uint8Array, Uint8Array];
  gate.shut();
  const { json } = await postOne(url, one);
  expect((await postOne(url, two)).status).toBe(503);
  expect((await postOne(url, one)).json.submissions[0]).toEqual({
    identity: json.submissions[0].identity,
    status: "admitted",
  });
  expect(await statusOf(url)).toMatchObject({ state: "running", waiting: { count: 1 } });
  gate.lift();
  await settled(url, json.submissions[0].identity);
});

test("strangers have a rate for each address; registered parties have none", async () => {
  const { url, ledger } = await start({ quotas: { transactionsPerSecond: 2 } });
  const strangers = await deposits(ledger, url, 6, ledger.stranger);
  const { json } = await postMany(url, strangers);
  const codes = json.submissions.map((each: { status: string; code?: string }) => each.code ?? each.status);
  expect(codes).toEqual(["admitted", "admitted", "admitted", "admitted", "too-many-requests", "too-many-requests"]);
  const refused = await postOne(url, strangers[5] as Uint8Array);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  expect(refused.json.error).toMatchObject({
    code: "too-many-requests",
    remedy: expect.stringContaining("Retry-After"),
  });
  const registered = await postMany(url, await deposits(ledger, url, 20));
  expect(registered.json.submissions.every((each: { status: string }) => each.status === "admitted")).toBe(true);
});

test("strangers have a daily share of bytes", async () => {
  const { url, ledger } = await start({ quotas: { bytesPerDay: 1000 } });
  const answers = [];
  for (const bytes of await deposits(ledger, url, 4, ledger.stranger)) answers.push(await postOne(url, bytes));
  expect(answers[0]?.status).toBe(200);
  const last = answers.at(-1);
  expect(last?.status).toBe(429);
  expect(last?.json.error.code).toBe("daily-bytes-spent");
  expect(Number(last?.headers.get("retry-after"))).toBeLessThanOrEqual(86_400);
});

test("whoever sends wrong signatures pays for the work", async () => {
  const { url, ledger } = await start({ quotas: { transactionsPerSecond: 1 } });
  const before = await statusOf(url);
  const wrong = (await deposits(ledger, url, 3)).map((bytes) => flipSignature(bytes));
  for (const bytes of wrong) expect((await postOne(url, bytes)).json.submissions[0].code).toBe("wrong-signature");
  const [stranger] = (await deposits(ledger, url, 1, ledger.stranger)) as [Uint8Array];
  expect((await postOne(url, stranger)).status).toBe(429);
  expect(await statusOf(url)).toMatchObject({ height: before.height, appHash: before.appHash });
});

/** The last byte of the signature, which stands right before the calls, with one bit changed. */
function flipSignature(bytes: Uint8Array): Uint8Array {
  const text = toHex(bytes);
  const at = text.indexOf("5840") / 2 + 2 + 10;
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
