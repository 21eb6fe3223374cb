import type { CborValue } from "@acta/bytes";
import { isPublicKeyForm, sha256 } from "@acta/crypto";
import type { Validator } from "@acta/light-client";
import { ProtocolError } from "./errors.ts";
import { COUNT_LIMIT, decodeCanonical, formOf } from "./form.ts";
import { assertConsistent } from "./trust-file-consistency.ts";

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

/** The period that exporters write: 180 days. */
export const DEFAULT_PERIOD_SECONDS = 15_552_000;

/** The fingerprint that people compare: SHA-256 of the file's bytes. */
export function trustFingerprint(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
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
