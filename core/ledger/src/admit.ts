import { equalBytes, toHex } from "@acta/bytes";
import type { SignatureCheck } from "@acta/crypto";
import { signatureChecks, type Transaction } from "@acta/protocol";
import type { Environment } from "./environment.ts";
import type { InadmissibleCode } from "./inadmissible.ts";
import { Parties, type PartyKey, partyKey } from "./parties.ts";
import { isClassOne, isReplayed } from "./replay.ts";
import { signingOf } from "./signing.ts";
import { CachedState, type StateView } from "./state-layer.ts";

/** What admission says: the signatures that remain to be verified, or why the transaction cannot be in a block. */
export type Admission = { readonly checks: readonly SignatureCheck[] } | { readonly inadmissible: InadmissibleCode };

/**
 * Whether a transaction may be in a block whose time is `now` (whole seconds), by the state before that block.
 *
 * Everything but the signatures is decided here; they are handed back to be verified elsewhere, and the transaction is
 * admissible when all verify. Nothing is spent (FORMATS §3).
 */
export function admit(environment: Environment, transaction: Transaction, now: number): Admission {
  return admitAt(admissionDesk(environment, now), transaction);
}

/** The same for one of many: what the desk has looked up serves them all, as long as no block comes in between. */
export function admitAt(desk: AdmissionDesk, transaction: Transaction): Admission {
  const code = findInadmissible(desk, transaction);
  if (code !== undefined) return { inadmissible: code };
  // Whether keys are in force was just decided, strangers' among them.
  const checks = signatureChecks(transaction, (party, keyId) => findKey(desk, party, keyId));
  return typeof checks === "string" ? { inadmissible: checks } : { checks };
}

/** What admission looks at: the state before the block, and the time that the block has or would have. */
export type AdmissionDesk = {
  readonly environment: Environment;
  readonly state: StateView;
  readonly parties: Parties;
  readonly now: number;
};

/** Admission for one block: what it looks up serves all the block's transactions. */
export function openAdmission(environment: Environment, state: StateView, now: number): AdmissionDesk {
  return { environment, state, parties: new Parties(), now };
}

/** Admission of transactions that came together, for a block whose time is `now` (whole seconds). */
export function admissionDesk(environment: Environment, now: number): AdmissionDesk {
  return openAdmission(environment, new CachedState(environment.state), now);
}

/** The first reason why the transaction cannot be in the block, its signatures aside; undefined where there is none. */
export function findInadmissible(desk: AdmissionDesk, transaction: Transaction): InadmissibleCode | undefined {
  const { environment, state } = desk;
  if (!equalBytes(transaction.payload.ledgerId, environment.ledgerId)) return "wrong-ledger";
  return (
    sizeFault(desk, transaction) ??
    expiryFault(desk, transaction) ??
    (isReplayed(environment, state, transaction) ? "replayed" : undefined) ??
    keyFault(desk, transaction)
  );
}

function sizeFault({ environment: { parameters } }: AdmissionDesk, transaction: Transaction) {
  if (transaction.bytes.length > parameters.maxTransactionBytes) return "too-large";
  return transaction.calls.length > parameters.maxCalls ? "too-many-calls" : undefined;
}

function expiryFault(desk: AdmissionDesk, transaction: Transaction) {
  const { expiry } = transaction.payload;
  if (expiry < desk.now) return "expired";
  return expiry > desk.now + longestValidity(desk, transaction) ? "expiry-too-far" : undefined;
}

/** Seconds: long only for several signers of whom one is registered, so that strangers cannot fill the state. */
function longestValidity({ environment: { parameters } }: AdmissionDesk, transaction: Transaction): number {
  const isLong = !isClassOne(transaction) && transaction.payload.signers.some(({ kind }) => kind === "registered");
  return isLong ? parameters.expirySecondsSeveral : parameters.expirySecondsOne;
}

function keyFault(desk: AdmissionDesk, transaction: Transaction): InadmissibleCode | undefined {
  for (const [index, { partyKey, keyId = "", isStranger }] of signingOf(transaction).claims.entries()) {
    const registered = desk.parties.find(desk.state, partyKey);
    if (registered === undefined) {
      if (isStranger) continue;
      return "unknown-party";
    }
    const key = registered.keys.get(keyId);
    // A stranger's party was that of its key once; if the key is no longer listed, it was taken away.
    if (key === undefined) return isStranger ? "key-not-in-force" : "unknown-key";
    if (!key.isInForce) return "key-not-in-force";
    if (key.algorithm !== transaction.signatures[index]?.algorithm) return "wrong-algorithm";
  }
  return undefined;
}

function findKey(desk: AdmissionDesk, party: Uint8Array, keyId: Uint8Array): PartyKey | undefined {
  return desk.parties.find(desk.state, partyKey(party))?.keys.get(toHex(keyId));
}
