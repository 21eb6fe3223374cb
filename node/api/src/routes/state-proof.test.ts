import { expect, test } from "vitest";
import { Problem } from "../problem.ts";
import { goingBack } from "./state-proof.ts";

test("a request into the past reads so many values and no more", () => {
  const value = Uint8Array.of(1);
  const { get } = goingBack(() => value, 3);
  expect([get(value), get(value), get(value)]).toEqual([value, value, value]);
  expect(() => get(value)).toThrow(new Problem("moment-too-far-back"));
});
