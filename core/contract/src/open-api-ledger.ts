import type { JsonSchema } from "./kinds/kind.ts";

// The routes that every ledger has, whatever its contracts.

const cbor = { "application/cbor": { schema: { type: "string", format: "binary" } } };
const problem = { description: "What is wrong, and what to do.", content: json("Problem") };
const identity = parameter("identity", "path", { type: "string", pattern: "^[0-9a-f]{64}$" });
const height = parameter("height", "path", { type: "integer", minimum: 1 });

/** Paths for sending transactions, and for reading what came of them. */
export const ledgerPaths: JsonSchema = {
  "/v1/transactions": {
    post: {
      tags: ["ledger"],
      operationId: "submit",
      summary: "Send a signed transaction, or an array of many. Sending the same one again returns its status.",
      requestBody: {
        required: true,
        content: {
          ...cbor,
          "application/vnd.acta.transactions+cbor": { schema: { type: "string", format: "binary" } },
        },
      },
      responses: {
        "200": { description: "What became of each.", content: json("Submissions") },
        "429": problem,
        "503": { ...problem, headers: { "Retry-After": { schema: { type: "integer" } } } },
        default: problem,
      },
    },
  },
  "/v1/transactions/{identity}": read("transaction", "A transaction's status and outcomes", json("TransactionStatus"), [
    identity,
    parameter("wait", "query", { type: "integer", minimum: 0, maximum: 60 }),
  ]),
  "/v1/transactions/{identity}/receipt": read("receipt", "A call's receipt, once the next header is there", cbor, [
    identity,
    parameter("call", "query", { type: "integer", minimum: 0 }),
  ]),
  "/v1/transactions/{identity}/receipts": read(
    "receipts",
    "The receipts of many calls: a CBOR array of byte strings",
    cbor,
    [
      identity,
      parameter("from", "query", { type: "integer", minimum: 0 }),
      parameter("count", "query", { type: "integer", minimum: 1 }),
    ],
  ),
  "/v1/status": read("status", "Name, height, time and state of the ledger", json("Status"), []),
  "/v1/trust": read("trust", "The trust file that verifiers need", cbor, []),
  "/v1/blocks/{height}": read("block", "A block", cbor, [height]),
  "/v1/headers/{height}": read("header", "A header with its commit", cbor, [height]),
  "/v1/events": read(
    "events",
    "Blocks as they come; resumes after the height in Last-Event-ID or `from`",
    eventStream(),
    [parameter("from", "query", { type: "integer", minimum: 0 })],
  ),
  "/v1/contracts": read("contracts", "The contracts in force", anyJson(), []),
  "/v1/contracts/{name}": read("contract", "A contract's manifest", anyJson(), [
    parameter("name", "path", { type: "string" }),
  ]),
};

const hex32 = { type: "string", pattern: "^[0-9a-f]{64}$" };

/** Schemas that the routes of every ledger share. */
export const ledgerSchemas: JsonSchema = {
  Seconds: { type: "integer", minimum: 0, description: "Seconds since 1970 UTC." },
  Signers: {
    type: "array",
    minItems: 1,
    maxItems: 16,
    description: "Who is going to sign: registered parties with the powers they use, or keys that are not registered.",
    items: { type: "object" },
  },
  Problem: {
    type: "object",
    properties: {
      error: {
        type: "object",
        properties: { code: { type: "string" }, message: { type: "string" }, remedy: { type: "string" } },
        required: ["code", "message"],
      },
    },
    required: ["error"],
  },
  Refusal: {
    type: "object",
    description:
      "Whose refusal it is (a contract, or the ledger), its code, and what fills the blanks of its sentence.",
    properties: {
      contract: { type: "string" },
      code: { type: "string" },
      blanks: { type: "object" },
      message: { type: "string" },
    },
    required: ["contract", "code"],
  },
  Outcome: {
    type: "object",
    properties: {
      index: { type: "integer", minimum: 0 },
      verdict: { enum: ["accepted", "refused", "undone"] },
      refusal: { $ref: "#/components/schemas/Refusal" },
    },
    required: ["index", "verdict"],
  },
  Submissions: {
    type: "object",
    properties: {
      submissions: {
        type: "array",
        items: {
          type: "object",
          properties: {
            identity: hex32,
            status: { enum: ["admitted", "entered", "inadmissible", "busy"] },
            code: { type: "string" },
            message: { type: "string" },
            height: { type: "integer" },
          },
          required: ["identity", "status"],
        },
      },
    },
    required: ["submissions"],
  },
  TransactionStatus: {
    type: "object",
    properties: {
      status: { enum: ["admitted", "entered", "unknown"] },
      height: { type: "integer" },
      index: { type: "integer" },
      outcomes: { type: "array", items: { $ref: "#/components/schemas/Outcome" } },
    },
    required: ["status"],
  },
  Status: { type: "object", properties: { ledger: hex32, height: { type: "integer" }, now: { type: "integer" } } },
  Prepared: {
    type: "object",
    description: "A dry run's outcome; and in base64url the call, the payload, and for each signer the bytes to sign.",
    properties: { outcome: { $ref: "#/components/schemas/Outcome" } },
  },
};

function read(
  operationId: string,
  summary: string,
  content: JsonSchema,
  parameters: readonly JsonSchema[],
): JsonSchema {
  const responses = { "200": { description: summary, content }, default: problem };
  return { get: { tags: ["ledger"], operationId, summary, parameters, responses } };
}

function parameter(name: string, place: "path" | "query", schema: JsonSchema): JsonSchema {
  return { name, in: place, required: place === "path", schema };
}

function json(schema: string): JsonSchema {
  return { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
}

function anyJson(): JsonSchema {
  return { "application/json": { schema: {} } };
}

function eventStream(): JsonSchema {
  return { "text/event-stream": { schema: { type: "string" } } };
}
