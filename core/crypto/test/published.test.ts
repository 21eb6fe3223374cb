// Vectors of others: Wycheproof, CCTV and the examples of COSE. Where our rule is stricter than theirs, or a vector
// tests what we do not have, the cases are listed with the reason.
import { readdirSync, readFileSync } from "node:fs";
import { concatBytes, decode, fromBase64Url, fromHex, isArray, toHex, utf8Encode } from "@acta/bytes";
import { sharedData } from "@acta/testing";
import { p256 } from "@noble/curves/nist.js";
import { describe, expect, test } from "vitest";
import { ALGORITHM, type Algorithm, ed25519, mlDsa65, type SignatureRule, verifySignature } from "../src/index.ts";

const folder = sharedData();

type WycheproofTest = {
  tcId: number;
  comment: string;
  flags: string[];
  result: string;
  sig: string;
  msg?: string;
  ctx?: string;
};
type WycheproofGroup = { publicKey: unknown; privateSeed?: string; tests: WycheproofTest[] };
type EdgeCase = { number: number; key: string; sig: string; msg: string; flags: string[] | null };

describe.skipIf(folder === undefined)("published vectors", () => {
  test("Wycheproof's Ed25519: the strict rule agrees with every case", () => {
    const groups = wycheproof("ed25519_test.json");
    expect(disagreements(groups, "signature", ALGORITHM.ed25519, edwardsKey)).toEqual([]);
  });

  test("Wycheproof's Ed25519: votes accept one case more", () => {
    const groups = wycheproof("ed25519_test.json");
    // 151: R is y = 1 with the sign of x set, which ZIP-215 reads as the neutral element.
    expect(disagreements(groups, "vote", ALGORITHM.ed25519, edwardsKey)).toEqual([151]);
  });

  test("CCTV's Ed25519: the strict rule accepts just what has no low order, no residue and no other encoding", () => {
    const refused = ["low_order_A", "low_order_R", "low_order_residue", "non_canonical_A", "non_canonical_R"];
    const cases = edgeCases();
    const accepted = cases.filter((each) => verifyEdge(each, "signature"));
    expect(cases).toHaveLength(914);
    expect(accepted).toEqual(cases.filter(({ flags }) => !refused.some((flag) => flags?.includes(flag))));
    expect(accepted).toHaveLength(43);
  });

  test("CCTV's Ed25519: votes accept everything but a k over other bytes than were sent", () => {
    // With A of low order the cofactor removes [k]A, so that any k will do.
    const isOtherK = ({ flags }: EdgeCase) => flags?.includes("reencoded_k") && !flags.includes("low_order_A");
    const cases = edgeCases();
    const refused = cases.filter((each) => !verifyEdge(each, "vote"));
    expect(refused).toEqual(cases.filter(isOtherK));
  });

  test("Wycheproof's ECDSA on P-256: only signatures with s above n/2 are refused beyond its own rule", () => {
    const groups = wycheproof("ecdsa_secp256r1_sha256_p1363_test.json");
    expect(disagreements(groups, "signature", ALGORITHM.esp256, compressedKey)).toEqual(highS);
  });

  test("Wycheproof's ECDSA on P-256: what is refused for its s is right with n - s", () => {
    const groups = wycheproof("ecdsa_secp256r1_sha256_p1363_test.json").map((group) => ({
      ...group,
      tests: group.tests.filter(({ tcId }) => highS.includes(tcId)).map((each) => ({ ...each, sig: mirror(each.sig) })),
    }));
    expect(disagreements(groups, "signature", ALGORITHM.esp256, compressedKey)).toEqual([]);
  });

  test.each(["signature", "vote"] as const)("Wycheproof's ML-DSA-65: a %s has the empty context", (rule) => {
    const groups = wycheproof("mldsa_65_verify_test.json");
    // 3 and 4 are valid under a context that is not empty, which we never have.
    expect(disagreements(groups, rule, ALGORITHM.mlDsa65, (group) => fromHex(String(group.publicKey)))).toEqual([3, 4]);
  });

  test("Wycheproof's ML-DSA-65: seeds give the keys and signatures of FIPS 204", () => {
    const differing: number[] = [];
    let count = 0;
    for (const group of wycheproof("mldsa_65_sign_seed_test.json")) {
      const seed = fromHex(group.privateSeed ?? "");
      for (const { tcId, flags, msg, ctx, sig, result } of group.tests) {
        // Without a message the case is about the inner function; randomized signatures are another's choice.
        if (result !== "valid" || ctx || msg === undefined || flags.includes("Randomized")) continue;
        count++;
        const isSame =
          toHex(mlDsa65.sign(seed, fromHex(msg))) === sig && toHex(mlDsa65.publicKey(seed)) === group.publicKey;
        if (!isSame) differing.push(tcId);
      }
    }
    expect(differing).toEqual([]);
    expect(count).toBeGreaterThan(50);
  });

  test("COSE's examples for Ed25519 and ES256: signatures over their Sig_structures", () => {
    // Failing examples mostly change the envelope, not the bytes that were signed, which alone are looked at here.
    // Some have an s above n/2, which ES256 allows and ESP256 does not: they are right with n - s.
    const { accepted, refused } = judgeCoseExamples();
    expect(accepted).toContain("eddsa-examples/eddsa-01.json");
    expect(accepted).toContain("eddsa-examples/eddsa-sig-01.json");
    expect(refused.filter(({ hasHighS }) => !hasHighS).map(({ name }) => name)).toEqual(refusedCoseExamples);
  });

  test("COSE's examples for Ed25519: our own signature over their bytes is the same", () => {
    const { ToBeSign_hex, key, signature } = coseExample("eddsa-examples/eddsa-sig-01.json");
    expect(toHex(ed25519.sign(fromHex(key.d_hex ?? ""), fromHex(ToBeSign_hex)))).toBe(toHex(signature));
  });
});

