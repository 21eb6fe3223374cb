import { type CborValue, decode, fromHex, toHex } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import {
  type Algorithm,
  keyId,
  keyProofMessage,
  partyOf,
  type SignatureRule,
  sealCommitment,
  tagMessage,
  verifySignature,
} from "../src/index.ts";
import { readVectors } from "./files.ts";

type SignatureCase = {
  name: string;
  rule: SignatureRule;
  algorithm: Algorithm;
  publicKey: string;
  message: string;
  signature: string;
  valid: boolean;
};

describe("the vectors of signatures", () => {
  test.each(readVectors<SignatureCase>("signatures.json"))("$name under the rule $rule: $valid", (each) => {
    const { rule, algorithm, publicKey, message, signature } = each;
    const check = { publicKey: fromHex(publicKey), message: fromHex(message), signature: fromHex(signature) };
    expect(verifySignature({ rule, algorithm, ...check })).toBe(each.valid);
  });
});

type KeyCase = Record<"publicKey" | "keyId" | "party" | "ledgerId" | "keyProofMessage", string> & {
  algorithm: Algorithm;
};

test.each(readVectors<KeyCase>("keys.json"))("the vectors of keys hold for algorithm $algorithm", (each) => {
  const id = keyId(each.algorithm, fromHex(each.publicKey));
  const party = partyOf(id);
  expect(toHex(id)).toBe(each.keyId);
  expect(toHex(party)).toBe(each.party);
  expect(toHex(keyProofMessage(fromHex(each.ledgerId), party, id))).toBe(each.keyProofMessage);
});

type SealCase = Record<"name" | "place" | "salt" | "value" | "commitment", string>;
type Place = [Uint8Array, string, string, readonly CborValue[], readonly string[], Uint8Array];

test.each(readVectors<SealCase>("seals.json"))("the vectors of seals hold for $name", (each) => {
  const place = decode(fromHex(each.place)) as unknown as Place; // the shape that write-vectors.ts gives it
  const [ledgerId, contract, record, key, field, party] = place;
  const sealed = { salt: fromHex(each.salt), value: decode(fromHex(each.value)) };
  expect(toHex(sealCommitment({ ledgerId, contract, record, key, field, party, ...sealed }))).toBe(each.commitment);
});

type TagCase = Record<"name" | "statement" | "message" | "publicKey" | "signature", string> & { algorithm: Algorithm };
type Statement = [Uint8Array, string, string, CborValue[], Uint8Array[], Uint8Array, Uint8Array];

test.each(readVectors<TagCase>("tags.json"))("the vectors of tags hold for $name, algorithm $algorithm", (each) => {
  const parts = decode(fromHex(each.statement)) as unknown as Statement; // the shape that write-vectors.ts gives it
  const [ledgerId, contract, scope, within, commitments, tag, nonce] = parts;
  const message = tagMessage({ ledgerId, contract, scope, within, commitments, tag, nonce });
  expect(toHex(message)).toBe(each.message);
  const { algorithm, publicKey, signature } = each;
  const check = { algorithm, publicKey: fromHex(publicKey), signature: fromHex(signature) };
  expect(verifySignature({ rule: "signature", ...check, message })).toBe(true);
  const other = tagMessage({ ledgerId, contract, scope, within, commitments, tag, nonce: new Uint8Array(16) });
  expect(verifySignature({ rule: "signature", ...check, message: other })).toBe(false);
});
