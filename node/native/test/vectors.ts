import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fromHex } from "@acta/bytes";
import { ALGORITHM, type SignatureCheck } from "@acta/crypto";

/** One vector as both rules' checks have it, with the words that name it. */
export type Vector = { readonly name: string; readonly check: Omit<SignatureCheck, "rule"> };

/** Wycheproof's and CCTV's vectors for the three algorithms; `folder` is that of the shared data. */
export function readVectors(folder: string): Vector[] {
  return [
    ...wycheproof(folder, "ed25519_test.json", ALGORITHM.ed25519),
    ...wycheproof(folder, "ecdsa_secp256r1_sha256_p1363_test.json", ALGORITHM.esp256),
    ...wycheproof(folder, "mldsa_65_verify_test.json", ALGORITHM.mlDsa65),
    ...edgeCases(folder),
  ];
}

type Group = {
  readonly publicKey: string | { readonly pk?: string; readonly uncompressed?: string };
  readonly tests: readonly {
    readonly tcId: number;
    readonly comment: string;
    readonly msg: string;
    readonly sig: string;
  }[];
};

function wycheproof(folder: string, name: string, algorithm: SignatureCheck["algorithm"]): Vector[] {
  // The file's form is Wycheproof's schema.
  const file = read(folder, "wycheproof", name) as { readonly testGroups: readonly Group[] };
  return file.testGroups.flatMap(({ publicKey, tests }) =>
    tests.map(({ tcId, comment, msg, sig }) => ({
      name: `${name} ${tcId} ${comment}`,
      check: { algorithm, publicKey: keyOf(publicKey), message: fromHex(msg), signature: fromHex(sig) },
    })),
  );
}

function keyOf(publicKey: Group["publicKey"]): Uint8Array {
  if (typeof publicKey === "string") return fromHex(publicKey);
  if (publicKey.pk !== undefined) return fromHex(publicKey.pk);
  const point = fromHex(publicKey.uncompressed ?? "");
  const isOdd = ((point.at(-1) ?? 0) & 1) === 1;
  return Uint8Array.of(isOdd ? 3 : 2, ...point.subarray(1, 33));
}

type EdgeCase = { readonly number: number; readonly key: string; readonly sig: string; readonly msg: string };

function edgeCases(folder: string): Vector[] {
  // The file's form is CCTV's.
  const cases = read(folder, "ed25519-edge", "ed25519vectors.json") as readonly EdgeCase[];
  return cases.map(({ number, key, sig, msg }) => ({
    name: `ed25519vectors.json ${number}`,
    check: {
      algorithm: ALGORITHM.ed25519,
      publicKey: fromHex(key),
      message: new Uint8Array(Buffer.from(msg)),
      signature: fromHex(sig),
    },
  }));
}

function read(folder: string, ...path: string[]): unknown {
  return JSON.parse(readFileSync(join(folder, "vectors", ...path), "utf8"));
}
