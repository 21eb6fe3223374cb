import type { SignatureCheck } from "@acta/crypto";

const HEADER_BYTES = 16;

/**
 * One run of bytes that holds many signature checks, so that handing a batch to a worker moves one buffer.
 *
 * Layout of each check: rule (1 byte: 0 signature, 1 vote), three zero bytes, algorithm (4 bytes, signed),
 * lengths of key and signature (2 bytes each), length of message (4 bytes), then key, signature, message.
 */
export function packChecks(checks: readonly SignatureCheck[]): Uint8Array<ArrayBuffer> {
  const size = checks.reduce((sum, check) => sum + packedSize(check), 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const check of checks) {
    view.setUint8(offset, check.rule === "vote" ? 1 : 0);
    view.setInt32(offset + 4, check.algorithm);
    view.setUint16(offset + 8, check.publicKey.length);
    view.setUint16(offset + 10, check.signature.length);
    view.setUint32(offset + 12, check.message.length);
    bytes.set(check.publicKey, offset + HEADER_BYTES);
    bytes.set(check.signature, offset + HEADER_BYTES + check.publicKey.length);
    bytes.set(check.message, offset + HEADER_BYTES + check.publicKey.length + check.signature.length);
    offset += packedSize(check);
  }
  return bytes;
}

/** The checks of a packed batch, in order, as views on the batch's bytes. */
export function unpackChecks(bytes: Uint8Array): SignatureCheck[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const checks: SignatureCheck[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const keyEnd = offset + HEADER_BYTES + view.getUint16(offset + 8);
    const signatureEnd = keyEnd + view.getUint16(offset + 10);
    const end = signatureEnd + view.getUint32(offset + 12);
    checks.push({
      rule: view.getUint8(offset) === 1 ? "vote" : "signature",
      // The batch was packed from a SignatureCheck, so the number is one of the algorithms.
      algorithm: view.getInt32(offset + 4) as SignatureCheck["algorithm"],
      publicKey: bytes.subarray(offset + HEADER_BYTES, keyEnd),
      signature: bytes.subarray(keyEnd, signatureEnd),
      message: bytes.subarray(signatureEnd, end),
    });
    offset = end;
  }
  return checks;
}

function packedSize(check: SignatureCheck): number {
  return HEADER_BYTES + check.publicKey.length + check.signature.length + check.message.length;
}
