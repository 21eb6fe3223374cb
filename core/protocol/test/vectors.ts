import {
  type CborKey,
  type CborMap,
  type CborValue,
  decode,
  Envelope98,
  encode,
  fromObject,
  toHex,
  utf8Encode,
} from "@acta/bytes";
import { ALGORITHM, type Algorithm, ed25519, esp256, keyId, sha256 } from "@acta/crypto";
import { sortValidators, tombstoneValidator } from "@acta/light-client";
import { leafHash, listRoot } from "@acta/merkle";
import {
  actionsRoot,
  appHash,
  appState,
  buildSlip,
  buildTrustFile,
  chainId,
  changeLeaf,
  changesRoot,
  encodeLedgerAction,
  encodeOpening,
  encodeOutcome,
  encodeProof,
  encodeTrustFile,
  firstOpening,
  ledgerId,
  logEntry,
  type Outcome,
  outcomesRoot,
  type ProofKind,
  ProtocolError,
  parseGenesis,
  parseProof,
  parseTransaction,
  parseTrustFile,
  type Reason,
  resultData,
  signingBytes,
  type TrustedValidator,
  type TrustFile,
  type TrustFileDraft,
  trustFingerprint,
  verifyProof,
} from "../src/index.ts";
import { NOW, START, seeded, strangerOf, testKey } from "./chain.ts";
import { FILE, sampleChain } from "./samples.ts";

/** One frozen example: bytes in hex with what follows from them, or the code of the error that refuses them. */
export type Vector = { readonly name: string; readonly [fact: string]: unknown };

/** The limits under which the transactions are read. */
export const VECTOR_LIMITS = { maxBytes: 2_097_152, maxCalls: 10_000 };

/** All vectors of this package by file name, computed anew: tests hold the frozen files to them. */
export function makeVectors(): Record<string, readonly Vector[]> {
  return {
    "genesis.json": genesisVectors(),
    "transaction.json": [...goodTransactions(), ...badTransactions()],
    "outcome.json": outcomeVectors(),
    "trust-file.json": trustVectors(),
    "proof.json": proofVectors(),
  };
}

const one = sampleChain(1);
const four = sampleChain(4);
const alice = testKey("alice");
const registry = testKey("registry");

/** What reading makes of bytes: facts, or the code of the error. */
function read(name: string, bytes: Uint8Array, facts: () => Record<string, unknown>): Vector {
  try {
    return { name, bytes: toHex(bytes), ...facts() };
  } catch (error) {
    if (error instanceof ProtocolError) return { name, bytes: toHex(bytes), error: error.code };
    throw error;
  }
}

function edited(bytes: Uint8Array, change: (fields: Map<CborKey, CborValue>) => unknown): Uint8Array {
  const fields = new Map(decode(bytes) as CborMap);
  change(fields);
  return encode(fields);
}

function genesisVectors(): Vector[] {
  const { genesisBytes } = one.chain;
  const facts = (bytes: Uint8Array) => () => {
    const { name } = parseGenesis(bytes);
    const opening = firstOpening(bytes);
    return {
      ledgerId: toHex(ledgerId(bytes)),
      opening: toHex(encodeOpening(opening)),
      chainId: chainId(name, opening),
      appState: toHex(appState(bytes, opening)),
    };
  };
  const changed: [string, (fields: Map<CborKey, CborValue>) => unknown][] = [
    ["of version 2", (fields) => fields.set(1, 2)],
    ["with a name in capitals", (fields) => fields.set(2, "Sample")],
    ["with a name of 25 letters", (fields) => fields.set(2, "a".repeat(25))],
    ["with a zone of 15 hours", (fields) => fields.set(4, 900)],
    [
      "with a flag as a number",
      (fields) =>
        fields.set(
          5,
          new Map<CborKey, CborValue>([
            [1, 1],
            [2, false],
          ]),
        ),
    ],
    ["without parameters", (fields) => fields.delete(7)],
    ["without institutions", (fields) => fields.set(8, [])],
    ["with a role of nobody", (fields) => fields.set(9, [["Nobody", "registry", "registrar"]])],
    ["with a validator of ESP256", (fields) => fields.set(10, [[-9, new Uint8Array(33), 1, "Registry"]])],
    ["with a validator without power", (fields) => fields.set(10, [[-19, alice.publicKey, 0, "Registry"]])],
    [
      "with a contract twice",
      (fields) =>
        fields.set(11, [
          ["a", seeded("a")],
          ["a", seeded("a")],
        ]),
    ],
    ["with an unknown key", (fields) => fields.set(13, null)],
  ];
  return [
    read("a genesis", genesisBytes, facts(genesisBytes)),
    ...changed.map(([name, change]) => {
      const bytes = edited(genesisBytes, change);
      return read(`a genesis ${name}`, bytes, facts(bytes));
    }),
  ];
}

