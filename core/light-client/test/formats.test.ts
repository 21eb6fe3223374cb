import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CborMap, type CborValue, decode, fromBase64, toHex } from "@acta/bytes";
import { type SignatureCheck, verifySignature } from "@acta/crypto";
import { sharedData } from "@acta/testing";
import { describe, expect, test } from "vitest";
import { commitProofChecks, commitProofFromCbor, countVotes } from "../src/commit-proof.ts";
import { LightClientError } from "../src/errors.ts";
import { headerHash } from "../src/header.ts";
import { headerFromCbor } from "../src/header-form.ts";
import { areSorted, type Validator, validatorsHash } from "../src/validator-set.ts";

const data = sharedData();
const cases = data === undefined ? [] : readCases(join(data, "formats/cases.jsonl"));
const TRUSTED_PLACE: Record<string, number> = { receipt: 9, state: 3, acted: 7 };

describe.skipIf(data === undefined)("the cases of the formats", () => {
  const fresh = cases.filter(({ kind, expect }) => kind in TRUSTED_PLACE && expect === "fresh");

  test("hold headers that more than two thirds of the last listed set signed", () => {
    expect(fresh.length).toBeGreaterThan(20);
    for (const { kind, bytes, trust, note } of fresh) {
      const [headers, , commit] = array(array(decode(bytes))[TRUSTED_PLACE[kind] ?? 0]);
      const header = headerFromCbor(array(headers).at(-1) ?? null);
      const proof = commitProofFromCbor(commit ?? null);
      const validators = lastSet(decode(trust));
      expect(areSorted(validators), note).toBe(true);
      expect(toHex(validatorsHash(validators)), note).toBe(toHex(header.validatorsHash));
      expect(countVotes(proof, validators), note).toBe("quorum");
      const checks: SignatureCheck[] = commitProofChecks(proof, { ...header, hash: headerHash(header) }, validators);
      expect(checks.map(verifySignature), note).toEqual(checks.map(() => true));
    }
  });

  test("hold headers and commits whose form is refused", () => {
    const malformed = cases.filter(({ note }) => MALFORMED.test(note));
    expect(malformed.length).toBeGreaterThan(15);
    for (const { kind, bytes, note } of malformed) {
      const [headers, , commit] = array(array(decode(bytes))[TRUSTED_PLACE[kind] ?? 0]);
      const parse = () => {
        for (const header of array(headers)) headerFromCbor(header);
        commitProofFromCbor(commit ?? null);
      };
      expect(parse, note).toThrow(LightClientError);
    }
  });
});

const MALFORMED =
  /^header: (nanoseconds|evidence|last commit|proposer|height|last block|time as|negative)|^commit: (indices|no signatures|a fifth)|^limit: (round|part|seconds|nanoseconds|header height|chain id)|^first header (with|without)|^first header, last/;

type Case = { kind: string; expect: string; note: string; bytes: Uint8Array; trust: Uint8Array };

function readCases(file: string): Case[] {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => {
    const { kind, expect, note, bytes, trust } = JSON.parse(line) as Record<string, string>;
    return {
      kind: kind ?? "",
      expect: expect ?? "",
      note: note ?? "",
      bytes: fromBase64(bytes ?? ""),
      trust: fromBase64(trust ?? ""),
    };
  });
}

function lastSet(trust: CborValue): Validator[] {
  const epoch = array(entry(trust, "epochs")).at(-1);
  const set = array(entry(epoch, "sets")).at(-1);
  return array(entry(set, "validators")).map((validator) => ({
    // The cases are well-formed where they are expected to be fresh.
    algorithm: entry(validator, "algorithm") as Validator["algorithm"],
    publicKey: entry(validator, "key") as Uint8Array,
    power: entry(validator, "power") as number,
  }));
}

function entry(map: CborValue | undefined, key: string): CborValue | undefined {
  return (map as CborMap).get(key);
}

function array(value: CborValue | undefined): readonly CborValue[] {
  return value as readonly CborValue[];
}
