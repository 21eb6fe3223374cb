import { concatBytes, uint64 } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { expect, test } from "vitest";
import { IdentitySet } from "./identity-set.ts";

test("has exactly what was added, through growth", () => {
  const set = new IdentitySet();
  for (let index = 0; index < 3000; index++) set.add(sha256(uint64(index)));
  for (let index = 0; index < 3000; index++) expect(set.has(sha256(uint64(index)))).toBe(true);
  for (let index = 3000; index < 6000; index++) expect(set.has(sha256(uint64(index)))).toBe(false);
  expect(set.size).toBe(3000);
});

test("tells apart identities with the same first bytes", () => {
  const set = new IdentitySet();
  const head = new Uint8Array(24).fill(7);
  for (let index = 0; index < 100; index++) set.add(concatBytes(head, uint64(index)));
  set.add(concatBytes(head, uint64(5)));
  expect(set.size).toBe(100);
  expect(set.has(concatBytes(head, uint64(99)))).toBe(true);
  expect(set.has(concatBytes(head, uint64(100)))).toBe(false);
});
