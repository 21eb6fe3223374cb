// Writes vectors/draft/crypto: `node core/crypto/test/write-vectors.ts`. Not run by tests: vectors are checked, not renewed.
import { encode, fromHex, map, toHex, utf8Encode } from "@acta/bytes";
import { p256 } from "@noble/curves/nist.js";
import {
  ALGORITHM,
  type Algorithm,
  ed25519,
  esp256,
  keyId,
  keyProofMessage,
  mlDsa65,
  partyOf,
  type Seal,
  type SignatureRule,
  sealCommitment,
  sha256,
  type TagStatement,
  tagMessage,
  verifySignature,
} from "../src/index.ts";
import { type Corner, signCorner, torsion, withLargeScalar } from "./ed25519-corners.ts";
import { writeVectors } from "./files.ts";

const secret = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const message = utf8Encode("Acta draft vectors");
const makers = { [-19]: ed25519, [-9]: esp256, [-49]: mlDsa65 } as const;

type Signed = { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array };
const signatures: object[] = [];

function add(name: string, algorithm: Algorithm, signed: Signed, valid: Record<SignatureRule, boolean>): void {
  for (const rule of ["signature", "vote"] as const) {
    const { publicKey, signature } = signed;
    if (verifySignature({ rule, algorithm, ...signed }) !== valid[rule]) throw new Error(`${name}: not ${valid[rule]}`);
    signatures.push({
      name,
      rule,
      algorithm,
      publicKey: toHex(publicKey),
      message: toHex(signed.message),
      signature: toHex(signature),
      valid: valid[rule],
    });
  }
}

const both = { signature: true, vote: true };
const none = { signature: false, vote: false };
const voteOnly = { signature: false, vote: true };
const signatureOnly = { signature: true, vote: false };

function honest(algorithm: Algorithm): Signed {
  const maker = makers[algorithm];
  return { publicKey: maker.publicKey(secret), message, signature: maker.sign(secret, message) };
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = (changed[at] as number) ^ 1;
  return changed;
}

for (const algorithm of Object.values(ALGORITHM)) {
  const signed = honest(algorithm);
  add("honest", algorithm, signed, algorithm === ALGORITHM.esp256 ? signatureOnly : both);
  if (algorithm === ALGORITHM.mlDsa65) continue;
  add("another message", algorithm, { ...signed, message: utf8Encode("Acta draft vector") }, none);
  add("a bit of the signature", algorithm, { ...signed, signature: flipped(signed.signature, 40) }, none);
  add("a byte too many", algorithm, { ...signed, signature: Uint8Array.from([...signed.signature, 0]) }, none);
}

const esp = honest(ALGORITHM.esp256);
const highS = p256.Signature.fromBytes(esp.signature, "compact");
const mirrored = new p256.Signature(highS.r, p256.Point.Fn.ORDER - highS.s).toBytes("compact");
const uncompressed = p256.getPublicKey(secret, false);
add("s above n/2", ALGORITHM.esp256, { ...esp, signature: mirrored }, none);
add("an uncompressed key", ALGORITHM.esp256, { ...esp, publicKey: uncompressed }, none);
add("r = 0", ALGORITHM.esp256, { ...esp, signature: esp.signature.slice().fill(0, 0, 32) }, none);
add("s = 0", ALGORITHM.esp256, { ...esp, signature: esp.signature.slice().fill(0, 32) }, none);
add(
  "an x that no point has",
  ALGORITHM.esp256,
  { ...esp, publicKey: Uint8Array.of(2, ...new Uint8Array(32).fill(255)) },
  none,
);

const corner = (name: string, what: Corner, valid: Record<SignatureRule, boolean>) =>
  add(name, ALGORITHM.ed25519, signCorner(what), valid);
const isEighth = (k: bigint) => k % 8n === 0n;
corner("torsion in R", { inR: torsion }, voteOnly);
corner("torsion in A, k odd", { inA: torsion, suits: (k) => k % 2n === 1n }, voteOnly);
corner("torsion in A, k a multiple of 8", { inA: torsion, suits: (k, whole) => isEighth(k) && isEighth(whole) }, both);
corner(
  "torsion in A, only k mod L a multiple of 8",
  { inA: torsion, suits: (k, w) => isEighth(k) && !isEighth(w) },
  both,
);
corner(
  "torsion in A, only k before mod L a multiple of 8",
  { inA: torsion, suits: (k, w) => !isEighth(k) && isEighth(w) },
  voteOnly,
);
const plain = signCorner({});
add("S + L", ALGORITHM.ed25519, { ...plain, signature: withLargeScalar(plain.signature) }, none);

