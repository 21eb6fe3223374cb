import { BRAND_MARK, markPaths } from "@acta/ui";
import type { Picture } from "../tally.ts";
import { shape } from "./element.ts";

/** The small mark of a verdict; beside it there is always its word. */
export function mark(picture: Picture): SVGElement {
  const { fill, outline } = markPaths(picture);
  return glyph(shape("path", { d: fill }), outline !== "" && shape("path", { class: "outline", d: outline }));
}

/** The project's mark. */
export function brandMark(): SVGElement {
  return glyph(shape("path", { d: BRAND_MARK }));
}

/** The small mark of a step: a tick, a cross, or an empty ring. */
export function stepMark(state: "done" | "failed" | "open"): SVGElement {
  const drawings = {
    done: "M3 12.500l2.100-2.100 4.400 4.400 9.400-9.400L21 7.500 9.500 19z",
    failed:
      "M5 7.100L7.100 5 12 9.900 16.900 5 19 7.100 14.100 12l4.900 4.900-2.100 2.100-4.900-4.900L7.100 19 5 16.900 9.900 12z",
    open: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12z",
  };
  return glyph(shape("path", { d: drawings[state] }));
}

function glyph(...paths: readonly (SVGElement | false)[]): SVGElement {
  return shape("svg", { class: "mk", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, ...paths);
}
