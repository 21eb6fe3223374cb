import { encode, toHex } from "@acta/bytes";

/** What a node answered: its status, headers, and its body as JSON where it is JSON. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  // Tests look into answers member by member; a wrong member fails the test.
  // biome-ignore lint/suspicious/noExplicitAny: the form of an answer is what is tested
  readonly json: any;
};

/** Asks a node. Throws where no node answers. */
export async function ask(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  const json = isJson ? JSON.parse(Buffer.from(bytes).toString("utf8")) : undefined;
  return { status: response.status, headers: response.headers, bytes, json };
}

/** Posts one transaction as such. */
export function postOne(
  url: string,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const body = bytes.slice();
  return ask(`${url}/v1/transactions`, {
    method: "POST",
    headers: { "content-type": "application/cbor", ...headers },
    body,
  });
}

/** Posts several transactions in one body. */
export function postMany(url: string, transactions: readonly Uint8Array[]): Promise<Answer> {
  const headers = { "content-type": "application/vnd.acta.transactions+cbor" };
  return ask(`${url}/v1/transactions`, { method: "POST", headers, body: encode(transactions).slice() });
}

/** The node's status. */
export async function statusOf(
  url: string,
): Promise<{ height: number; appHash: string; nowSeconds: number; state: string; waiting: { count: number } }> {
  return (await ask(`${url}/v1/status`)).json;
}

/** Where a transaction is, after waiting for its block. */
export async function settled(url: string, identity: Uint8Array | string, seconds = 20): Promise<Answer> {
  const name = typeof identity === "string" ? identity : toHex(identity);
  return ask(`${url}/v1/transactions/${name}?wait=${seconds}`);
}

/** The receipt of a call, as soon as the block that proves it is there. Throws where none comes in 20 seconds. */
export async function receiptOf(url: string, identity: string, call = 0): Promise<Uint8Array> {
  for (let tried = 0; tried < 200; tried++) {
    const answer = await ask(`${url}/v1/transactions/${identity}/receipt?call=${call}`);
    if (answer.status === 200) return answer.bytes;
    if (answer.json?.error?.code !== "not-yet-proved")
      throw new Error(`Receipt of ${identity}: ${JSON.stringify(answer.json)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No receipt of ${identity} came.`);
}
