import { sha256 } from "@acta/crypto";

/** SHA-256 of 64 bytes in a second of one thread's CPU, as the node hashes: what tree and log are made of. */
export function measureHashLimit(cpuSeconds: number): number {
  const bytes = new Uint8Array(64).fill(7);
  let hashes = 0;
  const began = process.threadCpuUsage();
  const used = (): number => {
    const { user, system } = process.threadCpuUsage(began);
    return (user + system) / 1e6;
  };
  while (used() < cpuSeconds) {
    for (let i = 0; i < 10_000; i++) bytes[0] = sha256(bytes)[0] ?? 0;
    hashes += 10_000;
  }
  return hashes / used();
}
