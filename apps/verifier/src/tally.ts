import { type Fit, tallyLengths } from "@acta/ui";

/** How the two halves stand to each other: one picture for each kind of verdict. */
export type Picture = Exclude<Fit, "waits" | "hollow">;

/** A shape of the tally: a rectangle, in units of a half that is 192 long and 188 high. `style` tells how it is drawn. */
export type Bar = {
  readonly style: "solid" | "outline" | "lit" | "cross";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Length and height of one half: 16 bars of 8, with gaps of 4 between them. */
export const HALF = { length: 192, height: 188 } as const;

const BARS = 16;
const PITCH = 12;
const THICKNESS = 8;

/** The lengths of the 16 bars: one for each of the first 16 hex digits, 12 for 0 up to 192 for f. */
export function barLengths(fingerprint: string): number[] {
  return tallyLengths(fingerprint.padEnd(BARS, "0"), BARS).map((length) => PITCH * length);
}

/** The half in the reader's hand: bars that end at the seam, x counted from the seam outwards. */
export function leftHalf(fingerprint: string): Bar[] {
  return barLengths(fingerprint).map((width, index) => solid(index, width));
}

/** The ledger's half, x counted from the seam outwards; what it looks like says how the halves fit. */
export function rightHalf(picture: Picture, fingerprint: string): Bar[] {
  const lengths = barLengths(fingerprint);
  switch (picture) {
    case "meets":
      return lengths.map((width, index) => solid(index, width));
    case "misses":
      return lengths.map((width, index) => ({ ...solid(index, width), x: 9, y: index * PITCH + PITCH / 2 }));
    case "broken":
      return lengths.flatMap((width, index) => brokenBar(index, width));
    case "stopped":
      return [{ style: "lit", x: 0, y: -4, width: 10, height: HALF.height + 8 }];
    case "dotted":
      return lengths.flatMap((width, index) => dots(index, width));
    case "notYet":
      return lengths.map((width, index) => ({ ...solid(index, width), style: "outline" }));
    case "unknown":
      return [];
    default:
      return picture satisfies never;
  }
}

// Three bars in the middle stand off the seam and out of line; the rest fit.
function brokenBar(index: number, width: number): Bar[] {
  if (index < 6 || index > 8) return [solid(index, width)];
  if (index === 7) return [{ style: "cross", x: 20, y: index * PITCH - 11, width: 30, height: 30 }];
  return [{ ...solid(index, Math.max(width * 0.6, 72)), style: "lit", x: 64 }];
}

function dots(index: number, width: number): Bar[] {
  const count = Math.max(1, Math.round((width - 4) / PITCH));
  return Array.from({ length: count }, (_, dot) => ({
    style: "solid",
    x: 8 + dot * PITCH,
    y: index * PITCH + 2,
    width: 4,
    height: 4,
  }));
}

function solid(index: number, width: number): Bar {
  return { style: "solid", x: 0, y: index * PITCH, width, height: THICKNESS };
}
