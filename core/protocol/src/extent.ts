/**
 * Where the item that begins at `offset` ends. Only for bytes that were already decoded as canonical CBOR: nothing is
 * checked again, so that hashes can be taken over slices instead of over a second encoding.
 */
export function itemEnd(bytes: Uint8Array, offset: number): number {
  const major = (bytes[offset] ?? 0) >> 5;
  const start = headEnd(bytes, offset);
  if (major === 2 || major === 3) return start + argument(bytes, offset);
  if (major === 6) return itemEnd(bytes, start);
  if (major !== 4 && major !== 5) return start;
  let end = start;
  const items = argument(bytes, offset) * (major === 5 ? 2 : 1);
  for (let index = 0; index < items; index++) end = itemEnd(bytes, end);
  return end;
}

/** Where the head of the item at `offset` ends: the first element of an array, the bytes of a string. */
export function headEnd(bytes: Uint8Array, offset: number): number {
  const short = (bytes[offset] ?? 0) & 31;
  return offset + 1 + (short < 24 ? 0 : 1 << (short - 24));
}

/** The slices of an array's elements, the array beginning at `offset`. */
export function elementsAt(bytes: Uint8Array, offset: number): Uint8Array[] {
  const elements: Uint8Array[] = [];
  let start = headEnd(bytes, offset);
  for (let index = argument(bytes, offset); index > 0; index--) {
    const end = itemEnd(bytes, start);
    elements.push(bytes.subarray(start, end));
    start = end;
  }
  return elements;
}

function argument(bytes: Uint8Array, offset: number): number {
  const short = (bytes[offset] ?? 0) & 31;
  if (short < 24) return short;
  let value = 0;
  for (let index = offset + 1; index < headEnd(bytes, offset); index++) value = value * 256 + (bytes[index] ?? 0);
  return value;
}
