import { fromHex, toHex, utf8Encode } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import { type MadeChain, makeChain } from "./chain.ts";
import { buildProgram } from "./program.ts";

const program = buildProgram();

const few = transactions(3, 250);
const overOnePart = transactions(400, 333);
const overManyParts = transactions(3_000, 120);
const large = [new Uint8Array(200_000).fill(7)];
const blocks = [
  [],
  few,
  [],
  few,
  overOnePart,
  [],
  [],
  few,
  overManyParts,
  [],
  large,
  few,
  [],
  few,
  [],
  [],
  few,
  few,
  few,
  [],
];

describe.skipIf(program === undefined)("CometBFT 0.40.0, asked about a chain of the embedded sequencer", () => {
  test("accepts all twenty blocks, as a full node and as a light client", () => {
    const chain = makeChain(blocks);
    expect(chain.blocks.filter(({ parts }) => parts.total > 1)).toHaveLength(3);
    expect(verify(chain)).toEqual({ accepted: 20 });
  });

  test("refuses a block with one bit of its header flipped, and accepts those before it", () => {
    const chain = makeChain(blocks.slice(0, 8));
    const height = 6;
    // The header message begins behind tag and length (`0a`, two bytes) and is over 400 bytes long.
    for (let bit = 3 * 8; bit < 400 * 8; bit += 131) {
      const verdict = verify(flipBit(chain, height, bit));
      expect(verdict.accepted, `bit ${bit}`).toBe(height - 1);
      expect(verdict.reason).toBeDefined();
    }
  });

  test("refuses a commit with one bit of its signature flipped", () => {
    const chain = makeChain(blocks.slice(0, 4));
    const spoilt = replaceBlock(chain, 3, ({ commit }) => ({ commit: flip(commit, fromHex(commit).length * 8 - 9) }));
    expect(verify(spoilt)).toEqual({ accepted: 2, reason: expect.stringContaining("VerifyCommitLight") });
  });

  test("refuses whatever the old key signs after the tombstone set", () => {
    const verdict = verify(makeChain(blocks, { beyond: true }));
    expect(verdict).toEqual({ accepted: 20, reason: expect.stringContaining("is not a validator") });
  });
});

function verify(chain: MadeChain): { accepted: number; reason?: string } {
  if (program === undefined) throw new Error("the Go program was not built");
  return JSON.parse(program(["verify"], JSON.stringify(chain)));
}

function transactions(count: number, bytes: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const transaction = new Uint8Array(bytes);
    transaction.set(utf8Encode(`transaction ${index} of ${count}`));
    return transaction;
  });
}

function flipBit(chain: MadeChain, height: number, bit: number): MadeChain {
  return replaceBlock(chain, height, ({ bytes }) => ({ bytes: flip(bytes, bit) }));
}

function replaceBlock(
  chain: MadeChain,
  height: number,
  change: (block: MadeChain["blocks"][number]) => Partial<MadeChain["blocks"][number]>,
): MadeChain {
  const blocks = chain.blocks.map((block, index) => (index === height - 1 ? { ...block, ...change(block) } : block));
  return { ...chain, blocks };
}

function flip(hex: string, bit: number): string {
  const bytes = fromHex(hex);
  const position = Math.floor(bit / 8);
  bytes[position] = (bytes[position] ?? 0) ^ (1 << (bit % 8));
  return toHex(bytes);
}
