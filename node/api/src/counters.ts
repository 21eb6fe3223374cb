import type { Ordering, Submission } from "@acta/ordering";

/** Classes of HTTP status codes, as the metrics name them. */
export const STATUS_CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx"] as const;
/** What can become of a submission. */
export const SUBMISSION_STATUSES = ["admitted", "entered", "inadmissible", "unavailable"] as const;

/** What a node's HTTP server counts since it started. */
export type Counters = {
  readonly submissions: Record<Submission["status"], number>;
  readonly responses: Record<(typeof STATUS_CLASSES)[number], number>;
};

/** All at zero, so that every series is there from the first scrape. */
export function createCounters(): Counters {
  return {
    submissions: { admitted: 0, entered: 0, inadmissible: 0, unavailable: 0 },
    responses: { "1xx": 0, "2xx": 0, "3xx": 0, "4xx": 0, "5xx": 0 },
  };
}

/** Counts a response by the class of its status code. */
export function countResponse({ responses }: Counters, statusCode: number): void {
  const index = Math.floor(statusCode / 100) - 1;
  responses[STATUS_CLASSES[index] ?? "5xx"] += 1;
}

/** The same ordering, its submissions counted by what became of them. */
export function counted(ordering: Ordering, { submissions }: Counters): Ordering {
  return {
    ...ordering,
    async submit(transactions, takeShare) {
      const answers = await ordering.submit(transactions, takeShare);
      for (const { status } of answers) submissions[status] += 1;
      return answers;
    },
  };
}