function transactionVector(name: string, bytes: Uint8Array): Vector {
  return read(name, bytes, () => {
    const transaction = parseTransaction(bytes, VECTOR_LIMITS);
    return {
      payload: toHex(transaction.payloadBytes),
      identity: toHex(transaction.identity),
      signaturesHash: toHex(transaction.signaturesHash),
      callsRoot: toHex(transaction.payload.callsRoot),
      calls: transaction.callBytes.map(toHex),
      callHashes: transaction.callHashes.map(toHex),
      signed: transaction.signatures.map((signature) =>
        toHex(signingBytes(signature.algorithm, signature.keyId, transaction.payloadBytes)),
      ),
    };
  });
}

function goodTransactions(): Vector[] {
  const { single, several, together } = one.transactions;
  return [
    transactionVector("one call by a stranger", single.bytes),
    transactionVector("three calls that stand alone, by a stranger and a registered signer", several.bytes),
    transactionVector("two calls together, with expectations", together.bytes),
    transactionVector("a stranger with a key of ESP256", assembled({ signers: [esp.signer], signedBy: [esp] })),
    transactionVector("an expiry at the limit of seconds", assembled({ payload: { 3: 253_402_300_799 } })),
  ];
}

/** A key that signs in a handmade transaction, with its signer entry. */
type Hand = {
  readonly algorithm: Algorithm;
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
  readonly signer: CborValue;
};

const espSecret = seeded("esp");
const esp: Hand = {
  algorithm: ALGORITHM.esp256,
  publicKey: esp256.publicKey(espSecret),
  sign: (message) => esp256.sign(espSecret, message),
  signer: new Map<CborKey, CborValue>([[5, [ALGORITHM.esp256, esp256.publicKey(espSecret)]]]),
};
const hand = ({ secret, publicKey }: typeof alice): Hand => ({
  algorithm: ALGORITHM.ed25519,
  publicKey,
  sign: (message) => ed25519.sign(secret, message),
  signer: new Map<CborKey, CborValue>([[5, [ALGORITHM.ed25519, publicKey]]]),
});
const mapOf = (entries: Record<number, CborValue>): CborMap =>
  new Map(Object.entries(entries).map(([key, value]) => [Number(key), value]));
const registered = (entries: Record<number, CborValue> = {}): CborMap =>
  mapOf({ 1: strangerOf(registry).party, ...entries });

const CALL: readonly CborValue[] = ["registry", 1, "enter", fromObject({ title: "x" }), [], new Uint8Array()];
const blindCall = (title: string): CborValue => [...CALL.slice(0, 3), fromObject({ title }), [], seeded(title, 16)];

