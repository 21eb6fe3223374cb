import { toHex } from "@acta/bytes";
import { verifySignature } from "@acta/crypto";
import { expect, test } from "vitest";
import {
  algorithmOf,
  formatKeyFile,
  keyFromSecret,
  ownParty,
  parseKeyFile,
  SUITES,
  type Suite,
  signWith,
} from "./key-file.ts";

const secret = new Uint8Array(32).fill(7);

test.each(Object.keys(SUITES) as Suite[])("a key of suite %s survives its file and signs what verifies", (suite) => {
  const key = keyFromSecret(suite, secret);
  const read = parseKeyFile(formatKeyFile(key));
  expect(read).toEqual(key);
  const message = new Uint8Array([1, 2, 3]);
  const signature = signWith(read, message);
  const check = {
    rule: "signature",
    algorithm: algorithmOf(read),
    publicKey: read.publicKey,
    message,
    signature,
  } as const;
  expect(verifySignature(check)).toBe(true);
});

test("a registered key keeps its party, institution and roles", () => {
  const made = keyFromSecret("ed25519", secret);
  const key = { ...made, party: ownParty(made), institution: "Demo court", roles: [["evidence", "court"]] as const };
  expect(parseKeyFile(formatKeyFile(key))).toEqual(key);
  expect(formatKeyFile(key)).toContain(toHex(key.party));
});

test("what is no key file is refused in words that never repeat it", () => {
  for (const text of ["", "[]", "{", '{"format":"acta-key/2"}', '{"format":"acta-key/1","suite":"rsa"}']) {
    expect(() => parseKeyFile(text)).toThrow(/key file/);
  }
  const broken = formatKeyFile(keyFromSecret("ed25519", secret)).replace("{", "");
  expect(() => parseKeyFile(broken)).toThrow(/^(?!.*BwcH).*$/);
});

test("a key file that was changed is refused, whichever member it was", () => {
  const whole = {
    ...keyFromSecret("ed25519", secret),
    institution: "Demo court",
    roles: [["evidence", "court"]] as const,
  };
  const json = JSON.parse(formatKeyFile(whole)) as Record<string, unknown>; // as it was just written
  const other = toHex(new Uint8Array(32).fill(8));
  for (const [member, wrong] of [
    ["secret", "CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"],
    ["secret", "BwcH"],
    ["secret", "not base64url!"],
    ["secret", 7],
    ["public", other],
    ["public", undefined],
    ["party", other],
    ["party", "07"],
    ["party", "zz"],
    ["registered", "no"],
    ["registered", undefined],
    ["suite", "ml-dsa-65"],
    ["suite", "toString"],
    ["roles", [["evidence"]]],
    ["institution", 3],
  ] as const) {
    const text = JSON.stringify({ ...json, [member]: wrong });
    expect(() => parseKeyFile(text), `${member} ${String(wrong)}`).toThrow(/^The key file/);
  }
  const esp256 = formatKeyFile(keyFromSecret("esp256", secret));
  const zero = JSON.stringify({ ...(JSON.parse(esp256) as object), secret: "A".repeat(43) });
  expect(() => parseKeyFile(zero)).toThrow("The key file's secret is none of its suite.");
});
