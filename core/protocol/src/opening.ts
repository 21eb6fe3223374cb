import { type CborValue, encode, toBase64, toHex, utf8Encode } from "@acta/bytes";
import { tagged } from "@acta/crypto";
import { sortValidators, validatorsHash } from "@acta/light-client";
import { decodeCanonical, formOf } from "./form.ts";
import { ledgerId } from "./genesis.ts";
import { parseGenesis } from "./genesis-form.ts";

/** What an epoch begins with; in epoch 0 the two hashes before it are empty. FORMATS §2. */
export type Opening = {
  readonly ledgerId: Uint8Array;
  readonly epoch: number;
  /** Height of the last block before the epoch. */
  readonly base: number;
  readonly lastHeader: Uint8Array;
  readonly appHash: Uint8Array;
  /** Time of the first block, whole seconds. */
  readonly time: number;
  readonly validatorsHash: Uint8Array;
};

/** The opening's bytes. */
export function encodeOpening(opening: Opening): Uint8Array {
  const { ledgerId, epoch, base, lastHeader, appHash, time, validatorsHash } = opening;
  return encode([ledgerId, epoch, base, lastHeader, appHash, time, validatorsHash]);
}

/** The chain id of an epoch: name, number and a mark of the opening, so that a second attempt is another chain. */
export function chainId(name: string, opening: Opening): string {
  const mark = tagged("acta/epoch/1", encodeOpening(opening)).subarray(0, 8);
  return `${name}-${opening.epoch}-${toHex(mark)}`;
}

/** The opening of epoch 0, which follows from the genesis. */
export function firstOpening(genesisBytes: Uint8Array): Opening {
  const genesis = parseGenesis(genesisBytes);
  return {
    ledgerId: ledgerId(genesisBytes),
    epoch: 0,
    base: 0,
    lastHeader: new Uint8Array(),
    appHash: new Uint8Array(),
    time: genesis.time,
    validatorsHash: validatorsHash(sortValidators(genesis.validators)),
  };
}

/** CometBFT's app_state: both as base64, so that no JSON is ever hashed. */
export function appState(genesisBytes: Uint8Array, opening: Opening): Uint8Array {
  const [genesis, opened] = [toBase64(genesisBytes), toBase64(encodeOpening(opening))];
  return utf8Encode(`{"genesis":"${genesis}","opening":"${opened}"}`);
}

const form = formOf("malformed-opening");

/** Reads an opening's bytes; throws ProtocolError. */
export function parseOpening(bytes: Uint8Array): Opening {
  const values = form.tuple(decodeCanonical(bytes, "opening"), "opening", 7);
  const [ledger, epoch, base, lastHeader, appHash, time, validators] = values;
  const number = form.count(epoch, "epoch");
  return {
    ledgerId: form.hash(ledger, "ledger id"),
    epoch: number,
    base: form.count(base, "base"),
    lastHeader: hashBefore(number, lastHeader, "last header"),
    appHash: hashBefore(number, appHash, "app hash"),
    time: form.seconds(time, "first block time"),
    validatorsHash: form.hash(validators, "validators hash"),
  };
}

/** A hash of what came before: empty in epoch 0. */
function hashBefore(epoch: number, value: CborValue | undefined, what: string): Uint8Array {
  return form.bytes(value, what, epoch === 0 ? 0 : 32);
}