/** A transaction put together by hand, signed whatever it says, so that it has only the fault that its name tells. */
function assembled(parts: {
  readonly payload?: Record<number, CborValue>;
  readonly signers?: readonly CborValue[];
  readonly signedBy?: readonly Hand[];
  readonly calls?: readonly CborValue[];
  readonly sent?: readonly CborValue[];
  readonly payloadBytes?: (bytes: Uint8Array) => Uint8Array;
  readonly signature?: (signature: readonly CborValue[], index: number) => CborValue;
  readonly signatures?: (signatures: readonly CborValue[]) => CborValue;
  readonly envelope?: (envelope: readonly CborValue[]) => CborValue;
}): Uint8Array {
  const { calls = [CALL], signedBy = [hand(alice)], signers = [hand(alice).signer] } = parts;
  const root = listRoot(calls.map((call) => encode(call)));
  const fields = {
    1: 1,
    2: one.chain.ledgerId,
    3: START + 600,
    4: seeded("nonce", 16),
    5: signers,
    6: 0,
    7: calls.length,
    8: root,
  };
  const payload = (parts.payloadBytes ?? ((bytes) => bytes))(encode(mapOf({ ...fields, ...parts.payload })));
  const list = signedBy.map((key, index) => {
    const id = keyId(key.algorithm, key.publicKey);
    const signature = [
      encode(mapOf({ 1: key.algorithm, 4: id })),
      new Map(),
      key.sign(signingBytes(key.algorithm, id, payload)),
    ];
    return parts.signature?.(signature, index) ?? signature;
  });
  const envelope = [new Uint8Array(), new Map(), payload, parts.signatures?.(list) ?? list];
  return encode([new Envelope98(parts.envelope?.(envelope) ?? envelope), parts.sent ?? calls]);
}

