/**
 * How the two halves stand to each other: entered and valid; waiting for the other half; not the same; altered; refused;
 * superseded; of an unknown ledger; not proved yet; not there yet.
 */
export type Fit = "meets" | "waits" | "misses" | "broken" | "stopped" | "hollow" | "unknown" | "dotted" | "notYet";

/** Path strings of a mark, for a `viewBox` of `0 0 24 24`: `fill` is filled, `outline` is drawn with a line of 1.2. */
export type MarkPaths = { readonly fill: string; readonly outline: string };

const SEAM = 12;
const THICKNESS = 3.25;
const BARS = [
  { length: 6, y: 2.5 },
  { length: 10, y: 7.75 },
  { length: 4, y: 13 },
  { length: 8, y: 18.25 },
] as const;

/** The mark of the project: four bars that run through. */
export const BRAND_MARK = BARS.map(({ length, y }) => box(SEAM - length, y, 2 * length, THICKNESS)).join("");

/** The small mark of a fit: four bars a side. Beside it there is always its word. */
export function markPaths(fit: Fit): MarkPaths {
  if (fit === "hollow") return { fill: "", outline: BARS.map((bar) => outlined(bar, SEAM - bar.length, 2)).join("") };
  const left = BARS.map(({ length, y }) => box(SEAM - length, y, length, THICKNESS)).join("");
  const right = rightHalf(fit);
  return { fill: left + right.fill, outline: right.outline };
}

type Bar = (typeof BARS)[number];

function rightHalf(fit: Exclude<Fit, "hollow">): MarkPaths {
  switch (fit) {
    case "meets":
      return filled(({ length, y }) => box(SEAM, y, length, THICKNESS));
    case "waits":
      return { fill: "", outline: BARS.map((bar) => outlined(bar, SEAM, 1)).join("") };
    case "misses":
      return filled(({ length, y }) => box(SEAM + 2, y + 2.6, 12 - length, 2.2));
    case "broken":
      return filled((bar) => (bar === BARS[1] ? CROSS : box(SEAM, bar.y, bar.length, THICKNESS)));
    case "stopped":
      return { fill: box(SEAM + 2, 1, 3.2, 22), outline: "" };
    case "unknown":
      return { fill: QUESTION, outline: "" };
    case "dotted":
      return filled(({ length, y }) => dots(length, y + 0.9));
    case "notYet":
      return filled(({ length, y }) => box(SEAM, y + 1.3, length, 0.7));
    default:
      return fit satisfies never;
  }
}

function filled(draw: (bar: Bar) => string): MarkPaths {
  return { fill: BARS.map(draw).join(""), outline: "" };
}

function box(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

// On the middle of its line, so that it covers as much as a filled bar.
function outlined({ length, y }: Bar, x: number, sides: 1 | 2): string {
  return box(x + 0.6, y + 0.6, sides * length - 1.2, THICKNESS - 1.2);
}

function dots(length: number, y: number): string {
  return Array.from({ length: Math.floor(length / 3) }, (_, dot) => box(SEAM + 1.5 + 3 * dot, y, 1.5, 1.5)).join("");
}

const CROSS = "M14.2 8.1l1.5-1.5 2.8 2.8 2.8-2.8 1.5 1.5-2.8 2.8 2.8 2.8-1.5 1.5-2.8-2.8-2.8 2.8-1.5-1.5 2.8-2.8z";

// Drawn, not written: it looks the same in every font.
const QUESTION =
  "M14.4 9.2c0-2.8 1.9-4.6 4.6-4.6s4.600 1.600 4.600 4.200c0 3.100-3.400 3.600-3.400 5.900v.7h-2.600v-1c0-3.100 3.300-3.600 3.300-5.500 0-1.100-.7-1.800-1.900-1.800-1.300 0-2 .8-2 2.100zM17.500 17.500h2.800v2.800h-2.800z";
