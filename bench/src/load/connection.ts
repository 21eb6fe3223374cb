import { connect, type Socket } from "node:net";

/** The answer to a request: status code, body, and how long it took. */
export type Answer = { readonly status: number; readonly body: Buffer; readonly milliseconds: number };

const HEAD_END = "\r\n\r\n";
/** Idle for longer than this it is opened anew before it is used: servers close idle connections, some after five seconds. */
const IDLE_MS = 4000;

/**
 * One connection that stays open and sends one request after another, each when the one before is answered.
 *
 * Requests are bytes made beforehand and answers are read no further than needed, because whoever makes load shares the
 * machine with what is measured. Answers must have a length; the node's have.
 */
export class Connection {
  readonly #port: number;
  #socket: Socket;
  #parts: Buffer[] = [];
  #length = 0;
  #expected = Number.POSITIVE_INFINITY;
  #sentAt = 0;
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  #usedAt = performance.now();

  private constructor(port: number, socket: Socket) {
    this.#port = port;
    this.#socket = socket;
    this.#listen();
  }

  static async open(port: number): Promise<Connection> {
    return new Connection(port, await openSocket(port));
  }

  /** Sends a request and waits for its answer. One at a time. Throws where the node is gone. */
  async exchange(request: Uint8Array): Promise<Answer> {
    if (this.#socket.destroyed || performance.now() - this.#usedAt > IDLE_MS) await this.#reopen();
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

  async #reopen(): Promise<void> {
    this.#socket.destroy();
    this.#socket = await openSocket(this.#port);
    this.#listen();
  }

  #listen(): void {
    const socket = this.#socket;
    const fail = (error: Error): void => {
      // One that was replaced has nothing more to say.
      if (socket === this.#socket) this.#waiting?.reject(error);
    };
    socket.on("data", (part: Buffer) => this.#take(part));
    socket.on("error", fail);
    socket.on("close", () => fail(new Error("The node closed the connection.")));
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
    this.#usedAt = performance.now();
    const milliseconds = this.#usedAt - this.#sentAt;
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

function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

/** The length of the answer that begins with these bytes, head and body; infinite while the head is not whole. */
function wholeLength(bytes: Buffer): number {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return Number.POSITIVE_INFINITY;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString("latin1", 0, end))?.[1];
  if (length === undefined) throw new Error("The node answered without a length.");
  return end + HEAD_END.length + Number(length);
}