function badTransactions(): Vector[] {
  const two = [blindCall("a"), blindCall("b")];
  const good = assembled({});
  const withCall = (change: Record<number, CborValue>): Uint8Array =>
    assembled({ calls: [CALL.map((element, index) => change[index] ?? element)] });
  const bob = testKey("bob");
  const seventeen = Array.from({ length: 17 }, (_, index) => hand(testKey(`signer ${index}`)));
  const protectedOf =
    (entries: Record<number, CborValue>) =>
    (signature: readonly CborValue[]): CborValue => [encode(mapOf(entries)), ...signature.slice(1)];
  const cases: [string, Uint8Array][] = [
    ["a trailing byte", Uint8Array.of(...good, 0)],
    ["cut by a byte", good.slice(0, -1)],
    ["no tag on the envelope", Uint8Array.of(0x82, ...good.slice(3))],
    ["three elements", encode([new Envelope98([]), [], []])],
    ["an envelope of five elements", assembled({ envelope: (envelope) => [...envelope, 0] })],
    ["an envelope with a protected header", assembled({ envelope: ([, ...rest]) => [Uint8Array.of(0xa0), ...rest] })],
    [
      "an envelope with an unprotected header",
      assembled({ envelope: ([first, , ...rest]) => [first ?? null, mapOf({ 1: 1 }), ...rest] }),
    ],
    ["no calls", assembled({ sent: [] })],
    ["a payload with a trailing byte", assembled({ payloadBytes: (bytes) => Uint8Array.of(...bytes, 0) })],
    ["a payload that is no map", assembled({ payloadBytes: () => encode([1]) })],
    ["a payload of version 2", assembled({ payload: { 1: 2 } })],
    ["a payload with an unknown key", assembled({ payload: { 9: null } })],
    ["a ledger id of 31 bytes", assembled({ payload: { 2: seeded("x", 31) } })],
    ["a negative expiry", assembled({ payload: { 3: -1 } })],
    ["an expiry beyond the limit of seconds", assembled({ payload: { 3: 253_402_300_800 } })],
    ["a nonce of 15 bytes", assembled({ payload: { 4: seeded("x", 15) } })],
    ["mode 2", assembled({ payload: { 6: 2 } })],
    ["mode false", assembled({ payload: { 6: false } })],
    ["a count of 0", assembled({ payload: { 7: 0 } })],
    ["no signers", assembled({ signers: [], signedBy: [] })],
    ["seventeen signers", assembled({ signers: seventeen.map(({ signer }) => signer), signedBy: seventeen })],
    [
      "the same stranger twice",
      assembled({ signers: [hand(alice).signer, hand(alice).signer], signedBy: [hand(alice), hand(alice)] }),
    ],
    [
      "a stranger who is also named by party",
      assembled({ signers: [hand(registry).signer, registered()], signedBy: [hand(registry), hand(bob)] }),
    ],
    ["a stranger with roles", assembled({ signers: [mapOf({ 3: [["a", "b"]], 5: [-19, alice.publicKey] })] })],
    [
      "a stranger with an algorithm that is reserved",
      assembled({ signers: [mapOf({ 5: [-70_001, new Uint8Array(33)] })] }),
    ],
    ["a stranger with a key of 31 bytes", assembled({ signers: [mapOf({ 5: [-19, new Uint8Array(31)] })] })],
    ["a signer without party and key", assembled({ signers: [mapOf({ 3: [["a", "b"]] })] })],
    ["a party of 31 bytes", assembled({ signers: [mapOf({ 1: new Uint8Array(31) })] })],
    ["an institution that is null", assembled({ signers: [registered({ 2: null })] })],
    ["an empty list of roles", assembled({ signers: [registered({ 3: [] })] })],
    [
      "a role twice",
      assembled({
        signers: [
          registered({
            3: [
              ["a", "b"],
              ["a", "b"],
            ],
          }),
        ],
      }),
    ],
    ["a role as text", assembled({ signers: [registered({ 3: ["a"] })] })],
    ["a mandate twice", assembled({ signers: [registered({ 4: [seeded("m", 16), seeded("m", 16)] })] })],
    ["a mandate id of 15 bytes", assembled({ signers: [registered({ 4: [seeded("m", 15)] })] })],
    ["no signature", assembled({ signedBy: [] })],
    ["a signature too many", assembled({ signedBy: [hand(alice), hand(bob)] })],
    [
      "signatures in another order",
      assembled({ signers: [hand(alice).signer, hand(bob).signer], signedBy: [hand(bob), hand(alice)] }),
    ],
    ["a stranger's signature by another key", assembled({ signedBy: [hand(bob)] })],
    [
      "one key for two signers",
      assembled({ signers: [hand(alice).signer, registered()], signedBy: [hand(alice), hand(alice)] }),
    ],
    [
      "a signature with an unprotected header",
      assembled({ signature: ([first, , last]) => [first ?? null, mapOf({ 1: 1 }), last ?? null] }),
    ],
    [
      "a signature of 63 bytes",
      assembled({ signature: ([first, second]) => [first ?? null, second ?? null, new Uint8Array(63)] }),
    ],
    ["a signature without a key id", assembled({ signature: protectedOf({ 1: -19 }) })],
    ["a signature with a key id of 31 bytes", assembled({ signature: protectedOf({ 1: -19, 4: new Uint8Array(31) }) })],
    ["a signature with a third header", assembled({ signature: protectedOf({ 1: -19, 3: 0, 4: alice.id }) })],
    [
      "a signature of an algorithm that is reserved",
      assembled({ signature: protectedOf({ 1: -70_002, 4: alice.id }) }),
    ],
    ["a signature of EdDSA without its curve", assembled({ signature: protectedOf({ 1: -8, 4: alice.id }) })],
    ["a call of five elements", assembled({ calls: [CALL.slice(0, 5)] })],
    ["a contract as bytes", withCall({ 0: utf8Encode("registry") })],
    ["a negative major version", withCall({ 1: -1 })],
    ["an input that is an array", withCall({ 3: [] })],
    ["an input with an integer key", withCall({ 3: mapOf({ 1: 1 }) })],
    [
      "an input with an integer key deep inside",
      withCall({ 3: fromObject({ a: [fromObject({ b: mapOf({ 1: 1 }) })] }) }),
    ],
    ["expectations that are a map", withCall({ 4: mapOf({}) })],
    ["an expectation with a hash of 31 bytes", withCall({ 4: [[["a", "b"], new Uint8Array(31)]] })],
    ["an expectation without a record", withCall({ 4: [[["a"], null]] })],
    ["a blind in a transaction of one call", withCall({ 5: seeded("x", 16) })],
    ["no blind in a transaction of two calls", assembled({ calls: [CALL, blindCall("a")] })],
    ["a blind of 15 bytes", assembled({ calls: [blindCall("a"), [...CALL.slice(0, 5), seeded("x", 15)]] })],
    ["a call left out", assembled({ calls: two, sent: two.slice(1) })],
    ["calls exchanged", assembled({ calls: two, sent: [...two].reverse() })],
    [
      "another call than was signed",
      assembled({ sent: [[...CALL.slice(0, 3), fromObject({ title: "y" }), [], new Uint8Array()]] }),
    ],
  ];
  return cases.map(([name, bytes]) => transactionVector(name, bytes));
}

