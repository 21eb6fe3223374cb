import { readFileSync } from "node:fs";
import { BytesError, decode, encode, fromHex, isMap, toHex } from "@acta/bytes";
import {
  type ContractDefinition,
  ContractError,
  contractFromManifest,
  type ManifestCode,
  manifestOf,
  partyFromUri,
  partyToUri,
} from "@acta/contract";
import { sha256 } from "@acta/crypto";
import { builtIn } from "@acta/ledger";
import { type Header, headerFromCbor, headerToCbor, LightClientError, NO_BLOCK_ID } from "@acta/light-client";
import { decodeTreeProof, encodeTreeProof, MerkleError, treeProofRoot } from "@acta/merkle";
import {
  assembleTransaction,
  encodeGenesis,
  encodeProof,
  encodeTrustFile,
  ProtocolError,
  parseGenesis,
  parseProof,
  parseTransaction,
  parseTrustFile,
} from "@acta/protocol";
import { formatKeyFile, keyFromSecret, parseKeyFile } from "@acta/sdk";
import { releasedApplications } from "../applications.ts";
import type { Fuzzed } from "./fuzz.ts";
import { pendingFiles, storeRecords } from "./stored-forms.ts";

/** The decoders that can be fuzzed, by name; each is made when it is asked for, because samples take their time. */
export const DECODERS: Readonly<Record<string, () => Promise<Fuzzed>>> = {
  cbor: async () => ({
    name: "cbor",
    form: "cbor",
    samples: vectors("cbor/valid.json", "bytes"),
    again: (input) => encode(decode(input)),
    isRefusal: isOf(BytesError),
  }),
  transaction: async () =>
    genuine({
      name: "transaction",
      form: "cbor",
      samples: vectors("protocol/transaction.json", "bytes"),
      again(input) {
        const { payloadBytes, signatures, callBytes } = parseTransaction(input, TRANSACTION_LIMITS);
        return assembleTransaction(payloadBytes, signatures, callBytes);
      },
      isRefusal: isOf(ProtocolError),
    }),
  receipt: async () =>
    genuine({
      name: "receipt",
      form: "cbor",
      samples: vectors("protocol/proof.json", "bytes"),
      again: (input) => encodeProof(parseProof(input)),
      isRefusal: isOf(ProtocolError),
    }),
  "trust-file": async () =>
    genuine({
      name: "trust-file",
      form: "cbor",
      samples: vectors("protocol/trust-file.json", "bytes"),
      again: (input) => encodeTrustFile(parseTrustFile(input)),
      isRefusal: isOf(ProtocolError),
    }),
  genesis: async () =>
    genuine({
      name: "genesis",
      form: "cbor",
      samples: vectors("protocol/genesis.json", "bytes"),
      again: (input) => encodeGenesis(parseGenesis(input)),
      isRefusal: isOf(ProtocolError),
    }),
  "key-file": async () => ({
    name: "key-file",
    form: "json",
    samples: keyFiles(),
    again(input) {
      const text = Buffer.from(input).toString("utf8");
      const key = parseKeyFile(text);
      const again = formatKeyFile(key);
      // JSON has many forms for one thing: what is read again must be the same, and nothing that counts be passed over.
      const isSame = formatKeyFile(parseKeyFile(again)) === again && saysTheSame(text, again);
      return isSame ? input : Buffer.from(again);
    },
    // Plain errors in words: the command line prints them as they are.
    isRefusal: (error) => error instanceof Error && Object.getPrototypeOf(error) === Error.prototype,
  }),
  pending: async () => pendingFiles(),
  header: async () => ({
    name: "header",
    form: "cbor",
    samples: [sampleHeader(1), sampleHeader(1_000_000)].map((header) => encode(headerToCbor(header))),
    again: (input) => encode(headerToCbor(headerFromCbor(decode(input)))),
    isRefusal: isOf(LightClientError, BytesError),
  }),
  "tree-proof": async () => ({
    name: "tree-proof",
    form: "cbor",
    samples: vectors("merkle/tree-proofs.json", "proof"),
    again(input) {
      const proof = decodeTreeProof(decode(input));
      treeProofRoot(proof);
      return encode(encodeTreeProof(proof));
    },
    isRefusal: isOf(MerkleError, BytesError),
  }),
  "party-uri": async () => ({
    name: "party-uri",
    form: "text",
    samples: [0, 1, 2, 3].map((number) => Buffer.from(partyToUri(toHex(sha256(Uint8Array.of(number))) as never))),
    again(input) {
      const text = Buffer.from(input).toString("utf8");
      const again = partyToUri(partyFromUri(text));
      return again === text ? input : Buffer.from(again);
    },
    isRefusal: isOf(ContractError),
  }),
  manifest: async () => {
    const contracts = [builtIn, ...(await releasedApplications())].flatMap((each) => each.contracts);
    const codes = new Map(contracts.map((contract) => [contract.name, codeOf(contract)]));
    return {
      name: "manifest",
      form: "cbor",
      samples: contracts.map((contract) => encode(manifestOf(contract))),
      again(input) {
        const manifest = decode(input);
        const name = isMap(manifest) ? manifest.get("name") : undefined;
        return encode(manifestOf(contractFromManifest(manifest, codes.get(String(name)) ?? { apply: {} })));
      },
      isRefusal: isOf(ContractError, BytesError),
    };
  },
  "store-records": async () => storeRecords(sampleHeader(7), vectors("protocol/outcome.json", "bytes")),
};

