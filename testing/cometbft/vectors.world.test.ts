import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { buildProgram } from "./program.ts";

const program = buildProgram();
const kept = new URL("../../vectors/draft/light-client/cometbft-0.40.0.json", import.meta.url);

describe.skipIf(program === undefined)("the vectors of CometBFT 0.40.0", () => {
  test("come out of CometBFT's own packages as they are kept", () => {
    expect(program?.([]) === readFileSync(kept, "utf8")).toBe(true);
  });
});
