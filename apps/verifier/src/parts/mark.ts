import type { Picture } from "../tally.ts";
import { shape } from "./element.ts";

const LEFT = "M6 2.5h6v3.25H6zM2 7.75h10V11H2zM8 13h4v3.25H8zM4 18.25h8v3.25H4z";
const RIGHT = "M12 2.5h6v3.25h-6zM12 7.75h10V11H12zM12 13h4v3.25h-4zM12 18.25h8v3.25h-8z";

// Four bars a side, one drawing for each way in which the halves can stand to each other.
const MARKS: Readonly<Record<Picture, string>> = {
  meets: LEFT + RIGHT,
  misses: `${LEFT}M14 5.100h8v2.200h-8zM14 10.350h5v2.200h-5zM14 15.600h8v2.200h-8zM14 20.850h4v2.200h-4z`,
  broken: `${LEFT}M12 2.500h6v3.250h-6zM12 18.250h8v3.250h-8zM13.600 9.400l1.600-1.600 2.700 2.700 2.700-2.700 1.600 1.600-2.700 2.700 2.700 2.700-1.600 1.600-2.700-2.700-2.700 2.700-1.600-1.600 2.700-2.700z`,
  stopped: `${LEFT}M13.500 1h3.200v22h-3.200z`,
  unknown: `${LEFT}M14.400 9c0-2.900 2-4.700 4.700-4.700S24 6 24 8.600c0 3.200-3.600 3.700-3.600 6v.6h-2.600v-.9c0-3.200 3.400-3.700 3.400-5.700 0-1.100-.8-1.900-2.100-1.900-1.400 0-2.200.9-2.200 2.300zM17.700 17.200h2.900V20h-2.900z`,
  dotted: `${LEFT}M13.500 3.200H15v1.800h-1.500zM16.500 3.200H18v1.800h-1.500zM13.500 8.500H15v1.800h-1.500zM16.500 8.500H18v1.800h-1.500zM19.500 8.500H21v1.800h-1.500zM13.500 13.700H15v1.800h-1.500zM13.500 19H15v1.800h-1.500zM16.500 19H18v1.800h-1.500z`,
  notYet: `${LEFT}M12 3.800h6v.7h-6zM12 9h10v.7H12zM12 14.300h4v.7h-4zM12 19.500h8v.7h-8z`,
};

/** The small mark of a verdict; beside it there is always its word. */
export function mark(picture: Picture): SVGElement {
  return glyph(MARKS[picture]);
}

/** The small mark of a step: a tick, a cross, or an empty ring. */
export function stepMark(state: "done" | "failed" | "open"): SVGElement {
  const drawings = {
    done: "M3 12.500l2.100-2.100 4.400 4.400 9.400-9.400L21 7.500 9.500 19z",
    failed:
      "M5 7.100L7.100 5 12 9.900 16.900 5 19 7.100 14.100 12l4.900 4.900-2.100 2.100-4.900-4.900L7.100 19 5 16.900 9.900 12z",
    open: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12z",
  };
  return glyph(drawings[state]);
}

function glyph(path: string): SVGElement {
  return shape(
    "svg",
    { class: "mk", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    shape("path", { d: path }),
  );
}
