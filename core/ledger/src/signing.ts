import { equalBytes, toHex } from "@acta/bytes";
import type { Party } from "@acta/contract";
import type { ListedRole, Refusal, Signer, Transaction } from "@acta/protocol";
import { type Parties, partyKey, roleKey } from "./parties.ts";
import { ledgerRefusal } from "./refusal.ts";
import type { StateKey } from "./state-key.ts";
import type { StateView } from "./state-layer.ts";

/** A signer as rules and contracts see it: only the powers it listed, each held. */
export type ActingSigner = {
  readonly party: Party;
  readonly institution?: Party;
  readonly roles: readonly ListedRole[];
};

/**
 * Those who sign one transaction, and what they claim.
 *
 * The claims are checked against the state that each call sees, so that a key or role that an earlier call or
 * transaction of the block took away no longer counts. What never changes is worked out once.
 */
export class Signing {
  readonly acting: readonly ActingSigner[];
  readonly parties: readonly Party[];
  readonly claims: readonly Claim[];
  /** The identity of the transaction that they sign; zeros in a dry run and where the ledger acts. */
  readonly identity: Uint8Array;
  /** The nonce of its payload; undefined where there is none yet. */
  readonly nonce: Uint8Array | undefined;

  /** What signed them is absent in a dry run, which nobody signed. */
  constructor(signers: readonly Signer[], { keyIds, identity = new Uint8Array(32), nonce }: Signed = {}) {
    this.identity = identity;
    this.nonce = nonce;
    this.acting = signers.map(actingSigner);
    // Contract code is handed this list, call after call.
    this.parties = Object.freeze(this.acting.map(({ party }) => party));
    this.claims = signers.map((signer, index) => claim(signer, keyIds?.[index]));
  }

  /** The refusal of the first claim that does not hold, or undefined where all do. */
  refusal(view: StateView, parties: Parties): Refusal | undefined {
    for (const [index, claim] of this.claims.entries()) {
      const fault = faultOf(claim, view, parties);
      if (fault === undefined) continue;
      return fault === KEY
        ? ledgerRefusal("key-not-in-force", { signer: index + 1 })
        : ledgerRefusal("power-not-held", { signer: index + 1, power: fault });
    }
    return undefined;
  }
}

const signings = new WeakMap<Transaction, Signing>();

/** The signing of a transaction, worked out once: admission asks for it, and execution again. */
export function signingOf(transaction: Transaction): Signing {
  const known = signings.get(transaction);
  if (known !== undefined) return known;
  const keyIds = transaction.signatures.map(({ keyId }) => keyId);
  const { payload, identity } = transaction;
  const signing = new Signing(payload.signers, { keyIds, identity, nonce: payload.nonce });
  signings.set(transaction, signing);
  return signing;
}

/** The key ids of the signatures in the order of the signers, and the identity and nonce of what they signed. */
export type Signed = {
  readonly keyIds?: readonly Uint8Array[];
  readonly identity?: Uint8Array;
  readonly nonce?: Uint8Array | undefined;
};

/** What one signer claims, with the keys under which the state says whether it holds. */
export type Claim = {
  readonly isStranger: boolean;
  readonly partyKey: StateKey;
  /** The signature's key id in hexadecimal; undefined in a dry run. */
  readonly keyId: string | undefined;
  readonly institution: Uint8Array | undefined;
  readonly roles: readonly { readonly name: string; readonly key: StateKey }[];
  readonly mandate: Uint8Array | undefined;
};

const KEY = Symbol("key");

function claim(signer: Signer, keyId: Uint8Array | undefined): Claim {
  const id = keyId === undefined ? undefined : toHex(keyId);
  const common = { partyKey: partyKey(signer.party), keyId: id };
  if (signer.kind === "stranger") {
    return { ...common, isStranger: true, institution: undefined, roles: [], mandate: undefined };
  }
  // Without an institution a party acts for itself: an institution's own key need not name it.
  const holder = signer.institution ?? signer.party;
  return {
    ...common,
    isStranger: false,
    institution: signer.institution,
    roles: (signer.roles ?? []).map(([contract, role]) => ({
      name: `${contract}.${role}`,
      key: roleKey(holder, contract, role),
    })),
    mandate: signer.mandates?.[0],
  };
}

function faultOf(claim: Claim, view: StateView, parties: Parties): typeof KEY | string | undefined {
  const party = parties.find(view, claim.partyKey);
  if (party === undefined) return claim.isStranger ? undefined : KEY;
  if (claim.keyId !== undefined && party.keys.get(claim.keyId)?.isInForce !== true) return KEY;
  if (claim.institution !== undefined && !isSame(party.institution, claim.institution)) return toHex(claim.institution);
  for (const role of claim.roles) if (view.get(role.key) === undefined) return role.name;
  // No mandate can be given yet, so none is held.
  return claim.mandate === undefined ? undefined : toHex(claim.mandate);
}

const isSame = (held: Uint8Array | undefined, listed: Uint8Array): boolean =>
  held !== undefined && equalBytes(held, listed);

function actingSigner(signer: Signer): ActingSigner {
  const party = toHex(signer.party) as Party; // 32 bytes, as the protocol read them
  if (signer.kind === "stranger") return { party, roles: [] };
  const institution = signer.institution === undefined ? {} : { institution: toHex(signer.institution) as Party };
  return { party, ...institution, roles: signer.roles ?? [] };
}