// Valid ECDSA, refused by ESP256 for s > n/2.
const highS = [
  64, 66, 67, 68, 71, 77, 78, 80, 81, 85, 86, 87, 94, 95, 96, 100, 102, 104, 105, 107, 110, 111, 114, 115, 117, 118,
  138, 139, 140, 141, 142, 171, 172, 175, 176, 177, 180, 183, 189, 190, 191, 192, 195, 196, 197, 199, 200, 204, 210,
  211, 216, 217, 226, 227, 229, 233, 234, 237, 240, 242, 243, 244, 246, 248, 249, 250, 252, 253, 257, 262,
];

// The first two are signed over SHA-512, which no algorithm of ours has; the third's signature was changed.
const refusedCoseExamples = [
  "ecdsa-examples/ecdsa-04.json",
  "ecdsa-examples/ecdsa-sig-04.json",
  "sign-tests/sign-fail-02.json",
];

function wycheproof(name: string): WycheproofGroup[] {
  return JSON.parse(readFileSync(`${folder}/vectors/wycheproof/${name}`, "utf8")).testGroups;
}

function disagreements(
  groups: readonly WycheproofGroup[],
  rule: SignatureRule,
  algorithm: Algorithm,
  keyOf: (group: WycheproofGroup) => Uint8Array,
): number[] {
  const differing: number[] = [];
  for (const group of groups) {
    const publicKey = keyOf(group);
    for (const { tcId, msg, sig, result } of group.tests) {
      const check = { rule, algorithm, publicKey, message: fromHex(msg ?? ""), signature: fromHex(sig) };
      if (verifySignature(check) !== (result === "valid")) differing.push(tcId);
    }
  }
  return differing;
}

function edwardsKey({ publicKey }: WycheproofGroup): Uint8Array {
  return fromHex((publicKey as { pk: string }).pk);
}

function compressedKey({ publicKey }: WycheproofGroup): Uint8Array {
  return p256.Point.fromHex((publicKey as { uncompressed: string }).uncompressed).toBytes(true);
}

function mirror(signature: string): string {
  const s = p256.Point.Fn.ORDER - BigInt(`0x${signature.slice(64)}`);
  return signature.slice(0, 64) + s.toString(16).padStart(64, "0");
}

function edgeCases(): EdgeCase[] {
  return JSON.parse(readFileSync(`${folder}/vectors/ed25519-edge/ed25519vectors.json`, "utf8"));
}

function verifyEdge({ key, sig, msg }: EdgeCase, rule: SignatureRule): boolean {
  const check = { publicKey: fromHex(key), message: utf8Encode(msg), signature: fromHex(sig) };
  return verifySignature({ rule, algorithm: ALGORITHM.ed25519, ...check });
}

type CoseKey = { crv: string; x?: string; y?: string; x_hex?: string; d_hex?: string };
type CoseExample = { key: CoseKey; ToBeSign_hex: string; signature: Uint8Array };

function coseExample(name: string): CoseExample {
  const { input, intermediates, output } = JSON.parse(readFileSync(`${folder}/vectors/cose/${name}`, "utf8"));
  const { key } = input.sign?.signers[0] ?? input.sign0;
  const { ToBeSign_hex } = intermediates.signers?.[0] ?? intermediates;
  // Tags 98, 18 and a wrong one stand before the array, which is all that matters here.
  const bytes = fromHex(output.cbor);
  const structure = decode(bytes.subarray(bytes.indexOf(0x84)));
  const last = isArray(structure) ? structure[3] : undefined;
  const signature = last instanceof Uint8Array ? last : (last as [[unknown, unknown, Uint8Array]])[0][2];
  return { key, ToBeSign_hex, signature };
}

function judgeCoseExamples(): { accepted: string[]; refused: { name: string; hasHighS: boolean }[] } {
  const accepted: string[] = [];
  const refused: { name: string; hasHighS: boolean }[] = [];
  for (const name of coseNames()) {
    const { key, ToBeSign_hex, signature } = coseExample(name);
    if (signature.length !== 64 || (key.crv !== "Ed25519" && key.crv !== "P-256")) continue;
    const isEdwards = key.crv === "Ed25519";
    const check = {
      rule: "signature",
      algorithm: isEdwards ? ALGORITHM.ed25519 : ALGORITHM.esp256,
      publicKey: isEdwards ? fromHex(key.x_hex ?? "") : coseCompressedKey(key),
      message: fromHex(ToBeSign_hex),
      signature,
    } as const;
    if (verifySignature(check)) accepted.push(name);
    else
      refused.push({
        name,
        hasHighS: !isEdwards && verifySignature({ ...check, signature: fromHex(mirror(toHex(signature))) }),
      });
  }
  return { accepted, refused };
}

function coseNames(): string[] {
  const names = readdirSync(`${folder}/vectors/cose`, { recursive: true }) as string[]; // no encoding was asked for
  return names.filter((name) => name.endsWith(".json")).sort();
}

function coseCompressedKey({ x, y }: CoseKey): Uint8Array {
  const odd = (fromBase64Url(y ?? "").at(-1) ?? 0) & 1;
  return concatBytes(Uint8Array.of(2 | odd), fromBase64Url(x ?? ""));
}
