import { closeSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import type { WireRequest } from "./request.ts";

const CHUNK_BYTES = 4 << 20;
/** Before each request: its length, and its count, four bytes each, the least first. */
const FRAME_BYTES = 8;

/** Writes requests one behind the other into a file; `close` waits until they are on the disk. */
export function writeRequests(path: string): { add(request: WireRequest): void; close(): void } {
  const file = openSync(path, "w");
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const flush = (): void => {
    // A regular file takes all of it or throws.
    writeSync(file, Buffer.concat(waiting));
    waiting = [];
    bytes = 0;
  };
  return {
    add(request) {
      const frame = Buffer.alloc(FRAME_BYTES);
      frame.writeUInt32LE(request.bytes.length, 0);
      frame.writeUInt32LE(request.count, 4);
      waiting.push(frame, request.bytes);
      bytes += FRAME_BYTES + request.bytes.length;
      if (bytes >= CHUNK_BYTES) flush();
    },
    close() {
      flush();
      // Else the system writes them while the node is measured on the same disk.
      fsyncSync(file);
      closeSync(file);
    },
  };
}

/** Reads the requests of some files in order, some megabytes at once. Undefined after the last. */
export function readRequests(paths: readonly string[]): () => WireRequest | undefined {
  const left = [...paths];
  let file: number | undefined;
  let chunk = Buffer.alloc(0);

  /** Makes sure that so many bytes are at hand; false at the end of the files. */
  function fill(bytes: number): boolean {
    while (chunk.length < bytes) {
      if (file === undefined) {
        const path = left.shift();
        if (path === undefined) return false;
        file = openSync(path, "r");
      }
      // A new buffer each time: what was handed out may still be on its way.
      const next = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, bytes - chunk.length));
      const read = readSync(file, next);
      if (read === 0) {
        closeSync(file);
        file = undefined;
      }
      chunk = chunk.length === 0 ? next.subarray(0, read) : Buffer.concat([chunk, next.subarray(0, read)]);
    }
    return true;
  }

  return () => {
    if (!fill(FRAME_BYTES)) return undefined;
    const [length, count] = [chunk.readUInt32LE(0), chunk.readUInt32LE(4)];
    if (!fill(FRAME_BYTES + length)) throw new Error("A file of requests breaks off.");
    const bytes = chunk.subarray(FRAME_BYTES, FRAME_BYTES + length);
    chunk = chunk.subarray(FRAME_BYTES + length);
    return { bytes, count };
  };
}
