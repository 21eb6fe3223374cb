import { join } from "node:path";
import { encode, toHex } from "@acta/bytes";
import type { Store } from "@acta/store";
import type { NodeUnderTest } from "../ledger/node-under-test.ts";
import { openInProcess } from "../ledger/open-in-process.ts";
import type { LoadProcess } from "../load/load-process.ts";
import { getOf, type WireRequest } from "../load/request.ts";
import { writeRequests } from "../load/request-file.ts";
import { ratePerCpuSecond } from "../measure/cpu-rate.ts";
import { processSeconds } from "../measure/process-times.ts";
import { allTimes, threadTimes, timesBetween } from "../measure/thread-times.ts";
import { rounded } from "../report/table.ts";

/** Where a transaction was entered, with its identity, its calls, and the key of the record that its first call made. */
export type Place = {
  readonly height: number;
  readonly index: number;
  readonly identity: string;
  readonly calls: number;
  readonly stateKey: Uint8Array;
  /** Path of the record in the HTTP API. */
  readonly recordPath: string;
};

/** What is asked for. */
export type Asking = "receipts in order" | "receipts at random" | "receipts of a batch" | "state proofs at random";

/** Proofs issued without HTTP. */
export type InProcess = {
  readonly perSecond: Readonly<Record<Asking, number>>;
  /** Some of each kind, from all over what was asked for. */
  readonly samples: Readonly<Record<"receipt" | "batch" | "state", readonly Uint8Array[]>>;
  readonly trust: Uint8Array;
  readonly singles: readonly Place[];
  readonly batches: readonly Place[];
};

const SAMPLES = 200;
/** Newest single deposits and batches that are asked for; more would only take memory. */
const MOST_SINGLES = 20_000;
const MOST_BATCHES = 20;
const RECEIPTS_AT_ONCE = 1000;

/** Opens the ledger in this process and lets it issue proofs of each kind for so many seconds. */
export async function issueInProcess(data: string, seconds: number): Promise<InProcess> {
  const { ordering, store, close } = await openInProcess(data);
  try {
    const { singles, batches } = placesOf(store);
    const random = shuffled(singles);
    const calls = batches.flatMap((place) => Array.from({ length: place.calls }, (_, call) => [place, call] as const));
    const single = (place: Place) => ordering.receipt(place, 0);
    const ofBatch = ([place, call]: readonly [Place, number]) => ordering.receipt(place, call);
    const state = ({ stateKey }: Place) => ordering.stateProof([stateKey]);
    return {
      perSecond: {
        "receipts in order": await issueRate(singles, single, seconds),
        "receipts at random": await issueRate(random, single, seconds),
        "receipts of a batch": await issueRate(calls, ofBatch, seconds),
        "state proofs at random": await issueRate(random, state, seconds),
      },
      samples: {
        receipt: await sampleOf(singles, single),
        batch: await sampleOf(calls, ofBatch),
        state: await sampleOf(singles, state),
      },
      trust: ordering.trustFile(),
      singles,
      batches,
    };
  } finally {
    await close();
  }
}

type Prove<T> = (each: T) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** Proofs in a second of one core, of one after another and from the first again. */
async function issueRate<T>(askedFor: readonly T[], prove: Prove<T>, seconds: number): Promise<number> {
  return rounded(await ratePerCpuSecond(seconds, (turn) => proved(askedFor, turn % askedFor.length, prove)), 1);
}

async function sampleOf<T>(askedFor: readonly T[], prove: Prove<T>): Promise<Uint8Array[]> {
  const count = Math.min(SAMPLES, askedFor.length);
  const samples: Uint8Array[] = [];
  for (let index = 0; index < count; index++)
    samples.push(await proved(askedFor, Math.floor((index * askedFor.length) / count), prove));
  return samples;
}

async function proved<T>(askedFor: readonly T[], index: number, prove: Prove<T>): Promise<Uint8Array> {
  const each = askedFor[index];
  const proof = each === undefined ? undefined : await prove(each);
  if (proof === undefined) throw new Error("The ledger did not prove what it had entered.");
  return proof;
}

