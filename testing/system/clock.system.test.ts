import { map } from "@acta/bytes";
import type { Call } from "@acta/protocol";
import { afterEach, expect, test } from "vitest";
import { postOne, settled, statusOf } from "../src/http.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { depositCall, signSample } from "../src/sample-ledger.ts";
import { type InProcessNode, startInProcess } from "./in-process-node.ts";

const random = randomNumbers(9);
let node: InProcessNode | undefined;

afterEach(async () => {
  await node?.close();
  node = undefined;
});

/** A node whose wall clock the test sets; boot time goes its way. */
async function startWithClock() {
  let aheadMs = 0;
  const clock = { wallMs: () => Date.now() + aheadMs, bootMs: () => performance.now() };
  node = await startInProcess({ clock });
  const { url, ledger } = node;
  const made = (call: Call, signer = ledger.depositor, nowSeconds = Math.floor(clock.wallMs() / 1000)) =>
    signSample(ledger, { signers: [signer], calls: [call], expiry: nowSeconds + 900, nonce: randomBytes(random, 16) });
  const deposit = () => made(depositCall(randomBytes(random, 16)));
  const confirm = (time: number) => {
    const input = map([["time", time]]);
    const call = {
      contract: "operation",
      version: 1,
      action: "confirmClock",
      input,
      expects: [],
      blind: new Uint8Array(0),
    };
    return made(call, ledger.operator, time);
  };
  return { node, url, deposit, confirm, jump: (ms: number) => (aheadMs += ms) };
}

async function entered(url: string, bytes: Uint8Array): Promise<void> {
  const { json } = await postOne(url, bytes);
  expect(json.submissions?.[0]?.status, JSON.stringify(json)).toBe("admitted");
  const { json: place } = await settled(url, json.submissions[0].identity);
  expect(place.outcomes, JSON.stringify(place)).toMatchObject([{ verdict: "accepted" }]);
}

test.each([
  ["forward", 11 * 60_000],
  ["back", -6000],
])("a wall clock that jumps %s stops the blocks until the operator confirms the clock", async (_, jumpMs) => {
  const { url, deposit, confirm, jump } = await startWithClock();
  await entered(url, deposit());
  const before = await statusOf(url);
  jump(jumpMs);

  const refused = await postOne(url, deposit());
  expect(refused.status).toBe(503);
  expect(refused.json.error).toMatchObject({
    code: "clock-stopped",
    remedy: expect.stringContaining("acta clock confirm"),
  });
  expect(refused.headers.get("retry-after")).toBe("10");
  expect((await statusOf(url)).state).toBe("clock-stopped");
  expect((await fetch(`${url}/healthz`)).status).toBe(503);
  // Setting the clock right again does not make it trusted.
  jump(-jumpMs);
  expect((await postOne(url, deposit())).status).toBe(503);
  expect((await statusOf(url)).height).toBeLessThanOrEqual(before.height + 1);

  await entered(url, confirm((await statusOf(url)).nowSeconds));
  expect((await statusOf(url)).state).toBe("running");
  await entered(url, deposit());
});

test("time that passes on both clocks, sleep included, stops nothing", async () => {
  let asleepMs = 0;
  const clock = { wallMs: () => Date.now() + asleepMs, bootMs: () => performance.now() + asleepMs };
  node = await startInProcess({ clock });
  const { url, ledger } = node;
  const made = (nowSeconds: number) =>
    signSample(ledger, {
      signers: [ledger.depositor],
      calls: [depositCall(randomBytes(random, 16))],
      expiry: nowSeconds + 900,
      nonce: randomBytes(random, 16),
    });
  await entered(url, made((await statusOf(url)).nowSeconds));
  asleepMs = 8 * 3_600_000;
  const { nowSeconds, state } = await statusOf(url);
  expect(state).toBe("running");
  expect(nowSeconds).toBeGreaterThan(Date.now() / 1000 + 8 * 3600 - 10);
  await entered(url, made(nowSeconds));
});
