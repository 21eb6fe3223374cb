import { connect, type Socket } from "node:net";

/** The answer to a request: status code, body, and how long it took. */
export type Answer = { readonly status: number; readonly body: Buffer; readonly milliseconds: number };

const HEAD_END = "\r\n\r\n";

/**
 * One connection that stays open and sends one request after another, each when the one before is answered.
 *
 * Requests are bytes made beforehand and answers are read no further than needed, because whoever makes load shares the
 * machine with what is measured. Answers must have a length; the node's have.
 */
export class Connection {
  readonly #socket: Socket;
  #parts: Buffer[] = [];
  #length = 0;
  #expected = Number.POSITIVE_INFINITY;
  #sentAt = 0;
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (part: Buffer) => this.#take(part));
    socket.on("error", (error) => this.#waiting?.reject(error));
    socket.on("close", () => this.#waiting?.reject(new Error("The node closed the connection.")));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new Connection(socket));
      });
    });
  }

  /** Sends a request and waits for its answer. One at a time. */
  exchange(request: Uint8Array): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#sentAt = performance.now();
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(part: Buffer): void {
    this.#parts.push(part);
    this.#length += part.length;
    if (this.#expected === Number.POSITIVE_INFINITY) this.#expected = wholeLength(this.#joined());
    if (this.#length < this.#expected) return;
    const answer = this.#joined();
    const waiting = this.#waiting;
    this.#parts = [];
    this.#length = 0;
    this.#expected = Number.POSITIVE_INFINITY;
    this.#waiting = undefined;
    const milliseconds = performance.now() - this.#sentAt;
    // "HTTP/1.1 200 …"
    const status = Number(answer.toString("latin1", 9, 12));
    waiting?.resolve({ status, body: answer.subarray(answer.indexOf(HEAD_END) + HEAD_END.length), milliseconds });
  }

  #joined(): Buffer {
    const [first] = this.#parts;
    if (first !== undefined && this.#parts.length === 1) return first;
    const joined = Buffer.concat(this.#parts);
    this.#parts = [joined];
    return joined;
  }
}

/** The length of the answer that begins with these bytes, head and body; infinite while the head is not whole. */
function wholeLength(bytes: Buffer): number {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return Number.POSITIVE_INFINITY;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString("latin1", 0, end))?.[1];
  if (length === undefined) throw new Error("The node answered without a length.");
  return end + HEAD_END.length + Number(length);
}
