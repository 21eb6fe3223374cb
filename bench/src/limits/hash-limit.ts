import { sha256 } from "@acta/crypto";

/** SHA-256 of 64 bytes a second on one thread, as the node hashes: what tree and log are made of. */
export function measureHashLimit(seconds: number): number {
  const bytes = new Uint8Array(64).fill(7);
  let hashes = 0;
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    for (let i = 0; i < 10_000; i++) bytes[0] = sha256(bytes)[0] ?? 0;
    hashes += 10_000;
  }
  return (hashes * 1000) / (performance.now() - began);
}
