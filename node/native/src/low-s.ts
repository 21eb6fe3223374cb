// n/2, rounded down, for P-256 (FIPS 186-5), big-endian.
const HALF_ORDER = Buffer.from("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8", "hex");

/** Whether the second half of a 64-byte P-256 signature r‖s is at most half the group's order (FORMATS §2). */
export function isLowS(signature: Uint8Array): boolean {
  return Buffer.compare(signature.subarray(32), HALF_ORDER) <= 0;
}
