import { type CborMap, type CborValue, encode, equalBytes, fromObject, toHex } from "@acta/bytes";
import { isPublicKeyForm, sha256 } from "@acta/crypto";
import { areSorted, isTombstone, type Validator, validatorsHash } from "@acta/light-client";
import { ProtocolError } from "./errors.ts";
import { COUNT_LIMIT, decodeCanonical, formOf } from "./form.ts";
import { isLedgerName } from "./genesis.ts";
import { chainId } from "./opening.ts";

/** A validator as a trust file lists it. */
export type TrustedValidator = Validator & { readonly institution: string };

/** Validators in CometBFT's order, in force from a height on. */
export type ValidatorSet = { readonly from: number; readonly validators: readonly TrustedValidator[] };

/** One epoch: its opening, its chain, its sets, and where it ended. */
export type TrustedEpoch = {
  readonly number: number;
  readonly chain: string;
  readonly base: number;
  /** Empty in epoch 0, as is `appHash`. */
  readonly lastHeader: Uint8Array;
  readonly appHash: Uint8Array;
  readonly time: number;
  readonly firstValidators: Uint8Array;
  readonly sets: readonly ValidatorSet[];
  /** Undefined while the epoch is open. */
  readonly closed: { readonly lastHeight: number; readonly lastAppHash: Uint8Array } | undefined;
};

/** What a verifier believes before it reads a proof. FORMATS §7. */
export type TrustFile = {
  readonly ledgerId: Uint8Array;
  readonly name: string;
  readonly origin: string;
  readonly development: boolean;
  readonly demo: boolean;
  /** Seconds since 1970. */
  readonly issued: number;
  /** For how many seconds after the anchor's time a commit is believed. */
  readonly period: number;
  /** A height, the app hash after it, and the time of that height's header. */
  readonly anchor: { readonly height: number; readonly appHash: Uint8Array; readonly time: number };
  /** Ascending from 0; all but the last are closed. */
  readonly epochs: readonly TrustedEpoch[];
  /** Until when (seconds) a signature algorithm is believed in a fresh proof. */
  readonly suites: readonly { readonly algorithm: number; readonly until: number }[];
};

/** What an exporter knows; chain ids, first set's hash and the chain of openings follow from it. */
export type TrustFileDraft = Omit<TrustFile, "epochs"> & {
  readonly epochs: readonly Omit<TrustedEpoch, "chain" | "firstValidators">[];
};

/** The period that exporters write: 180 days. */
export const DEFAULT_PERIOD_SECONDS = 15_552_000;

/** The fingerprint that people compare: SHA-256 of the file's bytes. */
export function trustFingerprint(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}

/** Fills in what follows from the rest and encodes; throws {@link ProtocolError} where parsing would. */
export function buildTrustFile(draft: TrustFileDraft): Uint8Array {
  const epochs = draft.epochs.map((epoch): TrustedEpoch => {
    const firstValidators = validatorsHash(epoch.sets[0]?.validators ?? form.fail("an epoch has a first set"));
    return { ...epoch, firstValidators, chain: chainOf(draft, { ...epoch, firstValidators }) };
  });
  return encodeTrustFile({ ...draft, epochs });
}

/** The bytes of a trust file; throws {@link ProtocolError} where parsing would. */
export function encodeTrustFile(file: TrustFile): Uint8Array {
  const bytes = encode(
    fromObject({
      format: 1,
      ledger: file.ledgerId,
      name: file.name,
      origin: file.origin,
      flags: fromObject({ development: file.development, demo: file.demo }),
      issued: file.issued,
      period: file.period,
      anchor: fromObject(file.anchor),
      epochs: file.epochs.map(epochToCbor),
      suites: file.suites.map((suite) => fromObject(suite)),
    }),
  );
  parseTrustFile(bytes);
  return bytes;
}

function epochToCbor({ closed, sets, ...opening }: TrustedEpoch): CborValue {
  return fromObject({
    ...opening,
    ...closed,
    sets: sets.map(({ from, validators }) => fromObject({ from, validators: validators.map(validatorToCbor) })),
  });
}

