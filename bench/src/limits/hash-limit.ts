import { sha256 } from "@acta/crypto";
import { ratePerCpuSecond } from "../measure/cpu-rate.ts";

const AT_ONCE = 10_000;

/** SHA-256 of 64 bytes in a second of one thread's CPU, as the node hashes: what tree and log are made of. */
export async function measureHashLimit(cpuSeconds: number): Promise<number> {
  const bytes = new Uint8Array(64).fill(7);
  const hashMany = (): void => {
    for (let i = 0; i < AT_ONCE; i++) bytes[0] = sha256(bytes)[0] ?? 0;
  };
  return AT_ONCE * (await ratePerCpuSecond(cpuSeconds, hashMany));
}
