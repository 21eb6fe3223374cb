/** Whole numbers below a bound, the same for the same seed. */
export type RandomNumbers = (below: number) => number;

/** A generator of whole numbers (mulberry32): good enough to choose moments and sizes, and nothing else. */
export function randomNumbers(seed: number): RandomNumbers {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** So many bytes from a generator. */
export function randomBytes(random: RandomNumbers, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random(256));
}
