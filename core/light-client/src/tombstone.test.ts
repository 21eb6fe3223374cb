import { toHex, utf8Encode } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { expect, test } from "vitest";
import { isTombstone, tombstoneValidator } from "./tombstone.ts";

test("the tombstone is one Ed25519 validator of power 1 whose key hashes the chain id", () => {
  const { algorithm, publicKey, power } = tombstoneValidator("alpha-0-c6565886b05f0e61");
  expect([algorithm, power]).toEqual([-19, 1]);
  expect(toHex(publicKey)).toBe(toHex(sha256(utf8Encode("acta/closed/alpha-0-c6565886b05f0e61"))));
});

test("each chain has its own tombstone", () => {
  const tombstone = tombstoneValidator("alpha-0-c6565886b05f0e61");
  expect(isTombstone(tombstone, "alpha-0-c6565886b05f0e61")).toBe(true);
  expect(isTombstone(tombstone, "alpha-1-c6565886b05f0e61")).toBe(false);
});