function validatorToCbor({ institution, algorithm, publicKey, power }: TrustedValidator): CborMap {
  return fromObject({ institution, algorithm, key: publicKey, power });
}

const form = formOf("malformed-trust-file");
const FIELDS = ["format", "ledger", "name", "origin", "flags", "issued", "period", "anchor", "epochs", "suites"];
const OPENING = ["number", "chain", "base", "lastHeader", "appHash", "time", "firstValidators", "sets"];

/** Reads a trust file and holds it to every rule of FORMATS §7; throws {@link ProtocolError}. */
export function parseTrustFile(bytes: Uint8Array): TrustFile {
  const value = decodeCanonical(bytes, "trust file");
  if (value instanceof Map && typeof value.get("format") === "number" && value.get("format") !== 1)
    throw new ProtocolError("unknown-version", "trust file");
  const fields = form.fields(value, "trust file", FIELDS);
  if (fields.get("format") !== 1) form.fail("format must be 1");
  const flags = form.fields(fields.get("flags"), "flags", ["development", "demo"]);
  const file: TrustFile = {
    ledgerId: form.hash(fields.get("ledger"), "ledger"),
    name: form.text(fields.get("name"), "name"),
    origin: form.text(fields.get("origin"), "origin"),
    development: form.flag(flags.get("development"), "development"),
    demo: form.flag(flags.get("demo"), "demo"),
    issued: form.seconds(fields.get("issued"), "issued"),
    period: form.seconds(fields.get("period"), "period"),
    anchor: anchorFromCbor(fields.get("anchor")),
    epochs: form.list(fields.get("epochs"), "epochs", 1).map(epochFromCbor),
    suites: form.list(fields.get("suites"), "suites").map(suiteFromCbor),
  };
  assertConsistent(file);
  return file;
}

function anchorFromCbor(value: CborValue | undefined): TrustFile["anchor"] {
  const fields = form.fields(value, "anchor", ["height", "appHash", "time"]);
  return {
    height: form.count(fields.get("height"), "anchor's height", 1),
    appHash: form.hash(fields.get("appHash"), "anchor's app hash"),
    time: form.seconds(fields.get("time"), "anchor's time"),
  };
}

function epochFromCbor(value: CborValue, index: number): TrustedEpoch {
  const isClosed = value instanceof Map && (value.has("lastHeight") || value.has("lastAppHash"));
  const fields = form.fields(value, "epoch", isClosed ? [...OPENING, "lastHeight", "lastAppHash"] : OPENING);
  if (fields.get("number") !== index) form.fail("epochs must be numbered from 0 without a gap");
  // What came before epoch 0 is empty.
  const before = (name: string): Uint8Array => form.bytes(fields.get(name), name, index === 0 ? 0 : 32);
  return {
    number: index,
    chain: form.text(fields.get("chain"), "chain"),
    base: form.count(fields.get("base"), "base"),
    lastHeader: before("lastHeader"),
    appHash: before("appHash"),
    time: form.seconds(fields.get("time"), "epoch's time"),
    firstValidators: form.hash(fields.get("firstValidators"), "first validators"),
    sets: form.list(fields.get("sets"), "sets", 1).map(setFromCbor),
    closed: isClosed
      ? {
          lastHeight: form.count(fields.get("lastHeight"), "last height", 1),
          lastAppHash: form.hash(fields.get("lastAppHash"), "last app hash"),
        }
      : undefined,
  };
}

function setFromCbor(value: CborValue): ValidatorSet {
  const fields = form.fields(value, "set", ["from", "validators"]);
  return {
    from: form.count(fields.get("from"), "first height of a set", 1),
    validators: form.list(fields.get("validators"), "validators", 1).map(validatorFromCbor),
  };
}

function validatorFromCbor(value: CborValue): TrustedValidator {
  const fields = form.fields(value, "validator", ["institution", "algorithm", "key", "power"]);
  const [algorithm, publicKey] = [fields.get("algorithm"), form.bytes(fields.get("key"), "validator's key")];
  if (algorithm !== -19 && algorithm !== -49) return form.fail("validators have keys of Ed25519 or ML-DSA-65");
  if (!isPublicKeyForm(algorithm, publicKey)) form.fail("a validator's key has another length than its algorithm asks");
  return {
    institution: form.text(fields.get("institution"), "validator's institution"),
    algorithm,
    publicKey,
    power: form.count(fields.get("power"), "power", 1),
  };
}

