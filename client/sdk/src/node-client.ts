import { decode, encode, toHex } from "@acta/bytes";
import { SdkError } from "./error.ts";

/** What a client of a node is given: its address, and powers of the world around it. */
export type NodePowers = {
  /** Address of the node, such as `http://127.0.0.1:8080`. */
  readonly node: string;
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  /** How long the same bytes are tried again while the node is away or busy, in milliseconds. Default 60,000. */
  readonly retryForMs?: number;
  readonly language?: "zh" | "en";
  /** Told once for each request that the node does not answer, or is busy, and is tried again. */
  readonly onWait?: (seconds: number) => void;
};

/** What the node said of one submitted transaction. */
export type SubmissionAnswer = {
  readonly status: "admitted" | "entered" | "inadmissible" | "unavailable";
  readonly identity?: string;
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string;
  readonly height?: number;
  readonly index?: number;
};

/** Where a transaction is. */
export type TransactionAnswer = {
  readonly status: "admitted" | "entered" | "left-out";
  readonly height?: number;
  readonly index?: number;
  readonly code?: string;
  readonly message?: string;
};

/** Status of a node, as far as programs need it. */
export type StatusAnswer = {
  readonly ledgerId: string;
  readonly name: string;
  readonly chainId: string;
  readonly height: number;
  /** The least time, in seconds, that the next block can carry: expiry is reckoned from it. */
  readonly nowSeconds: number;
  readonly state: string;
  readonly flags: { readonly development: boolean; readonly demo: boolean };
};

/** What the ledger did by itself when a deadline passed, as the node tells it. */
export type ActAnswer = {
  readonly index: number;
  /** RFC 3339: when it was due, however much later the block came. */
  readonly due: string;
  readonly contract: string;
  readonly action: string;
  readonly name: string;
  readonly verdict: "accepted" | "refused";
  readonly refusal?: { readonly contract: string; readonly code: string; readonly message: string };
};

/** A record as the API names it: contract, record, and each part of its key in its JSON form. */
export type RecordAddress = readonly [contract: string, record: string, ...key: unknown[]];

/** The routes of a node that programs use. Every call is tried again while the node is away, always with the same bytes. */
export type NodeClient = {
  readonly status: () => Promise<StatusAnswer>;
  readonly submit: (transactions: readonly Uint8Array[]) => Promise<readonly SubmissionAnswer[]>;
  /** The transaction's place; undefined where the node does not know it. Waits up to `waitSeconds` for its block. */
  readonly transaction: (identity: Uint8Array, waitSeconds?: number) => Promise<TransactionAnswer | undefined>;
  /** The receipt of one call. Waits for the block that proves it. */
  readonly receipt: (identity: Uint8Array, call: number) => Promise<Uint8Array>;
  /** Receipts of calls `from` and following, at most 1,000. */
  readonly receipts: (identity: Uint8Array, from: number, count: number) => Promise<readonly Uint8Array[]>;
  readonly trustFile: () => Promise<Uint8Array>;
  readonly record: (contract: string, record: string, key: readonly string[]) => Promise<unknown>;
  /** The state proof of a record, now or as of a height or a time (RFC 3339). Waits for the header that covers it. */
  readonly stateProof: (
    contract: string,
    record: string,
    key: readonly string[],
    asOf?: string | number,
  ) => Promise<Uint8Array>;
  /** The state proof of a total under a path (`44/03`; empty for the whole), now or as of the end of a day (`2026-11-21`). */
  readonly totalProof: (contract: string, total: string, path: string, day?: string) => Promise<Uint8Array>;
  /** One state proof of up to 1,000 records, present or absent. */
  readonly stateProofOf: (records: readonly RecordAddress[]) => Promise<Uint8Array>;
  /** What the ledger did by itself in a block, all of it. */
  readonly actions: (height: number) => Promise<readonly ActAnswer[]>;
  /** When a contract's deadline of a name passed, the earliest first; from a height on. `next`: where to ask for more. */
  readonly findActions: (
    contract: string,
    name: string,
    from?: number,
  ) => Promise<{ readonly actions: readonly (ActAnswer & { readonly height: number })[]; readonly next?: number }>;
  /** The proof of one of these. Waits for the block that proves it. */
  readonly actionProof: (place: { readonly height: number; readonly index: number }) => Promise<Uint8Array>;
  readonly get: (path: string) => Promise<Response>;
};

const MANY = "application/vnd.acta.transactions+cbor";
const DEFAULT_RETRY_MS = 60_000;
/** Attempts after which whoever waits is told. */
const TELL_AFTER = 4;

