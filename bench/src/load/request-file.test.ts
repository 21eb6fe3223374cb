import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "@acta/bytes";
import { expect, test } from "vitest";
import { postOf, type WireRequest } from "./request.ts";
import { readRequests, writeRequests } from "./request-file.ts";

test("requests come back in order and whole, over files and chunks", () => {
  const folder = mkdtempSync(join(tmpdir(), "acta-bench-"));
  const requests = [5, 3_000_000, 0, 4_500_000, 17, 9_000_000].map(
    (length, count): WireRequest => ({ bytes: new Uint8Array(length).fill(count + 1), count }),
  );
  const paths = [requests.slice(0, 2), [], requests.slice(2)].map((some, index) => {
    const path = join(folder, String(index));
    const file = writeRequests(path);
    for (const request of some) file.add(request);
    file.close();
    return path;
  });
  const next = readRequests(paths);
  for (const { bytes, count } of requests) {
    const read = next();
    expect(read?.count).toBe(count);
    expect(Buffer.compare(read?.bytes ?? Buffer.from("none"), bytes)).toBe(0);
  }
  expect(next()).toBeUndefined();
  rmSync(folder, { recursive: true });
});

test("one transaction is the body itself, several are a list", () => {
  const transactions = [Uint8Array.of(1, 2, 3), Uint8Array.of(4)];
  const bodyOf = ({ bytes }: WireRequest) => bytes.subarray(Buffer.from(bytes).indexOf("\r\n\r\n") + 4);
  expect([...bodyOf(postOf(transactions.slice(0, 1), false))]).toEqual([1, 2, 3]);
  expect(decode(new Uint8Array(bodyOf(postOf(transactions, true))))).toEqual(transactions);
  expect(Buffer.from(postOf(transactions, true).bytes).toString("latin1")).toContain("content-length: 7\r\n");
});
