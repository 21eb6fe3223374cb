/**
 * The lengths of the bars of a tally, 1 to 16: one for each of the first `count` hex digits of a fingerprint.
 *
 * A help to the eye; the words decide. Throws RangeError where the text is shorter or no hex.
 */
export function tallyLengths(fingerprint: string, count: number): number[] {
  if (!/^[0-9a-f]*$/.test(fingerprint) || fingerprint.length < count) {
    throw new RangeError(`A tally of ${count} bars needs as many hex digits.`);
  }
  return [...fingerprint.slice(0, count)].map((digit) => 1 + Number.parseInt(digit, 16));
}
