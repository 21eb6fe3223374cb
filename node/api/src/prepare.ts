import { fromBase64Url, fromHex, toBase64Url } from "@acta/bytes";
import { type ContractDefinition, ContractError, encodeInput, inputFromJson } from "@acta/contract";
import { type Algorithm, isAlgorithm, isPublicKeyForm, keyId } from "@acta/crypto";
import { type BlockPlace, dryRun, type Environment } from "@acta/ledger";
import {
  buildPayload,
  type Call,
  encodeCall,
  ProtocolError,
  type Signer,
  signingBytes,
  stranger,
} from "@acta/protocol";
import { expectationsOf, expectationsToJson } from "./expects.ts";
import { outcomeToJson } from "./present.ts";
import { Problem } from "./problem.ts";
import type { Words } from "./words.ts";
import type { PrepareRequest } from "./world.ts";

/** What preparing may look at. It has no key: it never signs, and keeps nothing. */
export type PreparePowers = {
  readonly environment: Environment;
  readonly contracts: readonly ContractDefinition[];
  /** Where the next block would stand. */
  readonly place: () => BlockPlace;
  readonly random: (length: number) => Uint8Array;
  readonly words: Words;
};

/** Seconds from the ledger's now to the expiry where none is asked for. */
const EXPIRY_SECONDS = 3000;

/**
 * Says what a call would come to if these signers had signed it now, and hands out the bytes to sign.
 *
 * Sealed inputs must come as commitments: their values have no business here. What the call is to expect of records may be
 * left to the node, which fills in what it finds now; whoever has read a record gives the hash that was read. Throws Problem `bad-request`.
 */
export function prepare(powers: PreparePowers, { contract: name, action, body, language }: PrepareRequest): object {
  const contract = powers.contracts.find((each) => each.name === name);
  const shape = contract?.actions[action]?.input;
  if (contract === undefined || shape === undefined) throw new Problem("unknown-action");
  const { signers: listed, input: given, expects: expected, expiry } = bodyOf(body);
  const signers = listed.map(signerOf);
  const input = inWords(() => encodeInput(shape, inputFromJson(shape, given)));
  const expects = inWords(() => expectationsOf(expected, powers.contracts, powers.environment.state, bad));
  const call: Call = { contract: name, version: contract.version, action, input, expects, blind: new Uint8Array(0) };
  const place = powers.place();
  const { outcome, records } = dryRun(
    powers.environment,
    place,
    signers.map(({ signer }) => signer),
    call,
  );
  const { payloadBytes, callBytes } = inWords(() =>
    buildPayload({
      ledgerId: powers.environment.ledgerId,
      expiry: expiry ?? place.time.seconds + EXPIRY_SECONDS,
      nonce: powers.random(16),
      signers: signers.map(({ signer }) => signer),
      mode: "each",
      calls: [call],
    }),
  );
  return {
    outcome: outcomeToJson(outcome, { contract: name, action }, powers.words, language),
    changes: records.length,
    expects: expectationsToJson(expects, powers.contracts),
    call: toBase64Url(callBytes[0] ?? encodeCall(call)),
    payload: toBase64Url(payloadBytes),
    toSign: signers.map(({ key }) =>
      key === undefined ? null : toBase64Url(signingBytes(key.algorithm, key.id, payloadBytes)),
    ),
  };
}

type ListedSigner = {
  readonly signer: Signer;
  readonly key: { readonly algorithm: Algorithm; readonly id: Uint8Array } | undefined;
};

function bodyOf(body: unknown): {
  signers: readonly Readonly<Record<string, unknown>>[];
  input: unknown;
  expects: unknown;
  expiry: number | undefined;
} {
  const { signers, input, expects, expiry, ...rest } = objectOf(body, "the body");
  if (Object.keys(rest).length > 0) throw bad(`the body has no member ${Object.keys(rest)[0]?.slice(0, 40)}`);
  if (!Array.isArray(signers) || signers.length === 0 || signers.length > 16) throw bad("signers is a list of 1 to 16");
  if (expiry !== undefined && (typeof expiry !== "number" || !Number.isSafeInteger(expiry) || expiry < 0))
    throw bad("expiry is whole seconds since 1970");
  return { signers: signers.map((each) => objectOf(each, "a signer")), input, expects, expiry };
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw bad(`${what} is a JSON object`);
  // An object: its members are checked one by one.
  return value as Record<string, unknown>;
}

/** A signer: `{party, roles?, algorithm?, publicKey?}` where it is registered, `{algorithm, publicKey}` for a stranger. */
function signerOf(listed: Readonly<Record<string, unknown>>): ListedSigner {
  const { party, roles, algorithm, publicKey } = listed;
  const key = publicKey === undefined ? undefined : keyOf(algorithm, publicKey);
  if (party === undefined) {
    if (key === undefined) throw bad("a signer has a party, or an algorithm and a publicKey");
    return { signer: stranger(key.algorithm, key.publicKey), key };
  }
  if (typeof party !== "string" || !/^[0-9a-f]{64}$/.test(party)) throw bad("a party is 64 hex digits");
  const named = { kind: "registered", party: fromHex(party) } as const;
  return { signer: roles === undefined ? named : { ...named, roles: rolesOf(roles) }, key };
}

function keyOf(algorithm: unknown, publicKey: unknown) {
  if (typeof algorithm !== "number" || !isAlgorithm(algorithm))
    throw bad("algorithm is the number of a signature algorithm, such as -19");
  const bytes = inWords(() => fromBase64Url(typeof publicKey === "string" ? publicKey : ""));
  if (!isPublicKeyForm(algorithm, bytes)) throw bad("publicKey is not a public key of that algorithm, in base64url");
  return { algorithm, publicKey: bytes, id: keyId(algorithm, bytes) };
}

function rolesOf(roles: unknown): readonly (readonly [string, string])[] {
  const isRole = (each: unknown): each is [string, string] =>
    Array.isArray(each) && each.length === 2 && each.every((part) => typeof part === "string");
  if (!Array.isArray(roles) || !roles.every(isRole)) throw bad("roles is a list of pairs of contract and role");
  return roles;
}

/** Errors of form become a Problem; anything else is a fault of ours and stays what it is. */
function inWords<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const isForm =
      error instanceof ContractError ||
      error instanceof ProtocolError ||
      (error instanceof Error && error.name === "BytesError");
    throw isForm ? bad(error.message) : error;
  }
}

function bad(detail: string): Problem {
  return new Problem("bad-request", { detail });
}
