import { BytesError, equalBytes, fromHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { type Commit, type Header, LightClientError } from "@acta/light-client";
import { ProtocolError } from "@acta/protocol";
import { CommandError } from "@acta/sdk";
import type { Fuzzed } from "./fuzz.ts";

// Files of one package alone, which no package exports: no other reads or writes them.
const PENDING = new URL("../../../client/sdk/src/outbox/pending.ts", import.meta.url).href;
const BLOCK_RECORDS = new URL("../../../node/store/src/block-records.ts", import.meta.url).href;
const LAST_RECORD = new URL("../../../node/store/src/last-record.ts", import.meta.url).href;
const FIELDS = new URL("../../../node/store/src/cbor-fields.ts", import.meta.url).href;

type Read = (bytes: Uint8Array, path: string) => unknown;
// What one reads, its own writer writes: the pairs below belong together.
type Write = (value: never) => Uint8Array;
type Module = Readonly<Record<string, Read & Write>>;
type Pair = readonly [read: Read, write: Write, sample: unknown];

/** The files that wait in an outbox for receipts: a transaction's, and a slip's. */
export async function pendingFiles(): Promise<Fuzzed> {
  const files: Module = await import(PENDING);
  const hash = sha256(new Uint8Array(3));
  const call = { subject: "合同.pdf", sha256: "ab".repeat(32), slip: "合同.pdf.slip" };
  const disclosures = [
    { path: ["file", "size"], salt: hash, value: 17 },
    { path: ["list", 3], salt: hash, value: new Map([["a", null]]) },
  ];
  return either(
    "pending",
    [CommandError],
    [
      pair(files, "PendingTransaction", { bytes: hash, calls: [call, { ...call, sha256: "" }] }),
      pair(files, "PendingSlip", { identity: hash, call: 2, disclosures }),
    ],
  );
}

/** The records of a block in the database, the newest block's, and a transaction's whereabouts. */
export async function storeRecords(header: Header, outcomes: readonly Uint8Array[]): Promise<Fuzzed> {
  const records: Module = await import(BLOCK_RECORDS);
  const last: Module = await import(LAST_RECORD);
  // The class whose errors the store names the place of.
  const { RecordFormError }: { RecordFormError: new () => Error } = await import(FIELDS);
  const hash = sha256(new Uint8Array(4));
  const parts = { total: 1, hash };
  const roots = { stateRoot: hash, logRoot: hash, appHash: hash };
  const result = {
    identity: hash,
    signaturesHash: hash,
    outcomeBytes: outcomes.slice(0, 3),
    changes: [
      [
        [[2, "evidence", "deposit", hash.slice(0, 16)], hash],
        [[2, "evidence", "deposit", 5], null],
      ],
      [],
    ],
  };
  const common = { index: 0, due: 1_800_000_000, contract: "rent", action: "lapse", name: "flat" };
  const action = { ...common, verdict: "accepted", refusal: null, bundleHash: hash, changesRoot: hash };
  const refusal = { contract: "rent", code: "already-lapsed", blanks: new Map([["thing", "flat"]]) };
  const refused = { ...action, index: 1, verdict: "refused", refusal, changesRoot: null };
  return either(
    "store-records",
    [RecordFormError, LightClientError, ProtocolError, BytesError],
    [
      pair(records, "HeaderRecord", { header, parts, stateRoot: hash, actionCount: 2, actionsRoot: hash }),
      pair(records, "Transactions", [hash, new Uint8Array(0)]),
      pair(records, "Results", {
        results: [result],
        actions: [action, refused],
        actionChanges: [[[[2, "rent", "lease", "flat"], hash]], []],
      }),
      pair(records, "CommitRecord", sampleCommit(hash)),
      pair(last, "LastRecord", { height: 7, headerHash: hash, ...roots, resultsHash: hash, isSigned: true }),
    ],
  );
}

function pair(module: Module, name: string, sample: unknown): Pair {
  const [read, write] = [module[`decode${name}`], module[`encode${name}`]];
  if (read === undefined || write === undefined) throw new Error(`There is no coder of ${name}.`);
  return [read, write, sample];
}

/** Several decoders at once: none may accept what its writer would not have written. */
function either(name: string, classes: readonly (new (...args: never[]) => Error)[], pairs: readonly Pair[]): Fuzzed {
  const isRefusal = (error: unknown): boolean => classes.some((each) => error instanceof each);
  return {
    name,
    form: "cbor",
    samples: pairs.map(([, write, sample]) => write(sample as never)),
    again(input) {
      const answers = pairs.map(([read, write]) => {
        try {
          return write(read(input, "here") as never);
        } catch (error) {
          if (isRefusal(error)) return error;
          throw error;
        }
      });
      const written = answers.filter((answer) => answer instanceof Uint8Array);
      if (written.length === 0) throw answers[0];
      return written.find((bytes) => !equalBytes(bytes, input)) ?? input;
    },
    isRefusal,
  };
}

function sampleCommit(hash: Uint8Array): Commit {
  const time = { seconds: 1_800_000_000, nanoseconds: 3 };
  const vote = { flag: "commit" as const, address: hash.slice(0, 20), time, signature: fromHex("ab".repeat(64)) };
  const absent = { ...vote, flag: "absent" as const, address: new Uint8Array(0), signature: new Uint8Array(0) };
  const blockId = { hash, parts: { total: 1, hash } };
  return { height: 7, round: 0, blockId, signatures: [vote, { ...vote, flag: "nil" }, absent] };
}
