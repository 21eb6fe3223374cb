import { type Bar, HALF, leftHalf, type Picture, rightHalf } from "../tally.ts";
import { shape } from "./element.ts";

type Side = "left" | "right";

const { length, height } = HALF;
// Room around the halves for what stands out of line.
const EDGE = 12;
const TALL = height + 2 * EDGE;

/** One half of the tally beside the seam: the left one ends at its right edge, the right one begins at its left. */
export function halfDrawing(side: Side, picture: Picture, fingerprint: string): SVGElement {
  const bars = side === "left" ? leftHalf(fingerprint) : rightHalf(picture, fingerprint);
  const content = [half(bars, side), side === "right" && question(picture, "translate(40 42) scale(4.6)")];
  return drawing(`half ${side}`, [side === "left" ? -length : 0, -EDGE, length, TALL], content);
}

/** Both halves upright, for narrow screens: the left one above the seam, the right one below. */
export function uprightDrawing(picture: Picture, [left, right]: readonly [string, string]): SVGElement {
  // Length and height change places, and the bars are half as long: a narrow screen has other things to show, too.
  const turned = shape("g", { transform: "matrix(0 0.5 1 0 0 0)" }, ...bothHalves(picture, left, right));
  return drawing(
    "upright",
    [-EDGE, -length / 2 - 4, TALL, length + 8],
    [turned, question(picture, "translate(70 10) scale(3.4)")],
  );
}

function bothHalves(picture: Picture, left: string, right: string): SVGElement[] {
  const seam = shape("path", { class: "seam", d: `M0 ${-EDGE}V${height + EDGE}` });
  return [seam, half(leftHalf(left), "left"), half(rightHalf(picture, right), "right")];
}

function drawing(name: string, box: readonly number[], content: readonly (SVGElement | false)[]): SVGElement {
  return shape("svg", { class: name, viewBox: box.join(" "), "aria-hidden": "true", focusable: "false" }, ...content);
}

function half(bars: readonly Bar[], side: Side): SVGElement {
  return shape("g", { class: `${side}-half` }, ...bars.map((bar) => barShape(bar, side)));
}

function barShape({ style, x, y, width, height }: Bar, side: Side): SVGElement {
  const from = side === "left" ? -x - width : x;
  if (style === "cross")
    return shape("path", {
      class: style,
      d: `M${from} ${y}l${width} ${height}M${from + width} ${y}l${-width} ${height}`,
    });
  // Outlines are drawn on the middle of their line.
  const inset = style === "outline" ? 0.6 : 0;
  const sized = { x: from + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset };
  return shape("rect", {
    class: style,
    ...Object.fromEntries(Object.entries(sized).map(([name, n]) => [name, String(n)])),
  });
}

function question(picture: Picture, transform: string): SVGElement | false {
  return picture === "unknown" && shape("path", { class: "lit", d: QUESTION, transform });
}

// Drawn, not written: it looks the same in every font.
const QUESTION =
  "M0 6.4C0 2.6 2.9 0 6.8 0c4 0 6.7 2.4 6.7 5.900 0 2.700-1.400 4.200-3.300 5.600-1.600 1.200-1.800 1.800-1.800 3.300v1H4.800v-1.700c0-2.800.9-4.100 2.900-5.600C9.200 7.400 9.600 6.900 9.600 5.900c0-1.400-1-2.300-2.700-2.300S4.100 4.600 4.100 6.400zM4.600 18.400h4.200v4.200H4.600z";
