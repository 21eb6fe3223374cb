import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { Connection } from "./connection.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

/** A server that answers each request with the next text, in pieces of some bytes. */
async function serve(answers: readonly string[], pieceBytes: number): Promise<number> {
  const left = [...answers];
  server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("data", async () => {
      const answer = Buffer.from(left.shift() ?? "", "latin1");
      for (let at = 0; at < answer.length; at += pieceBytes) {
        socket.write(answer.subarray(at, at + pieceBytes));
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test.each([1, 7, 1000])("reads answers that come in pieces of %i bytes, one after the other", async (pieceBytes) => {
  const answers = ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n"];
  const connection = await Connection.open(await serve(answers, pieceBytes));
  const first = await connection.exchange(Buffer.from("one"));
  expect([first.status, first.body.toString()]).toEqual([200, "hello"]);
  const second = await connection.exchange(Buffer.from("two"));
  expect([second.status, second.body.toString()]).toEqual([503, ""]);
  connection.close();
});
