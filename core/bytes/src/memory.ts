// A piece serves hundreds of values. Whoever keeps a small value for long keeps its whole piece, so it is not larger.
const pieceBytes = 16 * 1024;

let piece = new ArrayBuffer(pieceBytes);
let used = 0;

/**
 * New bytes, all zero. They are part of a larger piece of memory, which a JavaScript engine hands out twenty times as
 * quickly as memory of their own: do not transfer their `buffer`, and `slice()` what is kept for long.
 */
export function newBytes(length: number): Uint8Array {
  if (length > pieceBytes / 4) return new Uint8Array(length);
  if (used + length > pieceBytes) {
    piece = new ArrayBuffer(pieceBytes);
    used = 0;
  }
  const bytes = new Uint8Array(piece, used, length);
  used += length;
  return bytes;
}
