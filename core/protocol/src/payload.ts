import { type CborValue, encode, map, toHex } from "@acta/bytes";
import { tagged } from "@acta/crypto";
import { listRoot } from "@acta/merkle";
import { type Call, encodeCall } from "./call.ts";
import { ProtocolError } from "./errors.ts";
import { COUNT_LIMIT, decodeCanonical, formOf, SECONDS_LIMIT } from "./form.ts";
import { type Signer, signerFromCbor, signerToCbor } from "./signer.ts";

/** `each`: every call has its own verdict; `together`: all take effect or none. */
export type Mode = "each" | "together";

/** What the signers sign. FORMATS §3. */
export type Payload = {
  readonly ledgerId: Uint8Array;
  /** Seconds since 1970; the transaction is valid while block seconds are not above it. */
  readonly expiry: number;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
  readonly signers: readonly Signer[];
  readonly mode: Mode;
  /** Number of calls. */
  readonly count: number;
  /** List root over the calls' bytes. */
  readonly callsRoot: Uint8Array;
};

/** What a payload is built from: its calls in place of their count and root. */
export type PayloadDraft = Omit<Payload, "count" | "callsRoot"> & { readonly calls: readonly Call[] };

/** Encodes the calls and the payload that names their root. Blinds come with the calls: 16 random bytes, none if there is one call. */
export function buildPayload(draft: PayloadDraft): { payloadBytes: Uint8Array; callBytes: Uint8Array[] } {
  const callBytes = draft.calls.map(encodeCall);
  const payloadBytes = encodePayload({ ...draft, count: callBytes.length, callsRoot: listRoot(callBytes) });
  return { payloadBytes, callBytes };
}

/** The bytes that are signed. */
export function encodePayload(payload: Payload): Uint8Array {
  return encode(
    map([
      [1, 1],
      [2, payload.ledgerId],
      [3, payload.expiry],
      [4, payload.nonce],
      [5, payload.signers.map(signerToCbor)],
      [6, payload.mode === "each" ? 0 : 1],
      [7, payload.count],
      [8, payload.callsRoot],
    ]),
  );
}

/** The identity of a transaction: two envelopes around one payload are one transaction. FORMATS §3. */
export function identityOf(payloadBytes: Uint8Array): Uint8Array {
  return tagged("acta/tx/1", payloadBytes);
}

const form = formOf("malformed-payload");

/** Reads a payload; throws {@link ProtocolError}. */
export function parsePayload(payloadBytes: Uint8Array): Payload {
  const value = decodeCanonical(payloadBytes, "payload");
  if (value instanceof Map && value.has(1) && value.get(1) !== 1) throw new ProtocolError("unknown-version", "payload");
  const fields = form.fields(value, "payload", [1, 2, 3, 4, 5, 6, 7, 8]);
  return {
    ledgerId: form.hash(fields.get(2), "ledger id"),
    expiry: expiryFromCbor(fields.get(3)),
    nonce: form.bytes(fields.get(4), "nonce", 16),
    signers: signersFromCbor(fields.get(5)),
    mode: modeFromCbor(fields.get(6)),
    count: form.integer(fields.get(7), "number of calls", 1, COUNT_LIMIT),
    callsRoot: form.hash(fields.get(8), "calls root"),
  };
}

function expiryFromCbor(value: CborValue | undefined): number {
  if (typeof value === "number" && value >= 0 && value < SECONDS_LIMIT) return value;
  throw new ProtocolError("expiry-out-of-range");
}

function modeFromCbor(value: CborValue | undefined): Mode {
  if (value === 0) return "each";
  if (value === 1) return "together";
  throw new ProtocolError("bad-mode");
}

function signersFromCbor(value: CborValue | undefined): Signer[] {
  const entries = form.list(value, "signers");
  if (entries.length < 1 || entries.length > 16)
    throw new ProtocolError("wrong-signer-count", `${entries.length} signers`);
  const signers = entries.map(signerFromCbor);
  if (signers.length > 1 && new Set(signers.map((signer) => toHex(signer.party))).size !== signers.length)
    throw new ProtocolError("duplicate-signer");
  return signers;
}
