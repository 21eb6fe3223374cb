import { toHex, utf8Encode } from "@acta/bytes";
import { createSha256 } from "@acta/crypto";

/** SHA-256 over the exact text of the page's style and script, hex: what the build prints. */
export function ownHash(): string {
  const text = (id: string): Uint8Array => utf8Encode(document.getElementById(id)?.textContent ?? "");
  return toHex(createSha256().update(text("acta-style")).update(text("acta-script")).digest());
}