function outcomeVectors(): Vector[] {
  const { several } = one.transactions;
  const refusal = { contract: "registry", code: "already-entered", blanks: fromObject({ title: "x" }) };
  const [first, second, third] = several.callHashes as [Uint8Array, Uint8Array, Uint8Array]; // three calls
  const decided = { refusal: null, bundleHash: seeded("bundle"), changesRoot: null };
  const outcomes: Outcome[] = [
    { ...decided, index: 0, callHash: first, verdict: "accepted", changesRoot: changesRoot([]) },
    { ...decided, index: 1, callHash: second, verdict: "refused", refusal },
    { ...decided, index: 2, callHash: third, verdict: "undone", bundleHash: null },
  ];
  const leaves = outcomes.map(encodeOutcome);
  const changes = [
    [[2, "registry", "entry", "a"], seeded("value")],
    [[2, "registry", "entry", "b"], null],
  ] as const;
  const action = {
    index: 0,
    due: START,
    contract: "registry",
    action: "lapse",
    name: "entry",
    verdict: "accepted",
    refusal: null,
    bundleHash: seeded("bundle"),
    changesRoot: changesRoot([]),
  } as const;
  const header = one.chain.header(1);
  return [
    ...outcomes.map((outcome, index) => ({
      name: `outcome: ${outcome.verdict}`,
      bytes: toHex(leaves[index] as Uint8Array),
      leaf: toHex(leafHash(leaves[index] as Uint8Array)),
    })),
    { name: "outcomes root of the three", root: toHex(outcomesRoot(leaves)) },
    {
      name: "data of their result",
      identity: toHex(several.identity),
      signaturesHash: toHex(several.signaturesHash),
      bytes: toHex(resultData(several.identity, several.signaturesHash, outcomesRoot(leaves))),
    },
    { name: "no changes", root: toHex(changesRoot([])) },
    {
      name: "two changes",
      leaves: changes.map(([key, value]) => toHex(changeLeaf(key, value))),
      root: toHex(changesRoot(changes)),
    },
    { name: "a ledger action", bytes: toHex(encodeLedgerAction(action)), actionsRoot: toHex(actionsRoot([action])) },
    {
      name: "log entry of height 1",
      headerHash: toHex(seeded("header")),
      actionCount: 1,
      actionsRoot: toHex(actionsRoot([action])),
      entry: toHex(logEntry(1, seeded("header"), 1, actionsRoot([action]))),
    },
    {
      name: "app hash of height 7",
      ledgerId: toHex(seeded("ledger")),
      stateRoot: toHex(seeded("state")),
      logRoot: toHex(seeded("log")),
      appHash: toHex(appHash(seeded("ledger"), seeded("state"), seeded("log"), 7)),
    },
    {
      name: "app hash of an empty ledger, as the first header carries it",
      ledgerId: toHex(one.chain.ledgerId),
      appHash: toHex(header.appHash),
    },
  ];
}

