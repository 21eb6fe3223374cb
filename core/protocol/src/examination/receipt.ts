import { equalBytes } from "@acta/bytes";
import { isPublicKeyForm, keyId, partyOf } from "@acta/crypto";
import { resultLeaf } from "@acta/light-client";
import { leafHash, rootFromPath, rootFromSides } from "@acta/merkle";
import { ProtocolError } from "../errors.ts";
import { encodeOutcome, resultData } from "../outcome.ts";
import { identityOf } from "../payload.ts";
import type { Receipt } from "../receipt.ts";
import { assertSignaturesFit, type Signature } from "../signature.ts";
import type { Signer } from "../signer.ts";
import { signatureCheck } from "../transaction.ts";
import type { ProofContent, VerifiedSigner } from "../verdict.ts";
import { type Belief, type Findings, isSuiteInForce, NotValid } from "./belief.ts";
import { examineTrusted } from "./trusted.ts";

/** Whether a receipt rests on votes for its own header, or on links from it. */
export function isReceiptFresh({ trusted }: Receipt): boolean {
  return trusted.end.kind === "commit" && trusted.links.length === 0;
}

/** Takes the seven steps of FORMATS §7 that need no signature verified. Throws {@link NotValid} and ProtocolError. */
export function examineReceipt(receipt: Receipt, belief: Belief, findings: Findings): ProofContent {
  const identity = identityOf(receipt.payloadBytes);
  examineCall(receipt);
  const outcomesRoot = examineOutcome(receipt);
  examineResult(receipt, resultData(identity, receipt.signaturesHash, outcomesRoot));
  const signers = examineSigners(receipt, belief, findings);
  const { header, place } = examineTrusted(receipt.trusted, belief, findings);
  const { payload, call, outcome } = receipt;
  return {
    ledgerId: payload.ledgerId,
    transaction: identity,
    outcome,
    contract: call.contract,
    version: call.version,
    action: call.action,
    input: call.input,
    signers,
    // The outcome was entered in the block before the header that carries the results.
    ...(place && { height: place.height - 1 }),
    noLaterThan: header.time,
  };
}

function examineCall({ payload, callHash, callsPath, outcome }: Receipt): void {
  const root = rootFromPath(callHash, outcome.index, payload.count, callsPath);
  if (!root || !equalBytes(root, payload.callsRoot)) throw new NotValid("wrong-call", `call ${outcome.index}`);
}

function examineOutcome({ payload, callHash, outcome, outcomesPath }: Receipt): Uint8Array {
  if (outcome.verdict === "undone" && (payload.mode === "each" || payload.count < 2))
    throw new NotValid("wrong-form", "an outcome undone where calls stand alone");
  if (!equalBytes(outcome.callHash, callHash)) throw new NotValid("wrong-outcome", "it names another call");
  const root = rootFromPath(leafHash(encodeOutcome(outcome)), outcome.index, payload.count, outcomesPath);
  return root ?? refuse("wrong-outcome", "no path of this length");
}

function examineResult({ resultPath, trusted }: Receipt, data: Uint8Array): void {
  const leaf = leafHash(resultLeaf({ code: 0, data }));
  const root = rootFromSides(leaf, resultPath.sides, resultPath.hashes);
  const expected = trusted.headers[0]?.lastResultsHash;
  if (!root || !expected || !equalBytes(root, expected)) throw new NotValid("wrong-result", "not in the first header");
}

function examineSigners(receipt: Receipt, belief: Belief, findings: Findings): VerifiedSigner[] {
  const { signatures, payload, keys } = receipt;
  if (signatures !== undefined) return examineSignatures(receipt, signatures, belief, findings);
  if (keys.length > 0) throw new NotValid("wrong-signers", "keys beside a signatures hash");
  doubtSuites(
    receipt,
    payload.signers.flatMap((each) => (each.kind === "stranger" ? [each.algorithm] : [])),
    belief,
    findings,
  );
  return payload.signers.map((signer) => ({
    ...shown(signer),
    ...(signer.kind === "stranger" && {
      keyId: keyId(signer.algorithm, signer.publicKey),
      algorithm: signer.algorithm,
    }),
    proved: signer.kind === "stranger",
    signature: "accepted-by-ledger",
  }));
}

function examineSignatures(
  receipt: Receipt,
  signatures: readonly Signature[],
  belief: Belief,
  findings: Findings,
): VerifiedSigner[] {
  const { payload, payloadBytes } = receipt;
  assertFit(signatures, payload.signers);
  const publicKeys = publicKeysOf(receipt, signatures);
  signatures.forEach((signature, index) => {
    const publicKey = publicKeys[index] as Uint8Array; // one for each signature
    findings.checks.push({ check: signatureCheck(signature, publicKey, payloadBytes), reason: "wrong-signature" });
  });
  doubtSuites(
    receipt,
    signatures.map(({ algorithm }) => algorithm),
    belief,
    findings,
  );
  return payload.signers.map((signer, index) => {
    const { algorithm, keyId: id } = signatures[index] as Signature; // assertFit: one for each signer
    const isBelieved = belief.trust.demo || isSuiteInForce(algorithm, belief);
    return {
      ...shown(signer),
      keyId: id,
      algorithm,
      proved: equalBytes(partyOf(id), signer.party),
      signature: isBelieved ? "verified" : "accepted-by-ledger",
    };
  });
}

function assertFit(signatures: readonly Signature[], signers: readonly Signer[]): void {
  try {
    assertSignaturesFit(signatures, signers);
  } catch (error) {
    if (error instanceof ProtocolError) throw new NotValid("wrong-signers", error.message);
    throw error;
  }
}

/** The key of each signature: a stranger's own, or the next of the receipt's keys. */
function publicKeysOf({ payload, keys }: Receipt, signatures: readonly Signature[]): Uint8Array[] {
  const registered = keys[Symbol.iterator]();
  const publicKeys = payload.signers.map((signer, index) => {
    if (signer.kind === "stranger") return signer.publicKey;
    const { algorithm, keyId: id } = signatures[index] as Signature; // assertFit: one for each signer
    const key: Uint8Array = registered.next().value ?? refuse("wrong-signers", "a key is missing");
    if (!isPublicKeyForm(algorithm, key)) throw new NotValid("wrong-form", "a key of another length");
    return equalBytes(keyId(algorithm, key), id)
      ? key
      : refuse("wrong-signers", "another key than the signature names");
  });
  if (!registered.next().done) throw new NotValid("wrong-signers", "a key too many");
  return publicKeys;
}

/** A fresh receipt is believed only by algorithms that still are; a renewed one says "accepted by the ledger at …". */
function doubtSuites(receipt: Receipt, algorithms: readonly number[], belief: Belief, findings: Findings): void {
  if (!isReceiptFresh(receipt) || belief.trust.demo) return;
  if (algorithms.some((algorithm) => !isSuiteInForce(algorithm, belief))) findings.doubts.push("suite-ended");
}

function shown(signer: Signer): Pick<VerifiedSigner, "kind" | "party" | "institution" | "roles" | "mandates"> {
  const { kind, party } = signer;
  if (signer.kind === "stranger") return { kind, party };
  const { institution, roles, mandates } = signer;
  return { kind, party, ...(institution && { institution }), ...(roles && { roles }), ...(mandates && { mandates }) };
}

function refuse(reason: NotValid["reason"], detail: string): never {
  throw new NotValid(reason, detail);
}
