import { cpuUsage, memoryUsage, uptime } from "node:process";
import { toHex } from "@acta/bytes";
import type { Time } from "@acta/light-client";
import type { Ordering, OrderingStatus } from "@acta/ordering";
import type { FastifyInstance } from "fastify";
import { type Counters, STATUS_CLASSES, SUBMISSION_STATUSES } from "../counters.ts";
import { EXPOSITION_TYPE, exposition, type Metric, type Sample } from "../exposition.ts";

const STATES = [
  "running",
  "clock-stopped",
  "disk-full",
  "epoch-ended",
  "stopping",
] as const satisfies readonly OrderingStatus["state"][];

/** `GET /metrics`: the node's figures for Prometheus. They tell nothing of what was entered, or by whom. */
export function metricsRoutes(server: FastifyInstance, ordering: Ordering, counters: Counters): void {
  server.get("/metrics", async (_request, reply) =>
    reply
      .type(EXPOSITION_TYPE)
      .send(exposition([...ledgerMetrics(ordering), ...servingMetrics(counters), ...processMetrics()])),
  );
}

function ledgerMetrics(ordering: Ordering): Metric[] {
  const status = ordering.status();
  const { name, chainId, ledgerId, height, state, waiting } = status;
  return [
    gauge("acta_ledger_info", "The ledger that this node keeps; always 1.", [
      { labels: { name, chain: chainId, ledger: toHex(ledgerId) }, value: 1 },
    ]),
    gauge("acta_height", "Height of the newest durable block.", [{ value: height }]),
    gauge("acta_block_age_seconds", "Time since the newest block, by the ledger's clock.", [{ value: ageOf(status) }]),
    gauge(
      "acta_state",
      "1 for the state that the node is in.",
      STATES.map((each) => ({ labels: { state: each }, value: Number(each === state) })),
    ),
    gauge("acta_pool_transactions", "Transactions admitted and not yet entered.", [{ value: waiting.count }]),
    gauge("acta_pool_bytes", "Bytes of the transactions admitted and not yet entered.", [{ value: waiting.bytes }]),
    gauge("acta_state_keys", "Keys in the ledger's state.", [{ value: ordering.stateKeys() }]),
    counter("acta_signature_cpu_seconds_total", "CPU time that the signature workers used.", [
      { value: ordering.signatureCpuMicroseconds() / 1e6 },
    ]),
  ];
}

function servingMetrics({ submissions, responses }: Counters): Metric[] {
  return [
    counter(
      "acta_submissions_total",
      "Transactions submitted over HTTP, by what became of them at once.",
      SUBMISSION_STATUSES.map((status) => ({ labels: { status }, value: submissions[status] })),
    ),
    counter(
      "acta_http_responses_total",
      "HTTP responses, by the class of their status code.",
      STATUS_CLASSES.map((name) => ({ labels: { class: name }, value: responses[name] })),
    ),
  ];
}

function processMetrics(): Metric[] {
  const { rss, heapUsed } = memoryUsage();
  const { user, system } = cpuUsage();
  return [
    gauge("process_resident_memory_bytes", "Memory of the process.", [{ value: rss }]),
    gauge("acta_heap_used_bytes", "JavaScript heap in use.", [{ value: heapUsed }]),
    counter("process_cpu_seconds_total", "CPU time of the process, all its threads together.", [
      { value: (user + system) / 1e6 },
    ]),
    gauge("acta_uptime_seconds", "Time since the process started.", [{ value: uptime() }]),
  ];
}

function ageOf({ now, time }: OrderingStatus): number {
  return Math.max(0, secondsOf(now) - secondsOf(time));
}

function secondsOf({ seconds, nanoseconds }: Time): number {
  return seconds + nanoseconds / 1e9;
}

function gauge(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, kind: "gauge", help, samples };
}

function counter(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, kind: "counter", help, samples };
}
