import { createFileHasher } from "@acta/merkle";
import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";

const bytes = Uint8Array.from({ length: 2_500_000 }, (_, index) => index * 7);
const large = new File([bytes], "large.bin");
const empty = new File([], "empty.txt");

test("files are fingerprinted slice by slice, as they would be in one piece", async () => {
  const counts: number[] = [];
  const done = await fingerprint([large, empty], (counted) => {
    counts.push(counted.bytes);
    return true;
  });
  expect(counts).toEqual([1 << 20, 2 << 20, 2_500_000]);
  expect(done?.files).toEqual([
    { name: "large.bin", identity: createFileHasher().update(bytes).finish() },
    { name: "empty.txt", identity: createFileHasher().finish() },
  ]);
});

test("it stops when it is asked to", async () => {
  expect(await fingerprint([large], ({ bytes }) => bytes < 2_000_000)).toBeUndefined();
});

test("what cannot be read is named, and the others are done", async () => {
  const gone = Object.assign(new File(["x"], "gone.txt"), { slice: () => new File([], "") });
  Object.defineProperty(gone, "slice", { value: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) });
  const done = await fingerprint([gone, empty], () => true);
  expect([done?.unread, done?.files.map(({ name }) => name)]).toEqual([["gone.txt"], ["empty.txt"]]);
});