function suiteFromCbor(value: CborValue): { algorithm: number; until: number } {
  const fields = form.fields(value, "suite", ["algorithm", "until"]);
  // Any number: a suite that this program does not know is no fault of the file.
  const algorithm = form.integer(fields.get("algorithm"), "suite's algorithm", -COUNT_LIMIT, COUNT_LIMIT);
  return { algorithm, until: form.seconds(fields.get("until"), "suite's end") };
}

function assertConsistent(file: TrustFile): void {
  if (!isLedgerName(file.name)) form.fail("name: a lower-case letter, then up to 23 letters, digits and hyphens");
  file.epochs.forEach((epoch, index) => {
    assertFollows(epoch, file.epochs[index - 1]);
    if (epoch.chain !== chainOf(file, epoch))
      form.fail(`the chain id of epoch ${index} does not follow from its opening`);
    if ((epoch.closed === undefined) !== (index === file.epochs.length - 1))
      form.fail("exactly the last epoch is open");
    assertSets(epoch);
  });
  const algorithms = file.suites.map(({ algorithm }) => algorithm);
  if (new Set(algorithms).size !== algorithms.length) form.fail("an algorithm stands twice in suites");
  listedAppHashes(file);
}

function assertFollows(epoch: TrustedEpoch, before: TrustedEpoch | undefined): void {
  const { lastHeight, lastAppHash } = before?.closed ?? { lastHeight: 0, lastAppHash: new Uint8Array() };
  if (epoch.base !== lastHeight || !equalBytes(epoch.appHash, lastAppHash))
    form.fail(`epoch ${epoch.number} does not begin where the one before it ended`);
}

function assertSets({ number, sets, base, chain, closed, firstValidators }: TrustedEpoch): void {
  const [first] = sets;
  if (first?.from !== base + 1 || !equalBytes(hashOfSet(first), firstValidators))
    form.fail(`the first set of epoch ${number} is not that of its opening`);
  sets.forEach((set, index) => {
    const next = sets[index + 1]?.from ?? (closed ? closed.lastHeight + 1 : COUNT_LIMIT);
    if (set.from >= next) form.fail(`the sets of epoch ${number} do not ascend up to its last height`);
    const [only] = set.validators;
    if (set.validators.length === 1 && only && isTombstone(only, chain)) form.fail("a set is the end of its chain");
    if (!areSorted(set.validators)) form.fail("validators must stand in CometBFT's order");
    const keys = set.validators.map(({ publicKey }) => toHex(publicKey));
    if (new Set(keys).size !== keys.length) form.fail("a validator's key stands twice in a set");
    if (set.validators.reduce((sum, { power }) => sum + power, 0) >= COUNT_LIMIT)
      form.fail("the powers of a set add up to too much");
  });
}

/** The header's validators hash of a listed set. */
export function hashOfSet(set: ValidatorSet): Uint8Array {
  return validatorsHash(set.validators);
}

/**
 * The app hashes that the file lists by height: the anchor's, those at the ends of epochs. Throws
 * {@link ProtocolError} where one height has two.
 */
export function listedAppHashes({ anchor, epochs }: TrustFile): ReadonlyMap<number, Uint8Array> {
  const listed = new Map([[anchor.height, anchor.appHash]]);
  for (const { closed } of epochs) {
    if (closed === undefined) continue;
    const known = listed.get(closed.lastHeight);
    if (known && !equalBytes(known, closed.lastAppHash)) form.fail(`two app hashes for height ${closed.lastHeight}`);
    listed.set(closed.lastHeight, closed.lastAppHash);
  }
  return listed;
}

function chainOf(file: Pick<TrustFile, "ledgerId" | "name">, epoch: Omit<TrustedEpoch, "chain">): string {
  const { number, base, lastHeader, appHash, time, firstValidators } = epoch;
  const opening = { epoch: number, base, lastHeader, appHash, time, validatorsHash: firstValidators };
  return chainId(file.name, { ledgerId: file.ledgerId, ...opening });
}
