import type { Ordering, Submission } from "@acta/ordering";
import { expect, test } from "vitest";
import { exposition } from "../exposition.ts";
import { createServer } from "../server.ts";
import type { World } from "../world.ts";
import { MANY } from "./transactions.ts";

const submissions: Submission[] = [
  { status: "admitted", identity: new Uint8Array(32) },
  { status: "admitted", identity: new Uint8Array(32).fill(1) },
  { status: "inadmissible", code: "expired" },
];
// The routes asked here touch only these powers.
const ordering = {
  status: () => ({
    state: "running",
    ledgerId: new Uint8Array(32).fill(0xab),
    name: "river",
    chainId: "river-0-0011223344556677",
    height: 41,
    time: { seconds: 1000, nanoseconds: 500_000_000 },
    now: { seconds: 1003, nanoseconds: 0 },
    waiting: { count: 2, bytes: 600 },
  }),
  submit: async () => submissions,
  stateKeys: () => 1234,
  signatureCpuMicroseconds: () => 2_500_000,
} as unknown as Ordering;
const world = { ordering, contracts: [], words: () => ({ message: "", remedy: "" }) } as unknown as World;

test("the metrics say height, age, state, pool, keys and CPU, each with its type", async () => {
  const answer = await createServer(world, () => undefined).inject("/metrics");
  expect(answer.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
  const lines = answer.body.split("\n");
  expect(lines).toContain(
    `acta_ledger_info{name="river",chain="river-0-0011223344556677",ledger="${"ab".repeat(32)}"} 1`,
  );
  for (const line of [
    "acta_height 41",
    "acta_block_age_seconds 2.5",
    'acta_state{state="running"} 1',
    'acta_state{state="disk-full"} 0',
    "acta_pool_transactions 2",
    "acta_pool_bytes 600",
    "acta_state_keys 1234",
    "acta_signature_cpu_seconds_total 2.5",
    "# TYPE acta_submissions_total counter",
    'acta_submissions_total{status="admitted"} 0',
  ])
    expect(lines).toContain(line);
  expect(answer.body).toMatch(/^process_resident_memory_bytes \d{6,}$/m);
  expect(answer.body).toMatch(/^process_cpu_seconds_total \d/m);
});

test("every line has the form that Prometheus reads", async () => {
  const { body } = await createServer(world, () => undefined).inject("/metrics");
  for (const line of body.trimEnd().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+)$/);
});

test("submissions are counted by what became of them, responses by class, whatever was asked", async () => {
  const server = createServer(world, () => undefined);
  await server.inject({
    method: "POST",
    url: "/v1/transactions",
    headers: { "content-type": MANY },
    payload: Buffer.from([0x81, 0x41, 0x00]),
  });
  for (const url of ["/a", "/b?c=d", `/${"e".repeat(400)}`]) await server.inject(url);
  const { body } = await server.inject("/metrics");
  expect(body).toContain('acta_submissions_total{status="admitted"} 2\n');
  expect(body).toContain('acta_submissions_total{status="inadmissible"} 1\n');
  expect(body).toContain('acta_http_responses_total{class="2xx"} 1\n');
  expect(body).toContain('acta_http_responses_total{class="4xx"} 3\n');
  expect(body).not.toContain("eeee");
});

test("what stands in a label is escaped", () => {
  const text = exposition([{ name: "m", kind: "gauge", help: "h", samples: [{ labels: { a: 'x"\\\n' }, value: 1 }] }]);
  expect(text).toBe('# HELP m h\n# TYPE m gauge\nm{a="x\\"\\\\\\n"} 1\n');
});
