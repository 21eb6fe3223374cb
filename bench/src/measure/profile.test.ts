import { expect, test } from "vitest";
import { timeByPart } from "./profile.ts";

const frame = (id: number, url: string, functionName: string, children: number[] = []) => ({
  id,
  callFrame: { url, functionName },
  children,
});

test("a sample counts for the innermost frame that belongs to a part", () => {
  const nodes = [
    frame(1, "", "(root)", [2, 5, 6]),
    frame(2, "file:///acta/node/store/src/start.ts", "loadTree", [3, 4]),
    frame(3, "file:///acta/core/crypto/src/sha256.ts", "sha256"),
    frame(4, "file:///acta/core/merkle/src/update.ts", "update"),
    frame(5, "", "(idle)"),
    frame(6, "file:///acta/apps/node/src/main.ts", "main"),
  ];
  const profile = { nodes, samples: [3, 4, 5, 6, 2], timeDeltas: [100, 2000, 3000, 4000, 500, 1000] };
  const parts = [
    ["tree", /core\/merkle/],
    ["values", /store\/src\/start\.ts/],
    ["waiting", / \(idle\)$/],
  ] as const;
  expect(Object.fromEntries(timeByPart(profile, parts))).toEqual({ tree: 3, values: 3, waiting: 4, other: 0.5 });
});
