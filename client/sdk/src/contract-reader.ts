import type {
  Contract,
  ContractDefinition,
  Day,
  ErasedValues,
  RecordSpecification,
  Time,
  Total,
  TotalOf,
  TotalValue,
  Values,
} from "@acta/contract";
import { dayToText, encodeKey, keyToJson, timeToText } from "@acta/contract";
import { type SignatureCheck, sha256 } from "@acta/crypto";
import { type Moment, type ShownState, shownRecord, shownTotal, type VersionEnd } from "@acta/ledger";
import { type Expectation, parseTrustFile } from "@acta/protocol";
import type { SdkError } from "./error.ts";
import type { NodeClient } from "./node-client.ts";
import { notProved, proveState } from "./proved-state.ts";

/** What a client reads with. It needs no key. */
export type ReaderPowers = {
  readonly node: NodeClient;
  /** Trust file by which every proof is verified before it is returned; the node's own where absent. */
  readonly trust?: Uint8Array;
  /** Seconds since 1970 by a clock of one's own; the node's where absent. */
  readonly clock?: () => number;
  /** Verifies a signature as `@acta/crypto` does, perhaps natively. */
  readonly verifySignature?: (check: SignatureCheck) => boolean;
};

/** What every verified answer says beside its value. */
export type VerifiedRead = {
  /** The last block whose writes are in it. A node may know of later ones and keep them to itself: compare heights. */
  readonly height: number;
  /** Whether nothing that is entered later can change it: it is of a past that is over. */
  readonly settled: boolean;
  /** The state proof, which verifies offline: keep it where the answer has to be shown to others. */
  readonly proof: Uint8Array;
};

/** A total as its proof shows it; `V` is a {@link TotalValue} with the sums of that total. */
export type VerifiedTotal<V = TotalValue> = V & VerifiedRead;

/** A record as its proof shows it. */
export type VerifiedRecord<V = ErasedValues> = VerifiedRead & {
  /** Undefined where there is, or was, none. */
  readonly values: V | undefined;
  /** Of a past moment: from which block it held, and at which it ceased to. */
  readonly since?: VersionEnd;
  readonly until?: VersionEnd;
  /** For a call that depends on the record as it was read; see `CallOptions`. Absent for a past moment. */
  readonly expectation?: Expectation;
};

/** A moment of the past: a time, or after the block of a height. */
export type AsOf = { readonly time: Time } | { readonly height: number };

/** The records and totals of a contract `C`, each answer verified. */
export type ContractReader<C extends Contract> = {
  readonly records: {
    readonly [N in keyof C["records"]]: C["records"][N] extends RecordSpecification<infer K, infer F>
      ? { get(key: Values<K>, options?: { readonly asOf?: AsOf }): Promise<VerifiedRecord<Values<F>>> }
      : never;
  };
  readonly totals: {
    readonly [N in keyof C["totals"]]: C["totals"][N] extends infer T extends Total
      ? { at(path?: string, options?: { readonly day?: Day }): Promise<VerifiedTotal<TotalOf<C["records"], T>>> }
      : never;
  };
};

/**
 * A typed reader of one contract: `reader.totals.members.at("44/03", { day })`, `reader.records.deposit.get(key)`. Every
 * answer is read out of a state proof that was verified before.
 *
 * Throws SdkError `not-proved` where the proof does not verify or does not show what was asked, `node-refused` where the
 * node has no such answer.
 */
export function contractReader<C extends Contract>(contract: C, powers: ReaderPowers): ContractReader<C> {
  const definition: ContractDefinition = contract;
  const records = Object.keys(definition.records).map((name) => [
    name,
    { get: (key: ErasedValues, { asOf }: { asOf?: AsOf } = {}) => readRecord(definition, name, key, powers, asOf) },
  ]);
  const totals = Object.keys(definition.totals).map((name) => [
    name,
    { at: (path = "", { day }: { day?: Day } = {}) => readTotal(definition, name, path, powers, day) },
  ]);
  // Each member has the key, values and sums of the record or total of its name.
  return { records: Object.fromEntries(records), totals: Object.fromEntries(totals) } as ContractReader<C>;
}

/** Reads one total by its name, verified; see {@link contractReader}. */
export async function readTotal(
  definition: ContractDefinition,
  name: string,
  path: string,
  powers: ReaderPowers,
  day?: Day,
): Promise<VerifiedTotal> {
  const { node } = powers;
  const proof = await node.totalProof(definition.name, name, path, day === undefined ? undefined : dayToText(day));
  const state = await verifiedState(proof, powers);
  const shown = shownTotal(state, { definition, name, path, day: day === undefined ? undefined : Number(day) });
  if (shown === undefined) throw elsewhere();
  return { ...shown.value, height: state.height, settled: shown.isSettled, proof };
}

/** Reads one record by its name, verified; see {@link contractReader}. */
export async function readRecord(
  definition: ContractDefinition,
  record: string,
  key: ErasedValues,
  powers: ReaderPowers,
  asOf?: AsOf,
): Promise<VerifiedRecord> {
  const shape = definition.records[record]?.key ?? {};
  const parts = keyToJson(shape, key).map(String);
  const proof = await powers.node.stateProof(definition.name, record, parts, asOf && asOfToText(asOf));
  const state = await verifiedState(proof, powers);
  const shown = shownRecord(state, { definition, record, key, moment: asOf && momentOf(asOf) });
  if (shown === undefined) throw elsewhere();
  const { isSettled, valueBytes, ...answer } = shown;
  const read = { ...answer, height: state.height, settled: isSettled, proof };
  if (asOf !== undefined) return read;
  const valueHash = valueBytes === undefined ? null : sha256(valueBytes);
  return { ...read, expectation: { contract: definition.name, record, key: encodeKey(shape, key), valueHash } };
}

async function verifiedState(
  proof: Uint8Array,
  { node, trust, clock, verifySignature }: ReaderPowers,
): Promise<ShownState> {
  const trustFile = parseTrustFile(trust ?? (await node.trustFile()));
  const now = clock === undefined ? (await node.status()).nowSeconds : clock();
  return proveState(proof, trustFile, { now, ...(verifySignature && { verify: verifySignature }) });
}

const asOfToText = (asOf: AsOf): string | number => ("time" in asOf ? timeToText(asOf.time) : asOf.height);

const momentOf = (asOf: AsOf): Moment => ("time" in asOf ? { time: Number(asOf.time) } : asOf);

function elsewhere(): SdkError {
  return notProved("The node's proof verifies, but does not show what was asked.", "not-shown");
}
