import type { SignatureCheck } from "@acta/crypto";
import { type AdmissionDesk, admitAt } from "@acta/ledger";
import { ProtocolError, parseTransaction, type Transaction, type TransactionLimits } from "@acta/protocol";
import type { Submission, TakeShare } from "../ordering.ts";
import { isNormalized, NOT_NORMALIZED } from "./normal-form.ts";
import type { Pool } from "./pool.ts";
import type { SignatureVerifier } from "./signature-workers.ts";

/** What admission may look at and fill. */
export type AdmissionPowers = {
  readonly limits: TransactionLimits;
  /** Looks at clock, state and room, once for all transactions of a request. */
  readonly openDesk: () => Desk;
  readonly findEntered: (identity: Uint8Array) => { readonly height: number; readonly index: number } | undefined;
  readonly verifier: SignatureVerifier;
  readonly pool: Pool;
};

/** What admission goes by while it examines the transactions of one request. */
export type Desk = {
  /** The state after the newest block, at the least time that the next block with transactions can carry. */
  readonly admission: AdmissionDesk;
  /** Why nothing is taken just now, for this transaction; undefined when all is well. */
  readonly unavailable: (transaction: Transaction) => Extract<Submission, { status: "unavailable" }> | undefined;
};

type Examined =
  | { readonly kind: "answered"; readonly submission: Submission }
  | { readonly kind: "checked"; readonly transaction: Transaction; readonly checks: readonly SignatureCheck[] };

/**
 * Admits transactions to the pool, each with its own verdict.
 *
 * In this order: form, duplicate in the pool, room, expiry, replay and keys, the sender's share, signatures. What is
 * refused changes nothing and spends nothing. A payload that is known already is answered with the status of the first.
 */
export async function admitAll(
  powers: AdmissionPowers,
  transactions: readonly Uint8Array[],
  takeShare: TakeShare,
): Promise<Submission[]> {
  const before = powers.openDesk();
  const examined = transactions.map((bytes) => examine(powers, before, bytes, takeShare));
  const verdicts = await verify(powers, examined);
  // Blocks may have come while signatures were verified.
  const after = powers.openDesk();
  const own = keepsMost(transactions, examined, verdicts)
    ? asItIs
    : (transaction: Transaction) => copied(powers, transaction);
  return examined.map((each, index) =>
    each.kind === "answered"
      ? each.submission
      : conclude(powers, after, own(each.transaction), verdicts[index] === true, takeShare),
  );
}

/**
 * Whether what will wait is a good part of what was sent. A transaction is made of parts of its request's memory and
 * keeps all of that: a large request of which little is admitted must not fill the node with what was refused.
 */
function keepsMost(sent: readonly Uint8Array[], examined: readonly Examined[], verdicts: readonly boolean[]): boolean {
  const all = sent.reduce((sum, { length }) => sum + length, 0);
  const kept = sent.reduce(
    (sum, { length }, index) => (examined[index]?.kind === "checked" && verdicts[index] === true ? sum + length : sum),
    0,
  );
  return 4 * kept >= all;
}

const asItIs = (transaction: Transaction): Transaction => transaction;

const copied = ({ limits }: AdmissionPowers, { bytes }: Transaction): Transaction =>
  parseTransaction(bytes.slice(), limits);

function examine(powers: AdmissionPowers, desk: Desk, bytes: Uint8Array, takeShare: TakeShare): Examined {
  const answered = (submission: Submission): Examined => ({ kind: "answered", submission });
  const transaction = parse(bytes, powers.limits);
  if (typeof transaction === "string") return answered({ status: "inadmissible", code: transaction });
  const { identity } = transaction;
  if (powers.pool.has(identity)) return answered({ status: "admitted", identity });
  const unavailable = desk.unavailable(transaction);
  if (unavailable !== undefined) return answered(findEntered(powers, identity) ?? unavailable);
  const admission = admitAt(desk.admission, transaction);
  if ("inadmissible" in admission) return answered(refusal(powers, identity, admission.inadmissible));
  if (!isNormalized(transaction)) return answered({ status: "inadmissible", identity, code: NOT_NORMALIZED.code });
  if (transaction.payload.signers.every((signer) => signer.kind === "stranger")) {
    const spent = takeShare(bytes.length);
    if (spent !== undefined) return answered({ status: "unavailable", ...spent });
  }
  return { kind: "checked", transaction, checks: admission.checks };
}

function parse(bytes: Uint8Array, limits: AdmissionPowers["limits"]): Transaction | string {
  try {
    return parseTransaction(bytes, limits);
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

/** Whatever was entered is inadmissible ever after, as replayed or as expired: only then the disk is asked where it is. */
function refusal(powers: AdmissionPowers, identity: Uint8Array, code: string): Submission {
  return findEntered(powers, identity) ?? { status: "inadmissible", identity, code };
}

function findEntered(powers: AdmissionPowers, identity: Uint8Array): Submission | undefined {
  const place = powers.findEntered(identity);
  return place === undefined ? undefined : { status: "entered", identity, ...place };
}

/** For each transaction whether all its signatures hold; one request to the workers for all. */
async function verify({ verifier }: AdmissionPowers, examined: readonly Examined[]): Promise<boolean[]> {
  const found = await verifier.verify(examined.flatMap((each) => (each.kind === "checked" ? each.checks : [])));
  let next = 0;
  return examined.map((each) => {
    if (each.kind === "answered") return false;
    const verdicts = found.slice(next, next + each.checks.length);
    next += each.checks.length;
    return verdicts.every((verdict) => verdict);
  });
}

function conclude(
  powers: AdmissionPowers,
  desk: Desk,
  transaction: Transaction,
  holds: boolean,
  takeShare: TakeShare,
): Submission {
  const { identity } = transaction;
  if (!holds) {
    // Whoever sends bad signatures pays for the work they cause.
    takeShare(transaction.bytes.length);
    return { status: "inadmissible", identity, code: "wrong-signature" };
  }
  if (powers.pool.has(identity)) return { status: "admitted", identity };
  const unavailable = desk.unavailable(transaction);
  if (unavailable !== undefined) return unavailable;
  const admission = admitAt(desk.admission, transaction);
  if ("inadmissible" in admission) return refusal(powers, identity, admission.inadmissible);
  if (!powers.pool.add(transaction)) return { status: "unavailable", code: "busy", retryAfterSeconds: 1 };
  return { status: "admitted", identity };
}
