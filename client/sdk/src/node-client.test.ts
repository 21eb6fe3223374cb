import { encode } from "@acta/bytes";
import { expect, test } from "vitest";
import { createNodeClient, type NodePowers } from "./node-client.ts";

type Answer = Response | Error;

/** A world in which the node gives these answers, one after another, and time passes only by sleeping. */
function world(...answers: Answer[]) {
  const asked: { url: string; body: unknown }[] = [];
  let now = 0;
  const powers: NodePowers = {
    node: "http://node.invalid",
    async fetch(url, init) {
      asked.push({ url, body: init?.body });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Response) return answer.clone();
      throw answer ?? new Error("no answer left");
    },
    async sleep(milliseconds) {
      now += milliseconds;
    },
    now: () => now,
  };
  return { asked, client: createNodeClient(powers), elapsed: () => now };
}

const away = new TypeError("fetch failed");
const refusal = (status: number, code: string, headers = {}) =>
  Response.json({ error: { code, message: "Said in words.", remedy: "Do this." } }, { status, headers });

test("the same bytes are sent again while the node is away or busy", async () => {
  const { asked, client } = world(
    away,
    refusal(503, "busy", { "retry-after": "1" }),
    Response.json({ submissions: [{ status: "admitted" }] }),
  );
  expect(await client.submit([new Uint8Array([1])])).toEqual([{ status: "admitted" }]);
  expect(asked).toHaveLength(3);
  expect(new Set(asked.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test("after a minute without an answer the person is told what to do", async () => {
  const { client, elapsed } = world(away);
  await expect(client.status()).rejects.toMatchObject({
    code: "node-away",
    message: expect.stringContaining("npm start"),
  });
  expect(elapsed()).toBeGreaterThan(55_000);
  expect(elapsed()).toBeLessThanOrEqual(60_000);
});

test("a refusal is not tried again, and comes in the node's own words", async () => {
  const { asked, client } = world(refusal(400, "bad-request"));
  const error = { code: "node-refused", detail: "bad-request", message: "Said in words. Do this." };
  await expect(client.status()).rejects.toMatchObject(error);
  expect(asked).toHaveLength(1);
});

test("an unknown transaction is undefined, not an error", async () => {
  const { client } = world(refusal(404, "unknown-transaction"));
  expect(await client.transaction(new Uint8Array(32))).toBeUndefined();
});

test("keys of records are escaped into the path", async () => {
  const { asked, client } = world(Response.json({}));
  await client.record("evidence", "deposit", ["a/b ü"]);
  expect(asked[0]?.url).toBe("http://node.invalid/v1/records/evidence/deposit/a%2Fb%20%C3%BC");
});

test("a list of receipts that is none is refused", async () => {
  const { client } = world(new Response(encode([1]).slice()));
  await expect(client.receipts(new Uint8Array(32), 0, 1)).rejects.toMatchObject({ code: "node-answer" });
});
