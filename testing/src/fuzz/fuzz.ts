import { equalBytes } from "@acta/bytes";
import { randomNumbers } from "../random.ts";
import { type InputForm, mutatorOf } from "./mutations.ts";

/** A decoder under attack. */
export type Fuzzed = {
  readonly name: string;
  readonly form: InputForm;
  /** Genuine inputs, of which the changed ones are made. */
  readonly samples: readonly Uint8Array[];
  /** Reads an input and encodes again what it read: the same bytes, or the decoder took two forms for one thing. */
  readonly again: (input: Uint8Array) => Uint8Array;
  /** Whether an error is one that this decoder says no with. */
  readonly isRefusal: (error: unknown) => boolean;
};

/** An input that a decoder must not behave so at. */
export type Fault = {
  /** With `--count 1` this seed alone makes the input. */
  readonly seed: number;
  readonly input: Uint8Array;
  readonly what: string;
};

/** What came of a run. */
export type FuzzResult = {
  readonly tried: number;
  readonly accepted: number;
  /** How often each code of a refusal came. */
  readonly refusals: ReadonlyMap<string, number>;
  /** The longest that one input took, milliseconds. */
  readonly slowest: number;
  readonly fault: Fault | undefined;
};

/**
 * Gives a decoder so many changed inputs, number n made of `seed + n` alone, until one shows a fault: an error that is
 * no refusal, accepted bytes that are encoded differently again, or time beyond what the length of the input explains.
 */
export function fuzz(decoder: Fuzzed, count: number, seed: number, until: () => boolean = () => false): FuzzResult {
  const mutate = mutatorOf(decoder.samples, decoder.form);
  const refusals = new Map<string, number>();
  let [tried, accepted, slowest] = [0, 0, 0];
  let fault: Fault | undefined;
  while (tried < count && fault === undefined && !until()) {
    const input = Uint8Array.from(mutate(randomNumbers(seed + tried)));
    const start = performance.now();
    const found = attempt(decoder, input);
    const took = performance.now() - start;
    slowest = Math.max(slowest, took);
    if (found.code === undefined) accepted++;
    else refusals.set(found.code, (refusals.get(found.code) ?? 0) + 1);
    const what = found.fault ?? (took > mostMs(input) ? slow(decoder, input) : undefined);
    if (what !== undefined) fault = { seed: seed + tried, input, what };
    tried++;
  }
  return { tried, accepted, refusals, slowest, fault };
}

type Attempt = { readonly code?: string; readonly fault?: string };

function attempt({ again, isRefusal }: Fuzzed, input: Uint8Array): Attempt {
  const given = input.slice();
  try {
    const encoded = again(given);
    if (!equalBytes(given, input)) return { fault: "changes the input it is given" };
    if (equalBytes(encoded, input)) return {};
    return { fault: `accepts it, and encodes it again as ${Buffer.from(encoded).toString("hex").slice(0, 4000)}` };
  } catch (error) {
    if (isRefusal(error)) return { code: codeOf(error) };
    return { fault: `fails: ${error instanceof Error ? error.stack : String(error)}` };
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? "refused");
}

/** Fifty milliseconds for whatever the machine does beside, and two microseconds for each byte. */
function mostMs(input: Uint8Array): number {
  return 50 + input.length / 500;
}

/** A busy machine is slow once; a slow decoder each time. */
function slow(decoder: Fuzzed, input: Uint8Array): string | undefined {
  let best = Number.POSITIVE_INFINITY;
  for (let times = 0; times < 3; times++) {
    const start = performance.now();
    attempt(decoder, input);
    best = Math.min(best, performance.now() - start);
  }
  return best > mostMs(input) ? `takes ${Math.round(best)} ms for ${input.length} bytes` : undefined;
}
