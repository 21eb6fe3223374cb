/** How the two halves of the tally stand to each other: one picture for each kind of verdict. */
export type Picture = "meets" | "misses" | "broken" | "stopped" | "dotted" | "unknown";

/** A rectangle, in units of a half that is 192 long and 188 high; x counted from the seam outwards. */
export type Bar = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Length and height of one half: 16 bars of 8, with gaps of 4 between them. */
export const HALF = { length: 192, height: 188 } as const;

const BARS = 16;
const PITCH = 12;
const THICKNESS = 8;

/** The half in hand: a bar for each of the first 16 hex digits, 12 for 0 up to 192 for f. */
export function leftHalf(fingerprint: string): Bar[] {
  return [...fingerprint.slice(0, BARS).padEnd(BARS, "0")].map((digit, index) => ({
    x: 0,
    y: index * PITCH,
    width: PITCH * (1 + Number.parseInt(digit, 16)),
    height: THICKNESS,
  }));
}

/** The ledger's half; what it looks like says how the halves fit, in black and white too. */
export function rightHalf(picture: Picture, fingerprint: string): Bar[] {
  const bars = leftHalf(fingerprint);
  switch (picture) {
    case "meets":
      return bars;
    case "misses":
      return bars.map((bar) => ({ ...bar, x: PITCH, y: bar.y + PITCH / 2 }));
    case "broken":
      return bars.flatMap((bar, index) =>
        index < 6 || index > 9 ? [bar] : [{ ...bar, x: 60, width: bar.width * 0.6 }],
      );
    case "stopped":
      return [{ x: 0, y: -4, width: 10, height: HALF.height + 8 }];
    case "dotted":
      return bars.flatMap(dots);
    case "unknown":
      return [];
    default:
      return picture satisfies never;
  }
}

function dots({ y, width }: Bar): Bar[] {
  return Array.from({ length: width / PITCH }, (_, dot) => ({ x: 4 + dot * PITCH, y: y + 2, width: 4, height: 4 }));
}