/** Every error of these classes is a refusal. */
export function isOf(...classes: readonly (abstract new (...args: never[]) => Error)[]): (error: unknown) => boolean {
  return (error) => classes.some((each) => error instanceof each);
}

const TRANSACTION_LIMITS = { maxBytes: 2 ** 21, maxCalls: 10_000 };

type Case = Readonly<Record<string, string>>;

/** One member of every case of a vector file, in bytes. */
function vectors(path: string, member: string): Uint8Array[] {
  const url = new URL(`../../../vectors/draft/${path}`, import.meta.url);
  // Vector files are lists of cases, or hold one.
  const content = JSON.parse(readFileSync(url, "utf8")) as readonly Case[] | { readonly cases: readonly Case[] };
  const cases = "cases" in content ? content.cases : content;
  const longest = 4000; // hexadecimal: what is longer takes its time and shows nothing else
  return cases.flatMap(({ [member]: hex = "" }) => (hex === "" || hex.length > longest ? [] : [fromHex(hex)]));
}

/** Without the samples that the decoder refuses: vectors hold those, too. */
function genuine(decoder: Fuzzed): Fuzzed {
  const isAccepted = (bytes: Uint8Array): boolean => {
    try {
      return decoder.again(bytes).length > 0;
    } catch (error) {
      if (decoder.isRefusal(error)) return false;
      throw error;
    }
  };
  return { ...decoder, samples: decoder.samples.filter(isAccepted) };
}

function keyFiles(): Uint8Array[] {
  const [ed25519, esp256] = (["ed25519", "esp256"] as const).map((suite) =>
    keyFromSecret(suite, sha256(new Uint8Array(1))),
  );
  if (ed25519 === undefined || esp256 === undefined) throw new Error("Two suites give two keys.");
  const registered = {
    ...ed25519,
    party: sha256(new Uint8Array(2)),
    institution: "court",
    roles: [["evidence", "court"]] as const,
  };
  return [ed25519, esp256, registered].map((key) => Buffer.from(formatKeyFile(key)));
}

/** Whether the members that a key file has by its format are in both texts the same. */
function saysTheSame(text: string, again: string): boolean {
  const [given, kept] = [text, again].map((each) => JSON.parse(each) as Record<string, unknown>); // both were read as objects
  // Hexadecimal digits may be capitals.
  const said = (name: string, value: unknown): string | undefined =>
    name === "party" ? String(value).toLowerCase() : JSON.stringify(value);
  return Object.entries(kept ?? {}).every(([name, value]) => said(name, given?.[name]) === said(name, value));
}

/** A header of every member's proper form. */
function sampleHeader(height: number): Header {
  const hash = (number: number): Uint8Array => sha256(Uint8Array.of(number));
  return {
    version: { block: 11, app: 1 },
    chainId: "fuzz-0-0123456789abcdef",
    height,
    time: { seconds: 1_800_000_000, nanoseconds: 5 },
    lastBlockId: height === 1 ? NO_BLOCK_ID : { hash: hash(1), parts: { total: 1, hash: hash(2) } },
    lastCommitHash: hash(3),
    dataHash: hash(4),
    validatorsHash: hash(5),
    nextValidatorsHash: hash(6),
    consensusHash: hash(7),
    appHash: hash(8),
    lastResultsHash: hash(9),
    evidenceHash: hash(10),
    proposerAddress: hash(11).slice(0, 20),
  };
}

/** What a manifest of this contract needs of code, under the names it has there. */
function codeOf(contract: ContractDefinition): ManifestCode {
  const apply = Object.fromEntries(Object.entries(contract.actions).map(([name, action]) => [name, action.apply]));
  const checks: Record<string, (value: never) => boolean> = {};
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      // A field's check is the only function but `apply` in a definition.
      if (name === "check" && typeof member === "function") checks[member.name] = member as (value: never) => boolean;
      else collect(member);
    }
  };
  collect(contract.actions);
  collect(contract.records);
  return { apply, checks };
}
