import { randomFillSync } from "node:crypto";
import { evidence } from "@acta/applications/evidence/evidence.ts";
import { type CborMap, map, toHex } from "@acta/bytes";
import { encodeInput } from "@acta/contract";
import { ALGORITHM } from "@acta/crypto";
import { type Ed25519Signer, ed25519Signer } from "@acta/native";
import { assembleTransaction, buildPayload, type Call, signatureOf, signingBytes } from "@acta/protocol";
import { tally } from "../applications/tally/tally.ts";

/** Who signs. */
export type Writer = { readonly secret: Uint8Array; readonly party: Uint8Array; readonly keyId: Uint8Array };

/** What the calls do. */
export type Kind =
  /** New deposits of the evidence contract: a record each. */
  | "deposit"
  /** New records at random places of a path of five steps, counted by a total: with the whole, six levels. */
  | "counted"
  /** The same records, counted by nothing. */
  | "plain"
  /** Each writer adds to one of ten counters. */
  | "shared-counter"
  /** Each writer adds to a counter of its own. */
  | "own-counter";

/** What is signed, for which ledger, until when it is valid (seconds since 1970). Plain data: it goes to workers. */
export type Plan = {
  readonly ledgerId: Uint8Array;
  readonly expiry: number;
  /** They sign in turns. */
  readonly writers: readonly Writer[];
  readonly kind: Kind;
  /** Calls in one transaction. */
  readonly per: number;
};

/** Makes signed transactions by a plan, one at each call. Numbers and commitments are random bytes. */
export function transactionMaker(plan: Plan): () => Uint8Array {
  const signers = plan.writers.map(({ secret }) => ed25519Signer(secret));
  let turn = 0;
  return () => {
    const index = turn++ % signers.length;
    const [writer, signer] = [plan.writers[index], signers[index]];
    if (writer === undefined || signer === undefined) throw new Error("A plan needs someone who signs.");
    return sign(plan, writer, signer, index);
  };
}

/** The input of `evidence.deposit`, as its contract's shape would encode it. */
export function depositInput(number: Uint8Array, commitment: Uint8Array): CborMap {
  return map([
    ["deposit", number],
    ["file", ["deposit", [number], ["file"], commitment]],
  ]);
}

/** Branches at each of five levels; all together, 4.6 million places. */
const BRANCHES = [32, 11, 9, 36, 40] as const;
const SHARED_COUNTERS = 10;

function sign({ ledgerId, expiry, kind, per }: Plan, writer: Writer, signer: Ed25519Signer, index: number): Uint8Array {
  const calls = Array.from({ length: per }, () => callOf(kind, index, per > 1));
  const { payloadBytes, callBytes } = buildPayload({
    ledgerId,
    expiry,
    nonce: random(16),
    signers: [{ kind: "registered", party: writer.party }],
    mode: "each",
    calls,
  });
  const signature = signer.sign(signingBytes(ALGORITHM.ed25519, writer.keyId, payloadBytes));
  return assembleTransaction(payloadBytes, [signatureOf(ALGORITHM.ed25519, writer.keyId, signature)], callBytes);
}

function callOf(kind: Kind, writer: number, isBlinded: boolean): Call {
  const blind = isBlinded ? random(16) : new Uint8Array(0);
  return { version: 1, expects: [], blind, ...actOf(kind, writer) };
}

function actOf(kind: Kind, writer: number): Pick<Call, "contract" | "action" | "input"> {
  switch (kind) {
    case "deposit":
      return { contract: evidence.name, action: "deposit", input: depositInput(random(16), random(32)) };
    case "counted":
      return { contract: tally.name, action: "count", input: entryInput() };
    case "plain":
      return { contract: tally.name, action: "enter", input: entryInput() };
    case "shared-counter":
      return { contract: tally.name, action: "add", input: addInput(writer % SHARED_COUNTERS) };
    case "own-counter":
      return { contract: tally.name, action: "add", input: addInput(writer + SHARED_COUNTERS) };
    default:
      return kind satisfies never;
  }
}

function entryInput(): CborMap {
  const [kind = 0, amount = 0] = random(2);
  const given = {
    entry: toHex(random(16)),
    place: randomPlace(),
    kind: kind % 2 ? "full" : "part",
    amount: BigInt(amount),
  };
  return encodeInput(tally.actions.count.input, given as never); // ids are branded texts
}

function addInput(counter: number): CborMap {
  return encodeInput(tally.actions.add.input, { counter: `counter-${counter}`, amount: 1n });
}

function randomPlace(): string {
  const drawn = random(2 * BRANCHES.length);
  return BRANCHES.map((count, level) => ((drawn[2 * level] ?? 0) * 256 + (drawn[2 * level + 1] ?? 0)) % count).join(
    "/",
  );
}

const pool = new Uint8Array(65_536);
let used = pool.length;

// One large draw serves a thousand small ones, each of which would cost as much.
function random(length: number): Uint8Array {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += length;
  return pool.slice(used - length, used);
}
