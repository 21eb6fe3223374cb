import { encode } from "@acta/bytes";

/** A request as it goes over the wire, and how many transactions (or answers) it stands for. */
export type WireRequest = { readonly bytes: Uint8Array; readonly count: number };

const MANY = "application/vnd.acta.transactions+cbor";
const ONE = "application/cbor";

/** Bytes of transactions after which a request is closed, whatever may still be put into it. */
export const BODY_BYTES = 1 << 20;

/** A POST of some transactions: one alone is the body itself, as whoever has one would send it; several are a list. */
export function postOf(transactions: readonly Uint8Array[], isList: boolean): WireRequest {
  const [first] = transactions;
  const body = isList || first === undefined ? encode(transactions) : first;
  const head = `POST /v1/transactions HTTP/1.1\r\nhost: node\r\ncontent-type: ${isList ? MANY : ONE}\r\ncontent-length: ${body.length}\r\n\r\n`;
  return { bytes: Buffer.concat([Buffer.from(head, "latin1"), body]), count: transactions.length };
}

/** A GET of a path. */
export function getOf(path: string): WireRequest {
  return { bytes: Buffer.from(`GET ${path} HTTP/1.1\r\nhost: node\r\n\r\n`, "latin1"), count: 1 };
}