function trustVectors(): Vector[] {
  const { trust } = four;
  const file = parseTrustFile(trust);
  const facts = (bytes: Uint8Array) => () => {
    const { name, epochs } = parseTrustFile(bytes);
    return { fingerprint: toHex(trustFingerprint(bytes)), ledger: name, chains: epochs.map(({ chain }) => chain) };
  };
  const vector = (name: string, bytes: Uint8Array): Vector => read(name, bytes, facts(bytes));
  const changed: [string, (fields: Map<CborKey, CborValue>) => unknown][] = [
    ["format 2", (fields) => fields.set("format", 2)],
    ["a key too many", (fields) => fields.set("witnesses", [])],
    ["no suites", (fields) => fields.delete("suites")],
    ["a name with a space", (fields) => fields.set("name", "a b")],
    [
      "an anchor of height 0",
      (fields) => fields.set("anchor", fromObject({ height: 0, appHash: seeded("a"), time: 1 })),
    ],
    [
      "an algorithm twice in suites",
      (fields) =>
        fields.set(
          "suites",
          [1, 2].map((until) => fromObject({ algorithm: -19, until })),
        ),
    ],
    ["another ledger id", (fields) => fields.set("ledger", seeded("other"))],
    ["no epochs", (fields) => fields.set("epochs", [])],
  ];
  return [
    vector("a trust file of one epoch", trust),
    vector("a trust file of two epochs and two sets", encodeTrustFile(twoEpochs(file))),
    vector(
      "a suite that this version does not know",
      edited(trust, (fields) => fields.set("suites", [fromObject({ algorithm: -70_003, until: 1 })])),
    ),
    vector("a trailing byte", Uint8Array.of(...trust, 0)),
    ...changed.map(([name, change]) => vector(name, edited(trust, change))),
    ...badEpochs(file).map(([name, draft]) => vector(name, unchecked(draft))),
  ];
}

/** Files that say something false of epochs and sets, chain ids recomputed so that nothing else is wrong. */
function badEpochs(file: TrustFile): [string, TrustFile][] {
  const two = twoEpochs(file);
  const [first, second] = two.epochs as [TrustFile["epochs"][number], TrustFile["epochs"][number]];
  const [set, later] = second.sets as [(typeof second.sets)[number], (typeof second.sets)[number]];
  const firstOnly = (change: Partial<typeof first>): TrustFile => ({
    ...file,
    epochs: [{ ...first, closed: undefined, ...change }],
  });
  const withSecond = (change: Partial<typeof second>): TrustFile => ({
    ...two,
    epochs: [first, { ...second, ...change }],
  });
  const tombstone = { ...tombstoneValidator(second.chain), institution: "Registry" };
  return [
    ["the last epoch closed too", withSecond({ closed: { lastHeight: 900, lastAppHash: seeded("end") } })],
    ["two epochs open", { ...two, epochs: [{ ...first, closed: undefined }, second] }],
    ["an epoch that does not begin where the last ended", withSecond({ base: second.base + 1 })],
    ["an epoch with another app hash than the last ended with", withSecond({ appHash: seeded("other") })],
    [
      "a chain id with another digit",
      firstOnly({ chain: `${first.chain.slice(0, -1)}${first.chain.endsWith("0") ? "1" : "0"}` }),
    ],
    ["a first set that is not the opening's", withSecond({ sets: [later] })],
    ["sets that do not ascend", withSecond({ sets: [set, { ...later, from: set.from }] })],
    [
      "a set in another order than CometBFT's",
      withSecond({ sets: [set, { ...later, validators: [...later.validators].reverse() }] }),
    ],
    [
      "a key twice in a set",
      withSecond({
        sets: [
          set,
          { ...later, validators: [2, 1].map((power) => ({ ...(later.validators[0] as TrustedValidator), power })) },
        ],
      }),
    ],
    ["an empty set", withSecond({ sets: [set, { ...later, validators: [] }] })],
    [
      "a validator without power",
      withSecond({ sets: [set, { ...later, validators: later.validators.map((each) => ({ ...each, power: 0 })) }] }),
    ],
    [
      "powers beyond the limit",
      withSecond({
        // One more each, so that their order is right.
        sets: [
          set,
          { ...later, validators: later.validators.map((each, index) => ({ ...each, power: 2 ** 52 - index })) },
        ],
      }),
    ],
    ["the end of a chain as a set", withSecond({ sets: [set, { ...later, validators: [tombstone] }] })],
    [
      "a set beyond the last height",
      { ...two, epochs: [{ ...first, sets: [...first.sets, { ...first.sets[0], from: 900 } as never] }, second] },
    ],
    ["two app hashes for one height", { ...two, anchor: { ...two.anchor, height: first.closed?.lastHeight ?? 0 } }],
  ];
}

