import { utf8Encode } from "@acta/bytes";
import { ed25519, sha256 } from "@acta/crypto";
import { expect, test } from "vitest";
import { ed25519Signer, signEd25519 } from "./signing.ts";

test("signs the same bytes as the pure code, with the same public key", () => {
  for (let seed = 0; seed < 20; seed++) {
    const secret = sha256(utf8Encode(`key ${seed}`));
    const message = utf8Encode("message ".repeat(seed));
    expect(ed25519Signer(secret).publicKey).toEqual(ed25519.publicKey(secret));
    expect(signEd25519(secret, message)).toEqual(ed25519.sign(secret, message));
  }
});

test("refuses a secret key of another length in words", () => {
  expect(() => signEd25519(new Uint8Array(31), new Uint8Array())).toThrow("31");
});
