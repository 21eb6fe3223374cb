import { type CborValue, utf8Encode } from "@acta/bytes";
import { type ErasedValues, type FileValue, partyFromBytes, type Seal } from "@acta/contract";
import { sealCommitment, sha256 } from "@acta/crypto";
import { asRegistered, asStranger, MemoryLedger, type SignerWithKey, type SigningKey, testKey } from "@acta/ledger";
import { createFileHasher } from "@acta/merkle";
import type { Outcome } from "@acta/protocol";
import { application } from "../index.ts";

/** The people of the tests: two strangers, and two courts that are members. */
export const people = {
  ann: testKey("ann"),
  eve: testKey("eve"),
  court: testKey("court"),
  otherCourt: testKey("other court"),
} satisfies Readonly<Record<string, SigningKey>>;

export const ann = asStranger(people.ann);
export const eve = asStranger(people.eve);
export const court = asCourt(people.court);
export const otherCourt = asCourt(people.otherCourt);

function asCourt(key: SigningKey): SignerWithKey {
  return asRegistered(key, { institution: key.party, roles: [["evidence", "court"]] });
}

/** A ledger in memory on which evidence runs. */
export function openLedger(): MemoryLedger {
  const courtRole = [["evidence", "court"]] as const;
  return new MemoryLedger({
    contracts: [application],
    institutions: {
      court: { keys: [people.court], roles: courtRole },
      "other-court": { keys: [people.otherCourt], roles: courtRole },
    },
  });
}

/** A number of a deposit, the same for the same name. */
export function numberOf(name: string): string {
  return [...sha256(utf8Encode(name)).subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A file as the ledger knows it. */
export function fileOf(text: string): FileValue {
  const hasher = createFileHasher();
  hasher.update(utf8Encode(text));
  const { size, sha256, root } = hasher.finish();
  const hex = (bytes: Uint8Array): FileValue["root"] => partyFromBytes(bytes) as unknown as FileValue["root"]; // hex digits too
  return { size: BigInt(size), sha256: hex(sha256), root: hex(root) };
}

export const SALT = sha256(utf8Encode("a salt for tests"));

/** Seals as the client of this signer does, always with the same salt. */
export function sealFor(ledger: MemoryLedger, signer: SignerWithKey): Seal {
  return ({ record, key, field }, value: CborValue) =>
    sealCommitment({
      ledgerId: ledger.environment.ledgerId,
      contract: "evidence",
      record,
      key: [...key],
      field: [...field],
      party: signer.key.party,
      salt: SALT,
      value,
    });
}

/** Sends one action and gives its outcome. */
export function act(
  ledger: MemoryLedger,
  signers: SignerWithKey | readonly SignerWithKey[],
  action: string,
  given: ErasedValues,
): Outcome | undefined {
  const all: readonly SignerWithKey[] = "signer" in signers ? [signers] : signers;
  const [first] = all;
  const options = first === undefined ? {} : { seal: sealFor(ledger, first) };
  return ledger.submit({ signers: all, calls: [ledger.call("evidence", action, given, options)] })[0];
}

/** The code of a refusal, and what fills its blanks; "accepted" where there is none. */
export function verdictOf(outcome: Outcome | undefined): unknown {
  if (outcome?.refusal == null) return outcome?.verdict;
  const blanks = Object.fromEntries(outcome.refusal.blanks);
  return Object.keys(blanks).length === 0 ? outcome.refusal.code : [outcome.refusal.code, blanks];
}
