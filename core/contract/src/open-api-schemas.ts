import type { JsonSchema } from "./kinds/kind.ts";

const HASH = { type: "string", pattern: "^[0-9a-f]{64}$" };
const TEXT = { type: "string" };
const COUNT = { type: "integer", minimum: 0 };
const BASE64URL = { type: "string", pattern: "^[A-Za-z0-9_-]*$" };
const ACT = { $ref: "#/components/schemas/Act" };
const OUTCOME = { $ref: "#/components/schemas/Outcome" };

/** The schemas that the routes of every ledger share. Answers may get further members; requests may not. */
export const ledgerSchemas: JsonSchema = {
  Problem: members(
    { error: members({ code: TEXT, message: TEXT, remedy: TEXT, detail: TEXT }, ["code", "message", "remedy"]) },
    ["error"],
  ),
  Refusal: members({ contract: TEXT, code: TEXT, blanks: { type: "object" }, message: TEXT }, ["contract", "code"]),
  Outcome: members(
    {
      contract: TEXT,
      action: TEXT,
      index: COUNT,
      verdict: { enum: ["accepted", "refused", "undone"] },
      refusal: { $ref: "#/components/schemas/Refusal" },
    },
    ["index", "verdict"],
  ),
  Acts: members({ height: COUNT, count: COUNT, actions: { type: "array", items: ACT } }, [
    "height",
    "count",
    "actions",
  ]),
  FoundActs: members({ actions: { type: "array", items: ACT }, next: COUNT }, ["actions"]),
  Act: members(
    {
      height: COUNT,
      index: COUNT,
      due: { type: "string", format: "date-time" },
      contract: TEXT,
      action: TEXT,
      name: TEXT,
      verdict: { enum: ["accepted", "refused"] },
      refusal: { $ref: "#/components/schemas/Refusal" },
    },
    ["index", "due", "contract", "action", "name", "verdict"],
  ),
  AskedRecords: {
    ...members(
      {
        records: {
          type: "array",
          minItems: 1,
          maxItems: 1000,
          items: {
            type: "array",
            minItems: 2,
            prefixItems: [TEXT, TEXT],
            description: "Contract, record, and the parts of its key in their JSON form.",
          },
        },
      },
      ["records"],
    ),
    additionalProperties: false,
  },
  Submissions: members(
    {
      submissions: {
        type: "array",
        items: members(
          {
            identity: HASH,
            status: { enum: ["admitted", "entered", "inadmissible", "unavailable"] },
            code: TEXT,
            message: TEXT,
            remedy: TEXT,
            height: COUNT,
            index: COUNT,
          },
          ["status"],
        ),
      },
    },
    ["submissions"],
  ),
  TransactionStatus: members(
    {
      identity: HASH,
      status: { enum: ["admitted", "left-out", "entered"] },
      height: COUNT,
      index: COUNT,
      outcomes: { type: "array", items: OUTCOME },
      code: TEXT,
      message: TEXT,
      remedy: TEXT,
    },
    ["identity", "status"],
  ),
  Status: members(
    { name: TEXT, ledgerId: HASH, height: COUNT, appHash: HASH, time: TEXT, now: TEXT, nowSeconds: COUNT, state: TEXT },
    ["ledgerId", "height", "nowSeconds"],
  ),
  Contracts: members(
    {
      contracts: {
        type: "array",
        items: members({ name: TEXT, version: COUNT, title: TEXT }, ["name", "version", "title"]),
      },
    },
    ["contracts"],
  ),
  Signers: {
    type: "array",
    minItems: 1,
    maxItems: 16,
    description: "Who will sign: registered parties with the roles they use, or strangers by their keys.",
    items: {
      type: "object",
      properties: {
        party: HASH,
        roles: { type: "array", items: { type: "array", items: TEXT, minItems: 2, maxItems: 2 } },
        algorithm: { enum: [-19, -9, -49] },
        publicKey: BASE64URL,
      },
    },
  },
  Expects: {
    type: "array",
    maxItems: 16,
    description:
      "Records that the call depends on; where one is no longer so when it is carried out, it is refused with record-changed.",
    items: members(
      {
        contract: TEXT,
        record: TEXT,
        key: { type: "array", description: "The parts of the record's key, as its path has them." },
        valueHash: {
          type: ["string", "null"],
          pattern: HASH.pattern,
          description: "SHA-256 of the value's bytes, null for none; left out, that of now.",
        },
      },
      ["contract", "record", "key"],
    ),
  },
  VersionEnd: members({ height: COUNT, time: TEXT }, ["height", "time"]),
  Prepared: members(
    {
      outcome: OUTCOME,
      expects: { type: "array" },
      changes: COUNT,
      call: BASE64URL,
      payload: BASE64URL,
      toSign: { type: "array", items: { type: ["string", "null"] } },
    },
    ["outcome", "call", "payload", "toSign"],
  ),
};

function members(properties: JsonSchema, required: readonly string[]): JsonSchema {
  return { type: "object", properties, required };
}
