import { BytesError, decode, encode } from "@acta/bytes";
import { installNative } from "@acta/native";
import { describe, expect, test } from "vitest";
import { DECODERS } from "./decoders.ts";
import { type Fuzzed, fuzz } from "./fuzz.ts";

installNative();

const SEED = 20_260_921;
const COUNT = 4000;

/** However busy the machine is, the ring does not wait longer for one decoder. */
const MOST_MS = 1200;

describe("changed inputs are refused in the decoder's own words, or were its own writer's", () => {
  test.each(Object.entries(DECODERS))("%s", async (_, make) => {
    const decoder = await make();
    expect(decoder.samples.length).toBeGreaterThan(0);
    for (const sample of decoder.samples) expect(decoder.again(sample)).toEqual(sample);
    const end = performance.now() + MOST_MS;
    const { tried, accepted, refusals, fault } = fuzz(decoder, COUNT, SEED, () => performance.now() > end);
    expect(fault && { ...fault, input: Buffer.from(fault.input).toString("hex") }).toBeUndefined();
    expect([...refusals.values()].reduce((sum, times) => sum + times, accepted)).toBe(tried);
    expect(refusals.size).toBeGreaterThan(0);
  });
});

describe("the fuzzer finds", () => {
  const sound: Fuzzed = {
    name: "sound",
    form: "cbor",
    samples: [encode([1, "two", new Uint8Array(3), new Map([["a", [true, null]]])])],
    again: (input) => encode(decode(input)),
    isRefusal: (error) => error instanceof BytesError,
  };
  const faultOf = (changed: Partial<Fuzzed>) => fuzz({ ...sound, ...changed }, 20_000, SEED).fault;

  test("an error that is no refusal, and makes the input again from its seed alone", () => {
    const changed = {
      again(input: Uint8Array) {
        const value = decode(input);
        if (Array.isArray(value) && value.length === 3) throw "three";
        return input;
      },
    };
    const fault = faultOf(changed);
    expect(fault?.what).toBe("fails: three");
    expect(fuzz({ ...sound, ...changed }, 1, fault?.seed ?? 0).fault).toEqual(fault);
  });

  test("a second form of one thing", () => {
    const again = (input: Uint8Array): Uint8Array => encode(decode(input.slice(0, sound.samples[0]?.length)));
    expect(faultOf({ again })?.what).toContain("encodes it again");
  });

  test("a decoder that takes longer than the length of an input explains", () => {
    const again = (input: Uint8Array): Uint8Array => {
      if (input.length > 1000) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 80 + input.length / 400);
      return encode(decode(input));
    };
    expect(faultOf({ again })?.what).toMatch(/^takes [0-9]+ ms for [0-9]+ bytes$/);
  });

  test("a decoder that changes what it is given", () => {
    const again = (input: Uint8Array): Uint8Array => input.fill(0, 0, 1);
    expect(faultOf({ again })?.what).toBe("changes the input it is given");
  });
});
