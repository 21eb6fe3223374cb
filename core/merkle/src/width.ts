// Division and multiplication, neither shifts nor logarithms: sizes reach 2^53, and all of it must be exact.

/** The largest power of two below `size`, which is 2 or more: k of RFC 9162, 2.1.1. */
export function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** Whether a size, 1 or more, is a power of two: that of a complete tree. */
export function isPowerOfTwo(size: number): boolean {
  return largestPowerBelow(size + 1) === size;
}

/** The height of a complete tree of that many leaves. */
export function heightOf(width: number): number {
  let height = 0;
  for (let rest = width; rest > 1; rest /= 2) height++;
  return height;
}

/** The sizes of the complete subtrees side by side under a size: its binary digits, the largest first. */
export function completeWidths(size: number): number[] {
  const widths: number[] = [];
  for (let rest = size; rest > 0; ) {
    const width = largestPowerBelow(rest + 1);
    widths.push(width);
    rest -= width;
  }
  return widths;
}
