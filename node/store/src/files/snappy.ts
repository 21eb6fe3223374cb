/**
 * The bytes of a raw Snappy block, the form in which LevelDB compresses; undefined where the input is not one.
 *
 * Only what checks need: index blocks of tables, a few kilobytes each. Format: google/snappy, format_description.txt.
 */
export function unsnappy(input: Uint8Array): Uint8Array | undefined {
  const length = readVarint(input, 0);
  if (length === undefined || length.value > LARGEST) return undefined;
  const output = new Uint8Array(length.value);
  let [from, to] = [length.next, 0];
  while (from < input.length) {
    const element = readElement(input, from);
    if (element === undefined || to + element.length > output.length) return undefined;
    if (element.offset === 0) {
      const source = input.subarray(element.next - element.length, element.next);
      if (element.next > input.length) return undefined;
      output.set(source, to);
    } else {
      if (element.offset > to) return undefined;
      // Byte by byte: a copy may reach into what it is writing, which repeats a pattern.
      for (let i = 0; i < element.length; i++) output[to + i] = output[to + i - element.offset] as number; // within
    }
    from = element.next;
    to += element.length;
  }
  return to === output.length ? output : undefined;
}

/** A little-endian number in groups of seven bits, below 2^53, and where it ends; undefined where the bytes end first. */
export function readVarint(bytes: Uint8Array, start: number): { value: number; next: number } | undefined {
  let value = 0;
  let scale = 1;
  for (let position = start; position < bytes.length && position < start + 8; position++) {
    const byte = bytes[position] as number; // below the length
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, next: position + 1 } : undefined;
    scale *= 128;
  }
  return undefined;
}

const LARGEST = 1 << 30;

/** A literal (offset 0; its bytes end at `next`) or a copy from `offset` bytes back. */
type Element = { readonly offset: number; readonly length: number; readonly next: number };

function readElement(input: Uint8Array, start: number): Element | undefined {
  const tag = input[start] ?? 0;
  const argument = (count: number) => readLittleEndian(input, start + 1, count);
  if ((tag & 3) === 0) return readLiteral(input, start, tag >> 2);
  if ((tag & 3) === 1) return copy((tag >> 5) * 256 + argument(1), ((tag >> 2) & 7) + 4, start + 2);
  const count = (tag & 3) === 2 ? 2 : 4;
  return copy(argument(count), (tag >> 2) + 1, start + 1 + count);
}

function readLiteral(input: Uint8Array, start: number, size: number): Element {
  const count = size < 60 ? 0 : size - 59;
  const length = (count === 0 ? size : readLittleEndian(input, start + 1, count)) + 1;
  return { offset: 0, length, next: start + 1 + count + length };
}

function copy(offset: number, length: number, next: number): Element | undefined {
  return offset === 0 ? undefined : { offset, length, next };
}

function readLittleEndian(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 256 + (bytes[start + i] ?? 0);
  return value;
}
