export { type PreparePowers, prepare } from "./prepare.ts";
export { actionToJson, blockToJson, outcomesToJson } from "./present.ts";
export { PROBLEMS, Problem, type ProblemCode } from "./problem.ts";
export { createQuotas, DEFAULT_QUOTAS, type QuotaLimits, type Quotas } from "./quotas.ts";
export { TRUST_BLOCK, withTrust } from "./routes/pages.ts";
export { MANY, MAX_TRANSACTIONS_PER_REQUEST, ONE } from "./routes/transactions.ts";
export { createServer, type Log, MAX_BODY_BYTES } from "./server.ts";
export { createWords, type Words } from "./words.ts";
export type { PrepareRequest, World } from "./world.ts";
