import { type CborValue, encode, equalBytes } from "@acta/bytes";
import { type ListTree, leafHash, listPaths, sidesOf } from "@acta/merkle";
import { type Call, callFromCbor, callToCbor } from "./call.ts";
import { ProtocolError } from "./errors.ts";
import { decodeCanonical, formOf } from "./form.ts";
import { encodeOutcome, type Outcome, outcomeFromCbor, outcomeToCbor } from "./outcome.ts";
import { type Payload, parsePayload } from "./payload.ts";
import { type Signature, signatureFromCbor, signaturesHashOf, signatureToCbor } from "./signature.ts";
import type { Transaction } from "./transaction.ts";
import { type Trusted, trustedFromCbor, trustedToCbor } from "./trusted.ts";

/** A path that claims no position: sides as bits, and hashes. FORMATS §1. */
export type SidedPath = { readonly sides: Uint8Array; readonly hashes: Uint8Array };

/** A receipt as it is read: its form is right, nothing else is verified. FORMATS §7. */
export type Receipt = {
  readonly payloadBytes: Uint8Array;
  readonly payload: Payload;
  /** Undefined where only their hash stands in the receipt. */
  readonly signatures: readonly Signature[] | undefined;
  readonly signaturesHash: Uint8Array;
  /** Of the registered signers, in payload order; none beside a signatures hash. */
  readonly keys: readonly Uint8Array[];
  readonly call: Call;
  /** H(00 ‖ call). */
  readonly callHash: Uint8Array;
  readonly callsPath: Uint8Array;
  readonly outcome: Outcome;
  readonly outcomesPath: Uint8Array;
  readonly resultPath: SidedPath;
  readonly trusted: Trusted;
};

export const RECEIPT = "acta/receipt/1";

/** What the receipts of one transaction are built from. */
export type ReceiptDraft = {
  readonly transaction: Pick<Transaction, "payloadBytes" | "payload" | "signatures" | "callBytes" | "callHashes">;
  /** Public keys of the registered signers, in payload order. */
  readonly keys: readonly Uint8Array[];
  /** As many as calls, in their order. */
  readonly outcomes: readonly Outcome[];
  /** The transaction's place in its block, and the tree over the leaf hashes of all results of the block. */
  readonly result: { readonly index: number; readonly tree: ListTree };
  /** Begins with the header after the block. */
  readonly trusted: Trusted;
  /** Whether the receipt carries the signatures (and keys), or only their hash. Default: it carries them. */
  readonly withSignatures?: boolean;
};

/** The receipt of one call. For many calls of one transaction, {@link receiptsOf} hashes once. */
export function buildReceipt(draft: ReceiptDraft & { readonly callIndex: number }): Uint8Array {
  return receiptsOf(draft)(draft.callIndex);
}

/** Builds the receipts of a transaction's calls by index; all paths are computed at once, when the first is asked for. */
export function receiptsOf(draft: ReceiptDraft): (callIndex: number) => Uint8Array {
  const { transaction, outcomes, result, keys, withSignatures = true } = draft;
  const signatures = withSignatures
    ? transaction.signatures.map(signatureToCbor)
    : signaturesHashOf(transaction.signatures);
  const resultPath = [sidesOf(result.index, result.tree.count), result.tree.path(result.index)];
  const trusted = trustedToCbor(draft.trusted);
  let paths: { calls: Uint8Array[]; outcomes: Uint8Array[] } | undefined;
  return (index) => {
    const outcome = outcomes[index];
    const callBytes = transaction.callBytes[index];
    if (outcome === undefined || callBytes === undefined) throw new ProtocolError("cannot-build", `no call ${index}`);
    paths ??= {
      calls: listPaths(transaction.callHashes),
      outcomes: listPaths(outcomes.map((each) => leafHash(encodeOutcome(each)))),
    };
    return encode([
      RECEIPT,
      transaction.payloadBytes,
      signatures,
      withSignatures ? keys : [],
      decodeCanonical(callBytes, "call"),
      paths.calls[index] ?? nothing,
      outcomeToCbor(outcome),
      paths.outcomes[index] ?? nothing,
      resultPath,
      trusted,
    ]);
  };
}

const nothing = new Uint8Array();

/** A receipt as it stands alone or in a slip. */
export function receiptToCbor(receipt: Receipt): CborValue {
  const { signatures, resultPath } = receipt;
  return [
    RECEIPT,
    receipt.payloadBytes,
    signatures?.map(signatureToCbor) ?? receipt.signaturesHash,
    receipt.keys,
    callToCbor(receipt.call),
    receipt.callsPath,
    outcomeToCbor(receipt.outcome),
    receipt.outcomesPath,
    [resultPath.sides, resultPath.hashes],
    trustedToCbor(receipt.trusted),
  ];
}

const form = formOf("malformed-proof");

/** Reads a receipt; throws {@link ProtocolError}. */
export function receiptFromCbor(value: CborValue | undefined): Receipt {
  const [tag, payloadValue, signed, keys, callValue, callsPath, outcomeValue, outcomesPath, resultPath, trusted] =
    form.tuple(value, "receipt", 10);
  if (tag !== RECEIPT) throw new ProtocolError("unknown-version", "receipt");
  const payloadBytes = form.bytes(payloadValue, "payload");
  const payload = parsePayload(payloadBytes);
  const call = callFromCbor(callValue ?? null, payload.count);
  return {
    payloadBytes,
    payload,
    ...signaturesFromCbor(signed),
    keys: form.list(keys, "keys").map((key) => form.bytes(key, "key")),
    call,
    callHash: leafHash(encode(callValue ?? null)),
    callsPath: form.bytes(callsPath, "calls path"),
    outcome: outcomeFromCbor(outcomeValue),
    outcomesPath: form.bytes(outcomesPath, "outcomes path"),
    resultPath: sidedPathFromCbor(resultPath),
    trusted: trustedFromCbor(trusted),
  };
}

function signaturesFromCbor(value: CborValue | undefined): Pick<Receipt, "signatures" | "signaturesHash"> {
  if (value instanceof Uint8Array)
    return { signatures: undefined, signaturesHash: form.hash(value, "signatures hash") };
  const signatures = form.list(value, "signatures", 1).map(signatureFromCbor);
  return { signatures, signaturesHash: signaturesHashOf(signatures) };
}

function sidedPathFromCbor(value: CborValue | undefined): SidedPath {
  const [sides, hashes] = form.tuple(value, "path of the result", 2);
  return { sides: form.bytes(sides, "sides"), hashes: form.bytes(hashes, "hashes") };
}

/** Whether `receipt` speaks of this transaction's payload: what a client asks before it keeps a receipt. */
export function isReceiptOf(receipt: Receipt, payloadBytes: Uint8Array): boolean {
  return equalBytes(receipt.payloadBytes, payloadBytes);
}
