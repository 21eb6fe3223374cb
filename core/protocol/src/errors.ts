/** What a person is told of an error: what it means and what to do about it. */
export type Explanation = { readonly meaning: string; readonly remedy: string };

const fromClient = "Build the transaction with a current client and sign it again.";
const fromIssuer = "Ask for the file again where it was issued; do not repair it by hand.";

/** Every code of {@link ProtocolError}, in English; zh.json beside this file has the same codes in Chinese. */
export const PROTOCOL_ERRORS = {
  "malformed-cbor": { meaning: "The bytes are not canonical CBOR.", remedy: fromClient },
  "too-large": {
    meaning: "The transaction has more bytes than the ledger takes.",
    remedy: "Send fewer calls at a time.",
  },
  "too-many-calls": {
    meaning: "The transaction has more calls than the ledger takes.",
    remedy: "Send fewer calls at a time.",
  },
  "malformed-transaction": { meaning: "The transaction is not an envelope and a list of calls.", remedy: fromClient },
  "malformed-payload": { meaning: "The signed payload does not have the form of a payload.", remedy: fromClient },
  "malformed-signer": { meaning: "A signer entry does not have the form of a signer.", remedy: fromClient },
  "malformed-signature": { meaning: "A signature does not have the form of a signature.", remedy: fromClient },
  "malformed-call": { meaning: "A call does not have the form of a call.", remedy: fromClient },
  "malformed-expectation": { meaning: "An expectation of a call does not have the form of one.", remedy: fromClient },
  "unknown-version": {
    meaning: "The bytes are of a version that this program does not know.",
    remedy: "Use a newer version of this program.",
  },
  "wrong-ledger": {
    meaning: "The transaction is addressed to another ledger.",
    remedy: "Send it to a node of the ledger that it names.",
  },
  "expiry-out-of-range": {
    meaning: "The expiry is not a number of seconds that a ledger can have.",
    remedy: fromClient,
  },
  "bad-mode": { meaning: "The mode is neither each nor together.", remedy: fromClient },
  "wrong-signer-count": {
    meaning: "A transaction names between 1 and 16 signers.",
    remedy: "Name at least one signer and at most 16.",
  },
  "duplicate-signer": { meaning: "The same party is named twice as a signer.", remedy: "Name each signer once." },
  "duplicate-key": { meaning: "The same key signed twice.", remedy: "Let each signer sign with a key of its own." },
  "duplicate-role": { meaning: "A signer lists the same role twice.", remedy: "List each role once." },
  "duplicate-mandate": { meaning: "A signer lists the same mandate twice.", remedy: "List each mandate once." },
  "unknown-algorithm": {
    meaning: "The signature algorithm is not one that the ledger takes.",
    remedy: "Sign with Ed25519, ESP256 or ML-DSA-65.",
  },
  "malformed-key": { meaning: "A public key does not have the length that its algorithm asks.", remedy: fromClient },
  "wrong-signature-count": {
    meaning: "There is not exactly one signature for each signer.",
    remedy: "Have every named signer sign, and nobody else.",
  },
  "wrong-signer-order": {
    meaning: "The signatures do not stand in the order of the signers.",
    remedy: "Put the signatures in the order of the signers of the payload.",
  },
  "wrong-call-count": {
    meaning: "The number of calls is not the one that was signed.",
    remedy: "Send exactly the calls that were signed.",
  },
  "wrong-calls-root": {
    meaning: "The calls are not those that were signed.",
    remedy: "Send exactly the calls that were signed.",
  },
  "wrong-blind": {
    meaning: "A call's blind is not 16 bytes, or not empty in a transaction of one call.",
    remedy: fromClient,
  },
  "unknown-key": {
    meaning: "A signature's key is not a key of the party that it stands for.",
    remedy: "Sign with a key that is registered for this party.",
  },
  "key-not-in-force": {
    meaning: "The key belongs to a registered party, but it is not in force.",
    remedy: "Sign with a key that is in force for this party.",
  },
  "wrong-algorithm": { meaning: "The signature names another algorithm than its key has.", remedy: fromClient },
  "wrong-signature": { meaning: "A signature does not verify.", remedy: "Sign the payload again with the right key." },
  "malformed-outcome": { meaning: "An outcome does not have the form of an outcome.", remedy: fromIssuer },
  "malformed-result": { meaning: "The data of a result do not have the form of a result.", remedy: fromIssuer },
  "malformed-action": { meaning: "A ledger action does not have the form of one.", remedy: fromIssuer },
  "malformed-genesis": {
    meaning: "The genesis does not have the form of a genesis.",
    remedy: "Correct the named part, or create the ledger anew.",
  },
  "malformed-opening": { meaning: "The opening of an epoch does not have the form of one.", remedy: fromIssuer },
  "malformed-trust-file": {
    meaning: "The trust file breaks a rule of trust files.",
    remedy: "Get the trust file again from an institution that you trust, and compare its fingerprint.",
  },
  "malformed-header": { meaning: "A block header does not have the form of a header.", remedy: fromIssuer },
  "malformed-commit": { meaning: "A commit does not have the form of a commit.", remedy: fromIssuer },
  "malformed-link": { meaning: "A link to a later header does not have the form of a link.", remedy: fromIssuer },
  "malformed-proof": { meaning: "The proof does not have the form of a proof.", remedy: fromIssuer },
  "malformed-disclosure": {
    meaning: "An opened value of the slip does not have the form of a disclosure.",
    remedy: fromIssuer,
  },
  "cannot-build": {
    meaning: "The parts given do not make a proof.",
    remedy: "Give the header after the block, and a commit of more than two thirds.",
  },
} as const satisfies Record<string, Explanation>;

/** A stable word for what is wrong with some bytes. */
export type ProtocolErrorCode = keyof typeof PROTOCOL_ERRORS;

/** Bytes that break a rule of the formats. `code` is stable; the message adds where. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: ProtocolErrorCode;
  /** What to do about it, in English. */
  readonly remedy: string;

  constructor(code: ProtocolErrorCode, detail?: string, options?: { readonly cause?: unknown }) {
    const { meaning, remedy } = PROTOCOL_ERRORS[code];
    super(detail === undefined ? meaning : `${meaning} (${detail})`, options);
    this.code = code;
    this.remedy = remedy;
  }
}
