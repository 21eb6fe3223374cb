import type { JsonSchema } from "./kinds/kind.ts";

// The routes that every ledger has, whatever its contracts.

const BINARY = { schema: { type: "string", format: "binary" } };
const CBOR = { "application/cbor": BINARY };
const PROBLEM = { description: "What is wrong, and what to do.", content: json("Problem") };
const LATER = { ...PROBLEM, headers: { "Retry-After": { schema: { type: "integer" }, description: "Seconds." } } };
const IDENTITY = parameter("identity", "path", { type: "string", pattern: "^[0-9a-f]{64}$" });
const HEIGHT = parameter("height", "path", { type: "integer", minimum: 1 });

/** Sending transactions, what came of them, proofs, blocks and contracts; health, figures and pages. */
export const ledgerPaths: JsonSchema = {
  "/v1/transactions": {
    post: {
      tags: ["ledger"],
      operationId: "submit",
      summary: "Send a signed transaction, or up to 1,000 as a CBOR array of byte strings",
      description: "Sending the same transaction again is harmless: the answer is the status of the first.",
      requestBody: { required: true, content: { ...CBOR, "application/vnd.acta.transactions+cbor": BINARY } },
      responses: {
        "200": { description: "What became of each.", content: json("Submissions") },
        "400": { description: "The one transaction that was sent is inadmissible.", content: json("Submissions") },
        "429": LATER,
        "503": LATER,
        default: PROBLEM,
      },
    },
  },
  "/v1/transactions/{identity}": read(
    "transaction",
    "A transaction's status and its first 100 outcomes",
    json("TransactionStatus"),
    [IDENTITY, parameter("wait", "query", { type: "integer", minimum: 0, maximum: 30 })],
  ),
  "/v1/transactions/{identity}/receipt": read("receipt", "A call's receipt, once the next header is there", CBOR, [
    IDENTITY,
    parameter("call", "query", { type: "integer", minimum: 0 }),
  ]),
  "/v1/transactions/{identity}/receipts": read(
    "receipts",
    "The receipts of many calls: a CBOR array of byte strings",
    CBOR,
    [
      IDENTITY,
      parameter("from", "query", { type: "integer", minimum: 0 }),
      parameter("count", "query", { type: "integer", minimum: 1, maximum: 1000 }),
    ],
  ),
  "/v1/status": read("status", "Name, height, time and state of the ledger", json("Status"), []),
  "/v1/trust": read("trust", "The trust file that verifiers need", CBOR, []),
  "/v1/blocks/{height}": read("block", "A block; as CBOR its exact bytes", { ...anyJson(), ...CBOR }, [HEIGHT]),
  "/v1/headers/{height}": read("header", "A header", CBOR, [HEIGHT]),
  "/v1/headers/{height}/renewal": read(
    "renewal",
    "What renews a proof that rests on a header: CBOR [link, header, commit] to the newest, or [link, height]",
    CBOR,
    [HEIGHT, parameter("to", "query", { type: "string", pattern: "^(?:newest|[0-9]{1,16})$" })],
  ),
  "/v1/blocks/{height}/actions": read("acts", "What the ledger did by itself in a block", json("Acts"), [
    HEIGHT,
    parameter("from", "query", { type: "integer", minimum: 0 }),
    parameter("count", "query", { type: "integer", minimum: 1, maximum: 1000 }),
  ]),
  "/v1/blocks/{height}/actions/{index}": read("act", "The proof of one such act, once the next header is there", CBOR, [
    HEIGHT,
    parameter("index", "path", { type: "integer", minimum: 0 }),
  ]),
  "/v1/actions": read(
    "findActs",
    "When a contract's deadline of a name passed, the earliest first; `next` is the height to go on from",
    json("FoundActs"),
    [
      { ...parameter("contract", "query", { type: "string" }), required: true },
      { ...parameter("name", "query", { type: "string" }), required: true },
      parameter("from", "query", { type: "integer", minimum: 1 }),
    ],
  ),
  "/v1/proofs": {
    post: {
      tags: ["ledger"],
      operationId: "prove",
      summary: "One state proof of up to 1,000 records, present or absent, as of one block",
      requestBody: { required: true, content: json("AskedRecords") },
      responses: { "200": { description: "The state proof.", content: CBOR }, "503": LATER, default: PROBLEM },
    },
  },
  "/v1/events": read(
    "events",
    "Blocks as they come, numbered by height; goes on after Last-Event-ID, or at `from`",
    { "text/event-stream": { schema: { type: "string" } } },
    [parameter("from", "query", { type: "integer", minimum: 0 })],
  ),
  "/v1/contracts": read("contracts", "The contracts in force", json("Contracts"), []),
  "/v1/contracts/{contract}": read("contract", "A contract's manifest", anyJson(), [
    parameter("contract", "path", { type: "string" }),
  ]),
  "/healthz": read("health", "Whether the node runs", anyJson(), []),
  "/metrics": read("metrics", "The node's figures, in the text form of Prometheus", text("text/plain"), []),
  "/openapi.json": read("openapi", "This document", anyJson(), []),
  "/": read("portal", "The portal's page; where it is not built, a plain first page", text("text/html"), []),
  "/assets/{name}": read(
    "asset",
    "Script and style of the portal",
    { ...text("text/javascript"), ...text("text/css") },
    [parameter("name", "path", { type: "string" })],
  ),
  "/verifier.html": read("verifier", "The verifier page with this ledger's trust file", text("text/html"), []),
};

function read(
  operationId: string,
  summary: string,
  content: JsonSchema,
  parameters: readonly JsonSchema[],
): JsonSchema {
  const responses = { "200": { description: summary, content }, default: PROBLEM };
  return { get: { tags: ["ledger"], operationId, summary, parameters, responses } };
}

function parameter(name: string, place: "path" | "query", schema: JsonSchema): JsonSchema {
  return { name, in: place, required: place === "path", schema };
}

function json(schema: string): JsonSchema {
  return { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
}

function text(type: string): JsonSchema {
  return { [type]: { schema: { type: "string" } } };
}

function anyJson(): JsonSchema {
  return { "application/json": { schema: {} } };
}