function twoEpochs(file: TrustFile): TrustFile {
  const [epoch] = file.epochs as [TrustFile["epochs"][number]];
  const [set] = epoch.sets as [(typeof epoch.sets)[number]];
  const closed = { lastHeight: 40, lastAppHash: seeded("last app hash") };
  const validators = sortValidators(
    set.validators.slice(1).map((each, index) => ({ ...each, power: 20 + index })),
  ) as unknown as typeof set.validators; // sorting keeps the names
  const second = {
    number: 1,
    base: 40,
    lastHeader: seeded("last header"),
    appHash: closed.lastAppHash,
    time: START + 900,
    closed: undefined,
  };
  const draft: TrustFileDraft = {
    ...file,
    anchor: { height: 60, appHash: seeded("anchor"), time: START + 1000 },
    epochs: [
      { ...epoch, closed },
      {
        ...second,
        sets: [
          { ...set, from: 41 },
          { from: 50, validators },
        ],
      },
    ],
  };
  return parseTrustFile(buildTrustFile(draft));
}

/** The bytes of a file that parsing refuses, as encodeTrustFile would write them. */
function unchecked(file: TrustFile): Uint8Array {
  const epochs = file.epochs.map(({ closed, chain, ...epoch }, index) => {
    const opening = { ...epoch, ledgerId: file.ledgerId, epoch: epoch.number, validatorsHash: epoch.firstValidators };
    // The case of a wrong chain id is one of epoch 0.
    const follows = index > 0 ? chainId(file.name, opening) : chain;
    const sets = epoch.sets.map(({ from, validators }) =>
      fromObject({
        from,
        validators: validators.map(({ publicKey, ...each }) => fromObject({ ...each, key: publicKey })),
      }),
    );
    return fromObject({ ...epoch, chain: follows, sets, ...closed });
  });
  const { ledgerId: ledger, development, demo, anchor, suites, ...rest } = file;
  const flags = fromObject({ development, demo });
  return encode(
    fromObject({
      ...rest,
      format: 1,
      ledger,
      flags,
      anchor: fromObject(anchor),
      epochs,
      suites: suites.map((suite) => fromObject(suite)),
    }),
  );
}

/** What a proof is verified with, beside its trust file. */
type Question = { readonly now?: number; readonly file?: { size: number; sha256: Uint8Array; root: Uint8Array } };

