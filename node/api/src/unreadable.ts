import type { Socket } from "node:net";
import { wordsOf } from "./problem.ts";

/** A request that HTTP itself could not read, as Node reports it. */
export type UnreadableError = Error & { readonly code?: string };

/**
 * Answers a request that is no HTTP, or whose address and headers are too long, in the form of every other error, and
 * hangs up. Its language is not known: it was never read.
 */
export function answerUnreadable({ code, message }: UnreadableError, socket: Socket): void {
  if (code !== "ECONNRESET" && socket.writable) {
    const [status, detail] = REASONS[code ?? ""] ?? ["400 Bad Request", message];
    const body = JSON.stringify({ error: { code: "bad-request", ...wordsOf("bad-request", "en"), detail } });
    const headers = [
      "Content-Type: application/json; charset=utf-8",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
    ];
    socket.write(`HTTP/1.1 ${status}\r\n${headers.join("\r\n")}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}

const REASONS: Readonly<Record<string, readonly [status: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "address and headers together are too long"],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "the request did not come to its end in time"],
};
