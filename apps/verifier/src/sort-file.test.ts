import { encode, fromObject } from "@acta/bytes";
import { expect, test } from "vitest";
import { sortFile } from "./sort-file.ts";

const proof = encode(["acta/slip/1", [], []]);
const trust = encode(fromObject({ name: "demo", format: 1 }));
const text = new TextEncoder().encode("hello");

test("knows proofs and trust files by how they begin, whatever they are called", () => {
  expect(sortFile("scan.pdf", proof)).toBe("proof");
  expect(sortFile("scan.pdf", trust)).toBe("trust");
  expect(sortFile("notes.txt", text)).toBe("original");
  expect(sortFile("empty", new Uint8Array())).toBe("original");
});

test("takes a damaged slip for a slip, so that it is judged", () => {
  expect(sortFile("photo.jpg.slip", text)).toBe("proof");
  expect(sortFile("photo.jpg.SLIP", new Uint8Array([0x83, 0x6b, 0xff, 0xff, 0xff, 0xff, 0xff]))).toBe("proof");
  expect(sortFile("haiping.trust", text)).toBe("trust");
});

test("a deposit that waits is no slip, although it may look like one", () => {
  expect(sortFile("photo.jpg.slip.pending", proof)).toBe("pending");
});
