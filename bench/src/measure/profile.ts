/** A CPU profile as V8 writes it, as far as it is read here. */
export type CpuProfile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
};

/** A part of a program: what its frames are recognized by, in the frame's address and its function's name. */
export type Part = readonly [name: string, pattern: RegExp];

/** Where none of the parts is on the stack. */
const OTHER = "other";

/**
 * Milliseconds of a profile by part. Each sample goes to the part of the innermost frame that belongs to one, so that a
 * hash counts for whoever asked for it. Patterns are tried on `address function`.
 */
export function timeByPart({ nodes, samples, timeDeltas }: CpuProfile, parts: readonly Part[]): Map<string, number> {
  const partOf = partsOfNodes(nodes, parts);
  const times = new Map([...parts.map(([name]) => name), OTHER].map((name) => [name, 0]));
  for (const [index, sample] of samples.entries()) {
    const part = partOf.get(sample) ?? OTHER;
    // The time before a sample was spent in the sample before it.
    times.set(part, (times.get(part) ?? 0) + (timeDeltas[index + 1] ?? 0) / 1000);
  }
  return times;
}

function partsOfNodes(nodes: CpuProfile["nodes"], parts: readonly Part[]): Map<number, string> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const own = new Map(nodes.map(({ id, callFrame }) => [id, ownPart(callFrame, parts)]));
  const partOf = (id: number | undefined): string =>
    id === undefined ? OTHER : (own.get(id) ?? partOf(parents.get(id)));
  return new Map(nodes.map(({ id }) => [id, partOf(id)]));
}

function ownPart(
  { url, functionName }: CpuProfile["nodes"][number]["callFrame"],
  parts: readonly Part[],
): string | undefined {
  return parts.find(([, pattern]) => pattern.test(`${url} ${functionName}`))?.[0];
}