/** The newest deposits of the ledger, single ones and batches, in the order in which they were entered. */
function placesOf(store: Store): { singles: Place[]; batches: Place[] } {
  const singles: Place[] = [];
  const batches: Place[] = [];
  // The newest block is not proved by a header yet.
  const isEnough = (): boolean => singles.length >= MOST_SINGLES && batches.length >= MOST_BATCHES;
  for (let height = store.height - 1; height > 2 && !isEnough(); height--) {
    for (const [index, result] of (store.block(height)?.results ?? []).entries()) {
      const place = placeOf(height, index, result);
      if (place !== undefined) (place.calls === 1 ? singles : batches).push(place);
    }
  }
  if (singles.length === 0 || batches.length === 0) throw new Error("The ledger has no deposits to prove.");
  const inOrder = (a: Place, b: Place): number => a.height - b.height || a.index - b.index;
  return { singles: singles.sort(inOrder), batches: batches.sort(inOrder) };
}

type Result = NonNullable<ReturnType<Store["block"]>>["results"][number];

function placeOf(height: number, index: number, { identity, outcomeBytes, changes }: Result): Place | undefined {
  const [key] = changes[0]?.[0] ?? [];
  const number = key?.[3];
  if (key === undefined || !(number instanceof Uint8Array)) return undefined;
  const recordPath = `/v1/records/evidence/deposit/${toHex(number)}`;
  return { height, index, identity: toHex(identity), calls: outcomeBytes.length, stateKey: encode(key), recordPath };
}

/** Proofs issued over HTTP, and what each cost the node and whoever asked, in microseconds of CPU. */
export type OverHttp = {
  readonly perSecond: number;
  readonly nodeMicroseconds: number;
  readonly generatorMicroseconds: number;
  readonly answerP50Ms: number;
  readonly answerP99Ms: number;
};

/** Lets a node issue proofs of each kind over HTTP for so many seconds. */
export async function issueOverHttp(
  { node, sender, scratch }: { readonly node: NodeUnderTest; readonly sender: LoadProcess; readonly scratch: string },
  { singles, batches }: Pick<InProcess, "singles" | "batches">,
  seconds: number,
): Promise<Readonly<Record<Asking, OverHttp>>> {
  const random = shuffled(singles);
  const receipt = ({ identity }: Place): WireRequest => getOf(`/v1/transactions/${identity}/receipt`);
  const receipts = ({ identity, calls }: Place): WireRequest => ({
    ...getOf(`/v1/transactions/${identity}/receipts?count=${RECEIPTS_AT_ONCE}`),
    count: Math.min(calls, RECEIPTS_AT_ONCE),
  });
  const ask = (requests: readonly WireRequest[]) => askFor(requests, { node, sender, scratch, seconds });
  return {
    "receipts in order": await ask(singles.map(receipt)),
    "receipts at random": await ask(random.map(receipt)),
    "receipts of a batch": await ask(batches.map(receipts)),
    "state proofs at random": await ask(random.map(({ recordPath }) => getOf(`${recordPath}?proof`))),
  };
}

/** Rounds of the same requests in one file: more than can be answered in the time. */
const ROUNDS = 50;

async function askFor(
  requests: readonly WireRequest[],
  on: {
    readonly node: NodeUnderTest;
    readonly sender: LoadProcess;
    readonly scratch: string;
    readonly seconds: number;
  },
): Promise<OverHttp> {
  const { node, sender, scratch, seconds } = on;
  const path = join(scratch, "answers.requests");
  const file = writeRequests(path);
  for (let round = 0; round < ROUNDS; round++) for (const request of requests) file.add(request);
  file.close();
  const [began, before, own] = [performance.now(), threadTimes(node.pid), processSeconds(sender.pid)];
  const untilMs = Date.now() + seconds * 1000;
  const load = await sender.send({ port: node.port, files: [path], connections: 4, untilMs, waitingMost: undefined });
  const each = (cpuSeconds: number): number => rounded((cpuSeconds * 1e6) / load.sent, 1);
  return {
    perSecond: rounded((load.sent * 1000) / (performance.now() - began), 1),
    nodeMicroseconds: each(allTimes(timesBetween(before, threadTimes(node.pid)))),
    generatorMicroseconds: each(processSeconds(sender.pid) - own),
    answerP50Ms: rounded(load.p50Ms, 1),
    answerP99Ms: rounded(load.p99Ms, 1),
  };
}

/** The same in an order that leaps: by steps that share no divisor with their number. */
function shuffled<T>(list: readonly T[]): T[] {
  const steps = [7919, 7907, 7901].find((prime) => list.length % prime !== 0) ?? 1;
  return list.map((_, index) => list[(index * steps) % list.length] as T); // within the list
}
