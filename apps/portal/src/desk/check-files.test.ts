import { expect, test } from "vitest";
import { partProofs } from "./check-files.ts";

test("a proof is known by its first bytes, or by its name where they are damaged", async () => {
  const proof = new File([new Uint8Array([0x83, 0x6b]), "acta/slip/1"], "any.name");
  const damaged = new File(["?"], "damaged.slip");
  const original = new File(["acta/ in the text, not as a proof"], "original.txt");
  const { proofs, others } = await partProofs([proof, damaged, original]);
  expect(proofs.map(({ name }) => name)).toEqual(["any.name", "damaged.slip"]);
  expect(others.map(({ name }) => name)).toEqual(["original.txt"]);
});
