import { readFileSync } from "node:fs";
import { fromHex } from "@acta/bytes";
import type { BlockId } from "../src/block-id.ts";
import type { Commit, CommitSignature } from "../src/commit.ts";
import type { Header } from "../src/header.ts";
import type { BlockParameters } from "../src/parameters.ts";
import type { PartSet } from "../src/part-set.ts";
import type { Time } from "../src/time.ts";
import type { Validator } from "../src/validator-set.ts";

/** One case that CometBFT's own packages computed (testing/cometbft), read into this package's types. */
export type Vector = {
  readonly name: string;
  readonly chainId: string;
  readonly validators: readonly (Validator & { readonly address: Uint8Array })[];
  readonly validatorsHash: Uint8Array;
  readonly lastCommit: Commit;
  readonly lastCommitHash: Uint8Array;
  readonly transactions: readonly Uint8Array[];
  readonly dataHash: Uint8Array;
  readonly results: readonly { readonly code: number; readonly data: Uint8Array; readonly leaf: Uint8Array }[];
  readonly resultsHash: Uint8Array;
  readonly parameters: BlockParameters;
  readonly consensusHash: Uint8Array;
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  readonly headerHash: Uint8Array;
  readonly block: {
    readonly length: number;
    readonly sha256: Uint8Array;
    readonly bytes: Uint8Array | undefined;
    readonly parts: PartSet;
  };
  readonly commit: Commit;
  readonly commitBytes: Uint8Array;
  readonly signBytes: readonly (Uint8Array | null)[];
  readonly accepted: boolean;
};

/** All kept cases. */
export function readVectors(): Vector[] {
  const file = new URL("../../../vectors/draft/light-client/cometbft-0.40.0.json", import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Json[] };
  return cases.map(readVector);
}

// The file is our own and generated, so its shape is taken as given.
// biome-ignore lint/suspicious/noExplicitAny: every use below turns it into a typed value.
type Json = any;

function readVector(json: Json): Vector {
  return {
    name: json.name,
    chainId: json.chainId,
    validators: json.validators.map(readValidator),
    validatorsHash: fromHex(json.validatorsHash),
    lastCommit: readCommit(json.lastCommit),
    lastCommitHash: fromHex(json.lastCommitHash),
    transactions: json.transactions.map(readTransaction),
    dataHash: fromHex(json.dataHash),
    results: json.results.map(({ code, data, leaf }: Json) => ({ code, data: fromHex(data), leaf: fromHex(leaf) })),
    resultsHash: fromHex(json.resultsHash),
    parameters: json.parameters,
    consensusHash: fromHex(json.consensusHash),
    header: readHeader(json.header),
    headerBytes: fromHex(json.headerBytes),
    headerHash: fromHex(json.headerHash),
    block: {
      length: json.block.length,
      sha256: fromHex(json.block.sha256),
      bytes: json.block.bytes === undefined ? undefined : fromHex(json.block.bytes),
      parts: readParts(json.block.parts),
    },
    commit: readCommit(json.commit),
    commitBytes: fromHex(json.commitBytes),
    signBytes: json.signBytes.map((bytes: string | null) => (bytes === null ? null : fromHex(bytes))),
    accepted: json.accepted,
  };
}

function readValidator({ algorithm, publicKey, power, address }: Json): Vector["validators"][number] {
  return { algorithm, publicKey: fromHex(publicKey), power, address: fromHex(address) };
}

function readTransaction({ bytes, pattern, length }: Json): Uint8Array {
  if (pattern === undefined) return fromHex(bytes ?? "");
  const repeated = fromHex(pattern);
  return Uint8Array.from({ length }, (_, index) => repeated[index % repeated.length] ?? 0);
}

function readCommit({ height, round, blockId, signatures }: Json): Commit {
  return { height, round, blockId: readBlockId(blockId), signatures: signatures.map(readSignature) };
}

function readSignature({ flag, address, time, signature }: Json): CommitSignature {
  return { flag, address: fromHex(address), time: readTime(time), signature: fromHex(signature) };
}

function readHeader(json: Json): Header {
  return {
    version: { block: readVersion(json.version.block), app: readVersion(json.version.app) },
    chainId: json.chainId,
    height: json.height,
    time: readTime(json.time),
    lastBlockId: readBlockId(json.lastBlockId),
    lastCommitHash: fromHex(json.lastCommitHash),
    dataHash: fromHex(json.dataHash),
    validatorsHash: fromHex(json.validatorsHash),
    nextValidatorsHash: fromHex(json.nextValidatorsHash),
    consensusHash: fromHex(json.consensusHash),
    appHash: fromHex(json.appHash),
    lastResultsHash: fromHex(json.lastResultsHash),
    evidenceHash: fromHex(json.evidenceHash),
    proposerAddress: fromHex(json.proposerAddress),
  };
}

function readVersion(digits: string): number | bigint {
  const value = BigInt(digits);
  return value < 2n ** 53n ? Number(value) : value;
}

function readBlockId({ hash, parts }: Json): BlockId {
  return { hash: fromHex(hash), parts: readParts(parts) };
}

function readParts({ total, hash }: Json): PartSet {
  return { total, hash: fromHex(hash) };
}

function readTime([seconds, nanoseconds]: Json): Time {
  return { seconds, nanoseconds };
}