/** A client of one node. Throws SdkError `node-away` after the retries, `node-refused` with the node's own words. */
export function createNodeClient(powers: NodePowers): NodeClient {
  const ask = (path: string, init?: RequestInit): Promise<Response> => request(powers, path, init);
  const bytesOf = async (path: string, init?: RequestInit): Promise<Uint8Array> =>
    new Uint8Array(await (await ask(path, init)).arrayBuffer());
  // The node is of the same release: its answers have the forms of its own routes.
  const json = async <T>(path: string, init?: RequestInit): Promise<T> => (await ask(path, init)).json() as Promise<T>;
  const recordPath = (contract: string, record: string, key: readonly string[]): string =>
    `/v1/records/${[contract, record, ...key].map(encodeURIComponent).join("/")}`;
  return {
    status: () => json<StatusAnswer>("/v1/status"),
    async submit(transactions) {
      const init = { method: "POST", headers: { "content-type": MANY }, body: encode(transactions).slice() };
      return (await json<{ submissions: SubmissionAnswer[] }>("/v1/transactions", init)).submissions;
    },
    async transaction(identity, waitSeconds = 0) {
      try {
        return await json<TransactionAnswer>(`/v1/transactions/${toHex(identity)}?wait=${waitSeconds}`);
      } catch (error) {
        if (error instanceof SdkError && error.detail === "unknown-transaction") return undefined;
        throw error;
      }
    },
    receipt: (identity, call) => bytesOf(`/v1/transactions/${toHex(identity)}/receipt?call=${call}`),
    async receipts(identity, from, count) {
      const list = decode(await bytesOf(`/v1/transactions/${toHex(identity)}/receipts?from=${from}&count=${count}`));
      if (Array.isArray(list) && list.every((each) => each instanceof Uint8Array)) return list;
      throw new SdkError("node-answer", "The node's list of receipts is not a list of byte strings.");
    },
    trustFile: () => bytesOf("/v1/trust"),
    record: (contract, record, key) => json(recordPath(contract, record, key)),
    stateProof: (contract, record, key, asOf) =>
      bytesOf(`${recordPath(contract, record, key)}?proof${asOf === undefined ? "" : `&asOf=${asOf}`}`),
    totalProof(contract, total, path, day) {
      const steps = path === "" ? [] : path.split("/");
      const at = ["/v1/totals", ...[contract, total, ...steps].map(encodeURIComponent)].join("/");
      return bytesOf(`${at}?proof${day === undefined ? "" : `&day=${day}`}`);
    },
    stateProofOf(records) {
      const headers = { "content-type": "application/json" };
      return bytesOf("/v1/proofs", { method: "POST", headers, body: JSON.stringify({ records }) });
    },
    async actions(height) {
      const all: ActAnswer[] = [];
      for (;;) {
        const path = `/v1/blocks/${height}/actions?from=${all.length}`;
        const { count, actions } = await json<{ count: number; actions: readonly ActAnswer[] }>(path);
        all.push(...actions);
        if (all.length >= count || actions.length === 0) return all;
      }
    },
    findActions: (contract, name, from = 1) =>
      json(`/v1/actions?${new URLSearchParams({ contract, name, from: String(from) })}`),
    actionProof: ({ height, index }) => bytesOf(`/v1/blocks/${height}/actions/${index}`),
    get: ask,
  };
}

async function request(powers: NodePowers, path: string, init: RequestInit = {}): Promise<Response> {
  const until = powers.now() + (powers.retryForMs ?? DEFAULT_RETRY_MS);
  const headers = { "accept-language": powers.language ?? "en", ...(init.headers ?? {}) };
  for (let attempt = 0; ; attempt++) {
    const answer = await tryOnce(powers, path, { ...init, headers });
    if (answer instanceof Response && answer.ok) return answer;
    const pause = answer instanceof Response ? pauseOf(answer) : Math.min(2000, 100 * 2 ** attempt);
    if (pause === undefined || powers.now() + pause > until) throw await errorOf(powers, answer);
    // Read to its end, so that the connection can be used again.
    if (answer instanceof Response) await answer.arrayBuffer().catch(() => undefined);
    if (attempt === TELL_AFTER) powers.onWait?.(Math.round((until - powers.now()) / 1000));
    await powers.sleep(pause);
  }
}

async function tryOnce({ node, fetch }: NodePowers, path: string, init: RequestInit): Promise<Response | Error> {
  try {
    return await fetch(new URL(path, node).href, init);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Milliseconds to wait before the same request may succeed; undefined where it never will. */
function pauseOf(response: Response): number | undefined {
  const after = response.headers.get("retry-after");
  if (after === null && response.status < 502) return undefined;
  return Math.max(100, Number(after ?? "1") * 1000);
}

async function errorOf({ node }: NodePowers, answer: Response | Error): Promise<SdkError> {
  if (answer instanceof Error) {
    return new SdkError("node-away", `No node answers at ${node}. Start it (npm start), or name another with --node.`, {
      cause: answer,
    });
  }
  // Anything may answer at a wrong address: every member is optional.
  const body = (await answer.json().catch(() => ({}))) as {
    error?: Partial<Record<"code" | "message" | "remedy" | "detail", string>>;
  };
  const { code = String(answer.status), message = answer.statusText, remedy = "", detail } = body.error ?? {};
  const words = [message, detail === undefined ? "" : `(${detail})`, remedy].filter((each) => each !== "").join(" ");
  return new SdkError("node-refused", words, { detail: code });
}