function proofVectors(): Vector[] {
  const genuine = [one, four].flatMap(({ samples, chain }) =>
    samples.map(({ name, bytes, trust }) => proofVector(`${name} (${chain.id.slice(0, 8)})`, bytes, trust)),
  );
  const [receipt, several, renewed, slip, state, acted] = one.samples.map(({ bytes }) => bytes) as Uint8Array[] & {
    length: 6;
  };
  const file = { size: FILE.length, sha256: sha256(FILE), root: listRoot([FILE]) };
  const late = NOW + 31_104_000;
  const questions: [string, Uint8Array | undefined, Uint8Array, Question?][] = [
    ["slip beside its file", slip, one.trust, { file }],
    ["slip beside another file", slip, one.trust, { file: { ...file, sha256: sha256(file.sha256) } }],
    ["receipt beside a file", receipt, one.trust, { file }],
    ["receipt under the trust file of another ledger", receipt, four.trust],
    ["state proof under the trust file of another ledger", state, four.trust],
    ["receipt under a damaged trust file", receipt, one.trust.slice(1)],
    ["receipt, a year later", receipt, one.trust, { now: late }],
    ["renewed receipt, a year later", renewed, one.trust, { now: late }],
    ["receipt cut by a byte", receipt?.slice(0, -1), one.trust],
    ["receipt with the last bit of a vote changed", flipped(receipt), one.trust],
    ["state proof with the last bit of a vote changed", flipped(state), one.trust],
    ["proof of an act with the last bit of a vote changed", flipped(acted), one.trust],
    [
      "receipt that renames its outcome",
      refashioned(several, (r) => ({ outcome: { ...r.outcome, index: 0 } })),
      one.trust,
    ],
    [
      "receipt whose refusal has another code",
      refashioned(several, (r) => ({
        outcome: {
          ...r.outcome,
          refusal: { ...(r.outcome.refusal as never as { contract: string; blanks: CborMap }), code: "other" },
        },
      })),
      one.trust,
    ],
    ["receipt with the keys left out", refashioned(several, () => ({ keys: [] })), one.trust],
    [
      "receipt with the signatures exchanged",
      refashioned(several, (r) => ({ signatures: [...(r.signatures ?? [])].reverse() })),
      one.trust,
    ],
    ["receipt with another header", refashioned(several, () => ({ trusted: one.chain.trusted(2) })), one.trust],
    [
      "receipt that ends at a height that is not listed",
      refashioned(renewed, (r) => ({ trusted: { ...r.trusted, end: { kind: "height", height: one.chain.height } } })),
      one.trust,
    ],
    ["slip with another value", slipOpening({ value: 901 }), one.trust],
    ["slip with another salt", slipOpening({ salt: seeded("other") }), one.trust],
    ["slip that opens what is not sealed", slipOpening({ path: ["id"] }), one.trust],
  ];
  return [
    ...genuine,
    ...questions.map(([name, bytes, trust, question]) => proofVector(name, bytes ?? new Uint8Array(), trust, question)),
  ];
}

function proofVector(name: string, bytes: Uint8Array, trust: Uint8Array, { now = NOW, file }: Question = {}): Vector {
  const { verdict, reason, basis, height, kind } = verifyProof(bytes, trust, { now, ...(file && { file }) });
  const asked = file && { size: file.size, sha256: toHex(file.sha256), root: toHex(file.root) };
  const answer: { kind: ProofKind | undefined; verdict: string; reason: Reason } = { kind, verdict, reason };
  return {
    name,
    bytes: toHex(bytes),
    trust: toHex(trust),
    now,
    ...(asked && { file: asked }),
    ...answer,
    ...(basis && { basis, height }),
  };
}

function flipped(bytes: Uint8Array | undefined): Uint8Array | undefined {
  const changed = bytes?.slice();
  if (changed) changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return changed;
}

type ReceiptOf = Extract<ReturnType<typeof parseProof>, { kind: "receipt" }>["receipt"];

function refashioned(
  bytes: Uint8Array | undefined,
  change: (receipt: ReceiptOf) => Partial<ReceiptOf>,
): Uint8Array | undefined {
  const proof = bytes && parseProof(bytes);
  if (proof?.kind !== "receipt") return undefined;
  return encodeProof({ kind: "receipt", receipt: { ...proof.receipt, ...change(proof.receipt) } });
}

function slipOpening(change: Partial<(typeof one.disclosures)[number]>): Uint8Array | undefined {
  const slip = one.samples.find(({ name }) => name.startsWith("slip"));
  const proof = slip && parseProof(slip.bytes);
  const [price, file] = one.disclosures;
  if (proof?.kind !== "slip" || !price || !file) return undefined;
  return buildSlip([{ ...price, ...change }, file], encodeProof({ kind: "receipt", receipt: proof.slip.receipt }));
}