const smallOrder = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
];
for (const encoding of smallOrder) {
  // With S = 0 the equation holds after the cofactor for every k, whatever the message.
  const signature = Uint8Array.from([...fromHex(encoding), ...new Uint8Array(32)]);
  add(
    `A and R of small order ${encoding}`,
    ALGORITHM.ed25519,
    { publicKey: fromHex(encoding), message, signature },
    voteOnly,
  );
}
const overP = fromHex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
const overPSignature = Uint8Array.from([...overP, ...new Uint8Array(32)]);
add("A and R with y = p + 1", ALGORITHM.ed25519, { publicKey: overP, message, signature: overPSignature }, voteOnly);
add(
  "a y that no point has",
  ALGORITHM.ed25519,
  { ...honest(ALGORITHM.ed25519), publicKey: fromHex(`02${"00".repeat(31)}`) },
  none,
);
writeVectors(
  "signatures.json",
  'Signatures under both rules ("signature" is the strict one, "vote" ZIP-215 for Ed25519).',
  signatures,
);

const ledgerId = new Uint8Array(32).fill(0xaa);
writeVectors(
  "keys.json",
  "Key ids, the parties that derive from them, and the message that proves possession to a ledger.",
  Object.values(ALGORITHM).map((algorithm) => {
    const publicKey = makers[algorithm].publicKey(secret);
    const id = keyId(algorithm, publicKey);
    const party = partyOf(id);
    const proof = keyProofMessage(ledgerId, party, id);
    return {
      algorithm,
      publicKey: toHex(publicKey),
      keyId: toHex(id),
      party: toHex(party),
      ledgerId: toHex(ledgerId),
      keyProofMessage: toHex(proof),
    };
  }),
);

const seal: Seal = {
  ledgerId,
  contract: "evidence",
  record: "deposit",
  key: [new Uint8Array(16).fill(1)],
  field: ["description"],
  party: new Uint8Array(32).fill(0xbb),
  salt: new Uint8Array(32).fill(0xcc),
  value: "two boxes",
};
const seals: [string, Seal][] = [
  ["a text", seal],
  ["another salt", { ...seal, salt: new Uint8Array(32).fill(0xcd) }],
  ["another place", { ...seal, field: ["description", 1, "inner"] }],
  [
    "a map",
    {
      ...seal,
      value: map([
        ["size", 1],
        ["root", ledgerId],
      ]),
    },
  ],
];
writeVectors(
  "seals.json",
  "Commitments to sealed values. Place and value are CBOR: [ledger id, contract, record, key, field, party], value.",
  seals.map(([name, each]) => ({
    name,
    place: toHex(encode([each.ledgerId, each.contract, each.record, each.key, each.field, each.party])),
    salt: toHex(each.salt),
    value: toHex(encode(each.value)),
    commitment: toHex(sealCommitment(each)),
  })),
);

const statement = {
  ledgerId: sha256(utf8Encode("ledger")),
  contract: "households",
  scope: "household",
  within: [2027],
  commitments: [sha256(utf8Encode("commitment"))],
  tag: sha256(utf8Encode("tag")),
  nonce: secret.subarray(0, 16),
};
const statements: readonly (readonly [name: string, statement: TagStatement])[] = [
  ["within a year", statement],
  ["within nothing", { ...statement, within: [] }],
  ["within a text and a party", { ...statement, within: ["poor relief", sha256(utf8Encode("party"))] }],
  ["over two values", { ...statement, commitments: [...statement.commitments, secret] }],
];

const tags = statements.flatMap(([name, stated], index) =>
  Object.values(index === 0 ? ALGORITHM : { ed25519: ALGORITHM.ed25519 }).map((algorithm) => {
    const publicKey = makers[algorithm].publicKey(secret);
    const signed = tagMessage(stated);
    const { ledgerId, contract, scope, within, commitments, tag, nonce } = stated;
    return {
      name,
      statement: toHex(encode([ledgerId, contract, scope, within, commitments, tag, nonce])),
      message: toHex(signed),
      algorithm,
      publicKey: toHex(publicKey),
      signature: toHex(makers[algorithm].sign(secret, signed)),
    };
  }),
);
writeVectors(
  "tags.json",
  "Tags of sealed values (docs/spec, 7.4): the statement as CBOR, what is signed, and a tag office's signature over it.",
  tags,
);
