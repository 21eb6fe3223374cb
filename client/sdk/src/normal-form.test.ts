import { expect, test } from "vitest";
import { inNormalForm } from "./normal-form.ts";

test("texts are composed at any depth, everything else stays", () => {
  const bytes = new Uint8Array([1]);
  expect(inNormalForm({ a: "e\u0301", b: ["e\u0301", 5n], c: { d: bytes } })).toEqual({
    a: "é",
    b: ["é", 5n],
    c: { d: bytes },
  });
});
